internal import Compute

/// Chooses a student and how it is taught, on validation rows only.
///
/// One fold after the other is held out; strategies are compared by the mean over the folds, and rows that a strategy makes up are
/// answered by the copy of the teacher that has not seen that fold.
struct StudentSearch {
    /// What the run starts from.
    let setup: RunSetup
    /// The rows and the teacher's answers.
    var taught: TaughtRows

    /// How far validation quality may lie below labels only for a strategy to be taken: half of what the choice promises,
    /// since validation rows are not the test rows.
    static let tolerance = 0.0025

    /// A search among the rows' students.
    init(_ setup: RunSetup, _ taught: TaughtRows) { (self.setup, self.taught) = (setup, taught) }

    var settings: DistillationSettings { setup.settings }

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
        /// The fits on labels alone, which new plans are held against; empty where nothing was compared, or the task has no labels.
        let labelsOnly: [Fit]

        /// The mean score of the chosen plan.
        var score: Double { StudentSearch.mean(fits.map(\.score)) }
        /// The mean quality of the chosen plan.
        var quality: Double { StudentSearch.mean(fits.map(\.quality)) }
    }

    /// The plan that does best for a student.
    func choice(for student: NamedEstimator) async throws -> Choice {
        if let fixed = settings.plan {
            if setup.distiller.leavesChoice { return try await compare([fixed], for: student, guarded: false) }
            // Nothing is chosen: one fit, for the budget.
            let fits = try await fits(student, by: fixed, count: 1)
            return Choice(plan: fixed, trials: [], fits: fits, labelsOnly: [])
        }
        let first = try await compare(
            singles.map { TransferPlan([$0], synthesised: settings.synthesised) }, for: student, guarded: true)
        let ranked = first.trials.filter { $0.strategy != "labels" && $0.strategy != "teacher" }
            .sorted { $0.score > $1.score }
        guard ranked.count >= 2 else { return first }
        let pair = TransferPlan(
            ranked.prefix(2).map { TransferStrategy(rawValue: $0.strategy) }, synthesised: settings.synthesised)
        return try await compare([pair], for: student, guarded: true, after: first)
    }

    /// The strategies that are compared where none is named.
    private var singles: [TransferStrategy] {
        var singles: [TransferStrategy] = [.teacher]
        let teacher = taught.teacher.teacher
        if teacher.answersKnownRowsOnly || settings.augmentation != nil { return singles }
        // Made-up rows are many: who answers for money is asked about them only where the settings say so.
        if !teacher.isMetered {
            singles += TransferStrategy.all.filter {
                $0.synthesises && taught.encoder.isChanged(by: $0, kinds: taught.dataKinds)
            }
        }
        if taught.unlabeled != nil { singles.append(.unlabeled) }
        return singles
    }

    /// Fits the plans and labels only, and takes the best that does not fall below labels only.
    ///
    /// - Parameters:
    ///   - guarded: whether labels only is taken where every plan falls below it.
    ///   - earlier: a choice that the new plans have to beat.
    private func compare(
        _ plans: [TransferPlan], for student: NamedEstimator, guarded: Bool, after earlier: Choice? = nil
    ) async throws -> Choice {
        let hasTwin = taught.kind.teaching.hasTwin
        let labelsOnly: [Fit]
        if let earlier {
            labelsOnly = earlier.labelsOnly
        } else {
            labelsOnly = hasTwin ? try await fits(student, by: .labelsOnly, count: validationFits) : []
        }
        let floor = Self.mean(labelsOnly.map(\.quality)) - Self.tolerance
        var trials = earlier?.trials ?? (hasTwin ? [Self.trial("labels", labelsOnly)] : [])
        var best: (plan: TransferPlan, fits: [Fit])? = earlier.map { ($0.plan, $0.fits) }
        for plan in plans {
            let fits = plan.isLabelsOnly ? labelsOnly : try await fits(student, by: plan, count: validationFits)
            if !plan.isLabelsOnly { trials.append(Self.trial(plan.description, fits)) }
            let allowed = !guarded || !hasTwin || Self.mean(fits.map(\.quality)) >= floor
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

    private static func trial(_ strategy: String, _ fits: [Fit]) -> Trial {
        Trial(strategy: strategy, score: mean(fits.map(\.score)), quality: mean(fits.map(\.quality)))
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }
}
