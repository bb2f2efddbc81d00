internal import Compute

extension StudentSearch {
    /// Fits on the rows outside the first folds, each with a seed of its own.
    func fits(_ student: NamedEstimator, by plan: TransferPlan, count: Int) async throws -> [Fit] {
        var queued: [FitQueue.Fit] = []
        for fold in 0..<count {
            queued.append(
                FitQueue.Fit(
                    estimator: student.estimator,
                    rows: try await taught.transferSet(plan, holdingOut: fold, seed: settings.seed),
                    context: context(for: plan, holdingOut: fold, seed: settings.seed &+ UInt64(fold))))
        }
        let models = try await setup.queue.models(queued, phase: "trying \(student.name) with \(plan)")
        return models.enumerated().map { fit($1, fold: $0) }
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
        let figures = judging.statistics(
            outputs, taught.problem.truth.selecting(rows), teacher: taught.answers.selecting(rows: rows),
            weights: weights
        ).values(weights: weights)
        return Fit(model: model, score: judging.score(figures), quality: figures[judging.metrics.main] ?? 0)
    }

    /// A model's main figure on the training rows, given answers to them by copies that had not seen them.
    func quality(of answers: Matrix) -> Double {
        let weights = taught.rows.weights ?? [Float](repeating: 1, count: taught.rows.count)
        let main = taught.kind.metrics.main
        let figures = taught.kind.judging.statistics(
            answers, taught.problem.truth, teacher: main.isToTeacher ? taught.answers : nil, weights: weights)
        return figures.values(weights: weights)[main] ?? 0
    }
}
