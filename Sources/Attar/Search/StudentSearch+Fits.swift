internal import Compute

extension StudentSearch {
    /// Fits on the rows outside each of some folds, each with a seed of its own.
    func fits(_ student: NamedEstimator, by plan: TransferPlan, folds: Range<Int>) async throws -> [Fit] {
        var queued: [FitQueue.Fit] = []
        for fold in folds {
            queued.append(
                FitQueue.Fit(
                    estimator: student.estimator,
                    rows: try await taught.transferSet(plan, holdingOut: fold, seed: settings.seed),
                    context: context(for: plan, holdingOut: fold, seed: settings.seed &+ UInt64(fold))))
        }
        let began = ContinuousClock.now
        let models = try await setup.queue.models(queued, phase: "trying \(student.name) with \(plan)")
        clock.record(
            student.name, rows: queued.reduce(0) { $0 + $1.rows.count },
            seconds: began.duration(to: .now) / .seconds(1))
        return zip(folds, models).map { fit($1, fold: $0) }
    }

    /// What a fit by a plan needs besides its rows.
    ///
    /// - Parameter fold: the fold that is held out of it; nil for none.
    func context(
        for plan: TransferPlan, holdingOut fold: Int? = nil, of rows: TaughtRows? = nil, seed: UInt64
    ) -> FittingContext {
        var context = FittingContext(
            loss: plan.isLabelsOnly ? taught.kind.teaching.labelLoss : setup.loss, seed: seed,
            checkpoints: setup.distiller.checkpoints)
        if !plan.isLabelsOnly {
            context.peer = settings.peer?.estimator
            context.desk = (rows ?? taught).desk(holdingOut: fold)
        }
        return context
    }

    /// A model's figures on one fold's rows.
    private func fit(_ model: any Model, fold: Int) -> Fit {
        let rows = taught.folds[fold]
        let weights =
            taught.rows.weights.map { weights in rows.map { weights[$0] } } ?? [Float](repeating: 1, count: rows.count)
        let outputs = model.outputs(for: taught.features.selecting(rows: rows)).matrix
        let judging = taught.kind.judging
        let figures = figures(
            of: outputs, taught.problem.truth.selecting(rows), teacher: taught.answers.selecting(rows: rows),
            weights: weights)
        return Fit(
            model: model, answers: outputs, score: judging.score(figures), quality: figures[judging.metrics.main] ?? 0)
    }

    /// A model's main figure on the training rows, given answers to them by copies that had not seen them. Rows without an answer do not count.
    func quality(of answers: Answers) -> Double {
        let known = answers.knownRows
        let weights = taught.rows.weights ?? [Float](repeating: 1, count: taught.rows.count)
        let main = taught.kind.metrics.main
        let figures = figures(
            of: answers.selecting(rows: known).matrix, taught.problem.truth.selecting(known),
            teacher: main.isToTeacher ? taught.answers.selecting(rows: known) : nil, weights: known.map { weights[$0] })
        return figures[main] ?? 0
    }

    /// The figures of answers; those to the teacher on the rows that it knows.
    private func figures(
        of outputs: Matrix, _ truth: Truth, teacher: Answers?, weights: [Float]
    ) -> [Metric: Double] {
        let judging = taught.kind.judging
        let known = teacher?.knownRows ?? []
        guard let teacher, known.count < outputs.rows else {
            return judging.statistics(outputs, truth, teacher: teacher?.matrix, weights: weights).values(
                weights: weights)
        }
        let own = judging.statistics(outputs, truth, teacher: nil, weights: weights).values(weights: weights)
        if known.isEmpty { return own }
        let shared = judging.statistics(
            outputs.selecting(rows: known), truth.selecting(known), teacher: teacher.selecting(rows: known).matrix,
            weights: known.map { weights[$0] }
        ).values(weights: known.map { weights[$0] })
        return own.merging(shared.filter { $0.key.isToTeacher }) { own, _ in own }
    }
}
