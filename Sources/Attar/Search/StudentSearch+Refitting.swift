internal import Compute

/// The chosen student and its twin on labels alone, trained on all training rows, for each seed.
struct RefittedStudents {
    /// The seeds; the first one's student is shipped.
    let seeds: [UInt64]
    /// One a seed.
    let distilled: [any Model]
    /// One a seed; empty where the task has no twin.
    let labelsOnly: [any Model]
    /// The student before it learned from rows; nil where the task has a twin, or the family nothing of the kind.
    let untrained: (any Model)?
    /// How the students' probabilities are scaled.
    let calibration: Calibration
    /// Which class the students answer.
    let decision: AnswerDecision
    /// Of residuals on rows that a student had not learned from; nil where there are none.
    let tree: ResidualTree?
    /// How long the fits took together.
    let seconds: Double
}

extension StudentSearch {
    /// Trains for each seed the student and its twin, on all training rows. Where labels alone were taken, the twins are the students.
    func refitted(_ student: Student) async throws -> RefittedStudents {
        let start = ContinuousClock.now
        let plan = student.choice.plan
        let seeds = (0..<UInt64(affordableSeeds(student.model, plan))).map { settings.seed &+ $0 }
        var fits: [FitQueue.Fit] = []
        func add(_ plan: TransferPlan) async throws {
            let rows = try await taught.transferSet(plan, holdingOut: nil, seed: settings.seed)
            fits += seeds.map {
                FitQueue.Fit(estimator: student.model.estimator, rows: rows, context: context(for: plan, seed: $0))
            }
        }
        let hasTwin = taught.kind.teaching.hasTwin
        if hasTwin { try await add(.labelsOnly) }
        if !plan.isLabelsOnly { try await add(plan) }
        let before = hasTwin ? nil : student.model.estimator.untrained
        if let before, let rows = fits.last?.rows {
            fits.insert(
                FitQueue.Fit(estimator: before, rows: rows, context: context(for: plan, seed: settings.seed)), at: 0)
        }
        let models = try await setup.queue.models(fits, phase: "training \(student.name) with \(plan)")
        let calibration = calibration(student.choice.fits)
        let twins = plan.isLabelsOnly ? calibration : self.calibration(student.choice.labelsOnly)
        let decision = try decision(student.choice, calibrations: [calibration, twins])
        func finished(_ models: some Sequence<any Model>, _ calibration: Calibration) -> [any Model] {
            models.map { $0.calibrated(by: calibration.scaling).decided(by: decision.rule) }
        }
        return RefittedStudents(
            seeds: seeds, distilled: finished(models.suffix(seeds.count), calibration),
            labelsOnly: hasTwin ? finished(models.prefix(seeds.count), twins) : [],
            untrained: before == nil ? nil : models[0], calibration: calibration, decision: decision,
            tree: try residualTree(student.choice.fits),
            seconds: start.duration(to: .now) / .seconds(1))
    }

    /// How the probabilities of students that were fitted like these are to be scaled, by their answers to the rows that each had not seen.
    func calibration(_ fits: [Fit]) -> Calibration {
        let labels = taught.problem.truth.labels
        guard taught.task.form == .probabilities, !labels.isEmpty, !fits.isEmpty else { return Calibration() }
        let rows = rows(of: fits.count)
        return Calibration(
            unseen: answers(fits), labels: rows.map { labels[$0] },
            weights: taught.rows.weights.map { weights in rows.map { weights[$0] } }, seed: settings.seed)
    }

    /// A tree of the residuals on training rows by students that had not seen them; nil for classes, several outputs or too few rows.
    private func residualTree(_ fits: [Fit]) throws -> ResidualTree? {
        guard case .values(let values) = taught.problem.truth, taught.task.width == 1, taught.kind.judging.sets == nil
        else { return nil }
        var rows: [Int] = []
        var residuals: [Float] = []
        for (fold, fit) in fits.enumerated() {
            let held = taught.folds[fold]
            rows += held
            residuals += held.indices.map { values[held[$0], 0] - fit.answers[$0, 0] }
        }
        return try ResidualTree(
            features: taught.features.selecting(rows: rows), residuals: residuals,
            weights: taught.rows.weights.map { weights in rows.map { weights[$0] } }, encoder: taught.encoder,
            seed: settings.seed)
    }
}
