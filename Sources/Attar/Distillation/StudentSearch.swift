internal import Compute
internal import Synchronization

/// Chooses how a student is taught, on validation rows only.
///
/// One fold after the other is held out; strategies are compared by the mean over the folds, and rows that a strategy makes up are
/// answered by the copy of the teacher that has not seen that fold.
struct StudentSearch {
    /// The rows and the teacher's answers.
    var taught: TaughtRows
    /// The loss of distilled students.
    let loss: DistillationLoss
    /// The recipe's settings.
    let recipe: Recipe
    /// Worker threads.
    let threads: Int
    /// Told how far the search is.
    let progress: ProgressHandler
    /// Where fits keep how far they are; nil for nowhere.
    let checkpoints: CheckpointFolder?
    /// A network that learns at the same time as a distilled student; nil for none.
    var peer: (any Estimator)?

    /// How far validation quality may lie below labels only for a strategy to be taken: half of what the choice promises,
    /// since validation rows are not the test rows.
    static let tolerance = 0.0025

    /// A fit on the rows outside one fold, and its figures on that fold.
    struct Fit {
        let model: any Model
        let score: Double
        let quality: Double
    }

    /// What was chosen for one estimator: the plan, and its fits.
    struct Choice {
        let plan: TransferPlan
        /// What was compared; empty where nothing was.
        let trials: [Trial]
        let fits: [Fit]
        /// The fits on labels alone, which new plans are held against; empty where nothing was compared.
        let labelsOnly: [Fit]

        /// The mean score of the chosen plan.
        var score: Double { StudentSearch.mean(fits.map(\.score)) }
        /// The mean quality of the chosen plan.
        var quality: Double { StudentSearch.mean(fits.map(\.quality)) }
    }

    /// The plan that does best for an estimator.
    ///
    /// - Parameter name: the student's specification, for progress.
    func choice(for estimator: any Estimator, named name: String) async throws -> Choice {
        if let fixed = try TransferPlan.parsed(recipe.strategy, synthesised: recipe.synthesised) {
            if recipe.leavesChoice {
                return try await compare([fixed], for: estimator, named: name, guarded: false)
            }
            // Nothing is chosen: one fit, for the budget.
            let fits = try await fits(estimator, by: fixed, named: name, count: 1)
            return Choice(plan: fixed, trials: [], fits: fits, labelsOnly: [])
        }
        var singles: [[TransferStrategy]] = [[.teacher]]
        let teacher = taught.teacher.teacher
        if !teacher.answersKnownRowsOnly, recipe.augment == nil {
            // Made-up rows are many: who answers for money is asked about them only where the recipe says so.
            if !teacher.isMetered {
                singles += [.munge, .spunge, .mixup, .noise].filter(taught.encoder.isChanged).map { [$0] }
            }
            if taught.unlabeled != nil { singles.append([.unlabeled]) }
        }
        let first = try await compare(
            singles.map { TransferPlan($0, synthesised: recipe.synthesised) }, for: estimator, named: name,
            guarded: true)
        let ranked = first.trials.filter { $0.strategy != "labels" && $0.strategy != "teacher" }
            .sorted { $0.score > $1.score }
        guard ranked.count >= 2,
            let pair = try TransferPlan.parsed(
                ranked.prefix(2).map(\.strategy).joined(separator: "+"), synthesised: recipe.synthesised)
        else { return first }
        return try await compare([pair], for: estimator, named: name, guarded: true, after: first)
    }

    /// Fits the plans and labels only, and takes the best that does not fall below labels only.
    ///
    /// - Parameters:
    ///   - guarded: whether labels only is taken where every plan falls below it.
    ///   - earlier: a choice that the new plans have to beat.
    private func compare(
        _ plans: [TransferPlan], for estimator: any Estimator, named name: String, guarded: Bool,
        after earlier: Choice? = nil
    ) async throws -> Choice {
        let labelsOnly: [Fit]
        if let earlier {
            labelsOnly = earlier.labelsOnly
        } else {
            labelsOnly = try await fits(estimator, by: .labelsOnly, named: name, count: validationFits)
        }
        let floor = Self.mean(labelsOnly.map(\.quality)) - Self.tolerance
        var trials = earlier?.trials ?? [Self.trial("labels", labelsOnly)]
        var best: (plan: TransferPlan, fits: [Fit])? = earlier.map { ($0.plan, $0.fits) }
        for plan in plans {
            let fits =
                plan.isLabelsOnly ? labelsOnly : try await fits(estimator, by: plan, named: name, count: validationFits)
            if !plan.isLabelsOnly { trials.append(Self.trial(plan.description, fits)) }
            let allowed = !guarded || Self.mean(fits.map(\.quality)) >= floor
            let better = best.map {
                $0.plan.isLabelsOnly || Self.mean(fits.map(\.score)) > Self.mean($0.fits.map(\.score))
            }
            if allowed, better ?? true { best = (plan, fits) }
        }
        let chosen = best ?? (.labelsOnly, labelsOnly)
        return Choice(plan: chosen.plan, trials: trials, fits: chosen.fits, labelsOnly: labelsOnly)
    }

    /// Folds that strategies are compared on: enough that about 2,000 rows are answered before anything is chosen. With a few
    /// hundred the choice would be a throw of the dice.
    private var validationFits: Int {
        let wanted = 2_000
        let foldRows = max(1, taught.rows.count / taught.folds.count)
        return min(taught.folds.count, max(2, (wanted + foldRows - 1) / foldRows))
    }

    /// Fits on the rows outside the first folds, each with a seed of its own.
    func fits(
        _ estimator: any Estimator, by plan: TransferPlan, named name: String, count: Int
    ) async throws -> [Fit] {
        let phase = "trying \(name) with \(plan)"
        var sets: [TransferSet] = []
        for fold in 0..<count {
            sets.append(try await taught.transferSet(plan, holdingOut: fold, seed: recipe.seed))
        }
        let training = sets
        let done = Atomic(0)
        return try concurrently(count, threads: threads) { fold in
            @Sendable func progress(_ inner: RunProgress? = nil) -> RunProgress {
                RunProgress(
                    phase: phase, completed: done.load(ordering: .relaxed), total: count, unit: "fits",
                    loss: inner?.loss, note: inner?.note)
            }
            try report(progress(), to: self.progress)
            let model = try estimator.fitted(
                to: training[fold], validation: nil,
                context: context(
                    for: plan, seed: recipe.seed &+ UInt64(fold), threads: max(1, threads / count)
                ) {
                    progress($0)
                })
            done.wrappingAdd(1, ordering: .relaxed)
            return fit(model, fold: fold)
        }
    }

    /// Trains for each seed the student and its twin on labels alone, on all training rows. Where labels alone were taken,
    /// the twins are the students.
    func refitted(_ student: Student, seeds: [UInt64]) async throws -> [(distilled: any Model, labelsOnly: any Model)] {
        let plan = student.choice.plan
        let labelled = try await taught.transferSet(.labelsOnly, holdingOut: nil, seed: recipe.seed)
        let set = try await taught.transferSet(plan, holdingOut: nil, seed: recipe.seed)
        let phase = "training \(student.name) with \(plan)"
        let total = plan.isLabelsOnly ? seeds.count : 2 * seeds.count
        let done = Atomic(0)
        // The twins first, then the students.
        let models = try concurrently(total, threads: threads) { index in
            @Sendable func progress(_ inner: RunProgress? = nil) -> RunProgress {
                RunProgress(
                    phase: phase, completed: done.load(ordering: .relaxed), total: total, unit: "fits",
                    loss: inner?.loss, note: inner?.note)
            }
            try report(progress(), to: self.progress)
            let isTwin = index < seeds.count
            let seed = index % seeds.count
            let model = try student.estimator.fitted(
                to: isTwin ? labelled : set, validation: nil,
                context: context(
                    for: isTwin ? .labelsOnly : plan, seed: seeds[seed], threads: max(1, threads / total)
                ) { progress($0) })
            done.wrappingAdd(1, ordering: .relaxed)
            return model
        }
        try report(RunProgress(phase: phase, completed: total, total: total, unit: "fits"), to: progress)
        return seeds.indices.map { (models[plan.isLabelsOnly ? $0 : seeds.count + $0], models[$0]) }
    }

    /// What a fit by a plan needs besides its rows.
    func context(
        for plan: TransferPlan, seed: UInt64, threads: Int,
        _ translated: @escaping @Sendable (RunProgress) -> RunProgress
    ) -> FittingContext {
        let progress = progress
        var context = FittingContext(
            loss: plan.isLabelsOnly ? taught.kind.teaching.labelLoss : loss, seed: seed, threads: threads,
            progress: { progress(translated($0)) }, checkpoints: checkpoints)
        context.peer = plan.isLabelsOnly ? nil : peer
        return context
    }

    /// A model's figures on one fold's rows.
    private func fit(_ model: any Model, fold: Int) -> Fit {
        let rows = taught.folds[fold]
        let weights = taught.rows.weights.map { weights in rows.map { weights[$0] } }
        let outputs = model.outputs(for: taught.features.selecting(rows: rows)).matrix
        let judging = taught.kind.judging
        let figures = judging.statistics(
            outputs, taught.problem.truth.selecting(rows), teacher: taught.answers.selecting(rows: rows), weights: nil
        ).values(weights: weights ?? [Float](repeating: 1, count: rows.count))
        return Fit(model: model, score: judging.score(figures), quality: figures[judging.metrics.main] ?? 0)
    }

    private static func trial(_ strategy: String, _ fits: [Fit]) -> Trial {
        Trial(strategy: strategy, score: mean(fits.map(\.score)), quality: mean(fits.map(\.quality)))
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }
}
