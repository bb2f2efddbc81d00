internal import Compute

/// Chooses a student and how it is taught, on validation rows only.
///
/// One fold after the other is held out; strategies are compared row by row on these, and rows that a strategy makes up are answered by the copy of the teacher that has
/// not seen the fold.
struct StudentSearch {
    /// What the run starts from.
    let setup: RunSetup
    /// The rows and the teacher's answers.
    var taught: TaughtRows
    /// Keeps to the time budget.
    let clock: RunClock

    /// A search among the rows' students.
    init(_ setup: RunSetup, _ taught: TaughtRows) {
        (self.setup, self.taught, clock) = (setup, taught, RunClock(setup))
    }

    var settings: DistillationSettings { setup.settings }

    /// Rows that each strategy makes up at most where `auto` chooses, unless that is less than one for each training row: the more rows there are, the less made-up ones
    /// add, and fits take as long as there are rows.
    static let mostMade = 20_000.0

    /// Folds after which plans that trail are dropped.
    private static let screened = 2
    /// Plans that are compared on the folds after those.
    private static let finalists = 2

    /// A fit on the rows outside one fold, and its figures on that fold.
    struct Fit {
        let model: any Model
        /// Its answers to the rows of the fold.
        let answers: Matrix
        let score: Double
        let quality: Double
    }

    /// What was chosen for one estimator: the plan, and its fits.
    struct Choice {
        let plan: TransferPlan
        /// What was compared; empty where nothing was.
        var trials: [Trial] = []
        /// Its fits on the rows outside the first folds.
        let fits: [Fit]
        /// The fits on labels alone outside the same folds; empty where the task has no labels.
        let labelsOnly: [Fit]
        /// What is maximised, over the folds.
        var score: Double

        /// The mean quality of the chosen plan.
        var quality: Double { StudentSearch.mean(fits.map(\.quality)) }
        /// That of labels alone.
        var labelsQuality: Double { StudentSearch.mean(labelsOnly.map(\.quality)) }
    }

    /// The plan that does best for a student.
    func choice(for student: NamedEstimator) async throws -> Choice {
        guard let fixed = settings.plan else { return try await compared(singles, for: student) }
        // Where nothing is chosen: one fit each, for the budget and to calibrate student and twin alike.
        let folds = 0..<(setup.distiller.leavesChoice ? validationFits : 1)
        let hasTwin = taught.kind.teaching.hasTwin
        let labelsOnly = hasTwin ? try await fits(student, by: .labelsOnly, folds: folds) : []
        let fits = fixed.isLabelsOnly ? labelsOnly : try await fits(student, by: fixed, folds: folds)
        let scored = score(fits)
        var choice = Choice(plan: fixed, fits: fits, labelsOnly: labelsOnly, score: scored)
        if setup.distiller.leavesChoice {
            choice.trials =
                (hasTwin ? [trial(.labelsOnly, labelsOnly, against: [])] : [])
                + (fixed.isLabelsOnly ? [] : [trial(fixed, fits, against: labelsOnly)])
        }
        return choice
    }

    /// The strategies that are compared where none is named.
    private var singles: [TransferPlan] {
        var singles: [TransferStrategy] = [.teacher]
        let teacher = taught.teacher.teacher
        if !teacher.answersKnownRowsOnly, settings.augmentation == nil {
            // Made-up rows are many: who answers for money is asked about them only where the settings say so.
            if !teacher.isMetered, setup.limits.makesRows {
                singles += TransferStrategy.all.filter {
                    $0.synthesises && taught.encoder.isChanged(by: $0, kinds: taught.dataKinds)
                }
            }
            if taught.unlabeled != nil, setup.limits.asksUnlabeled { singles.append(.unlabeled) }
        }
        return singles.map { TransferPlan([$0], synthesised: synthesised) }
    }

    /// Made-up rows a training row.
    private var synthesised: Double {
        Self.usualMade(settings.synthesised, rows: taught.rows.count)
    }

    /// Made-up rows a training row, where so many rows are learned from.
    static func usualMade(_ wanted: Double, rows: Int) -> Double {
        min(wanted, max(1, mostMade / Double(max(1, rows))))
    }

    /// Fits labels alone and the plans, drops plans that trail, and takes the best of those that the rows support; else labels alone.
    private func compared(_ plans: [TransferPlan], for student: NamedEstimator) async throws -> Choice {
        let hasTwin = taught.kind.teaching.hasTwin
        let all = try await affordableFolds(student, plans)
        let first = all.prefix(Self.screened)
        let labels = hasTwin ? try await fits(student, by: .labelsOnly, folds: all) : []
        var tried: [(plan: TransferPlan, fits: [Fit])] = []
        for plan in plans where tried.isEmpty || isAffordable(student, plan, folds: first.count) {
            tried.append((plan, try await fits(student, by: plan, folds: first)))
        }
        let left = all.dropFirst(first.count)
        for index in finalists(tried.map(\.fits), against: labels) where !left.isEmpty {
            guard isAffordable(student, tried[index].plan, folds: left.count) else { continue }
            tried[index].fits += try await fits(student, by: tried[index].plan, folds: left)
        }
        // The two best ways of adding rows, together.
        let adding = best(of: tried.filter { $0.plan.strategies != [.teacher] }, against: labels)
        let pair = TransferPlan(adding.prefix(2).flatMap(\.plan.strategies), synthesised: synthesised)
        if adding.count >= 2, isAffordable(student, pair, folds: all.count) {
            var fits = try await fits(student, by: pair, folds: first)
            if !left.isEmpty, mean(fits, over: adding[0].fits) > 0 {
                fits += try await self.fits(student, by: pair, folds: left)
            }
            tried.append((pair, fits))
        }
        let trials =
            (hasTwin ? [trial(.labelsOnly, labels, against: [])] : [])
            + tried.map {
                trial($0.plan, $0.fits, against: labels)
            }
        let most = tried.map(\.fits.count).max() ?? 0
        let complete = tried.filter { $0.fits.count == (clock.isSet ? most : all.count) }
        let errors = hasTwin ? self.errors(among: tried.map(\.fits), over: labels) : 0
        let supported = hasTwin ? complete.filter { isSupported($0.fits, over: labels, by: errors) } : complete
        let chosen = best(of: supported, against: labels).first ?? (.labelsOnly, labels)
        return Choice(
            plan: chosen.plan, trials: trials, fits: chosen.fits, labelsOnly: labels, score: score(chosen.fits))
    }

    /// Those of the plans, as positions, that are tried on the other folds: the best, and the next where it does not trail by more than a standard error.
    private func finalists(_ fits: [[Fit]], against labels: [Fit]) -> [Int] {
        let gains = fits.map { gain($0, labels) }
        let order = fits.indices.sorted { (gains[$0], $1) > (gains[$1], $0) }
        return order.prefix(Self.finalists).filter { index in
            guard index != order[0], let behind = paired(fits[order[0]], over: fits[index]) else { return true }
            return behind.mean <= behind.error
        }
    }

    /// Plans with their fits, the best first.
    private func best(
        of tried: [(plan: TransferPlan, fits: [Fit])], against labels: [Fit]
    ) -> [(plan: TransferPlan, fits: [Fit])] {
        // Plans that were dropped early are ranked by what they showed then.
        let ranked = tried.enumerated().map { (place: $0.offset, gain: gain($0.element.fits, labels)) }
        return ranked.sorted { ($0.gain, $1.place) > ($1.gain, $0.place) }.map { tried[$0.place] }
    }

    /// What plans are ranked by: the gain over labels alone where there are any, else the mean score.
    private func gain(_ fits: [Fit], _ labels: [Fit]) -> Double {
        labels.isEmpty ? Self.mean(fits.map(\.score)) : mean(fits, over: labels)
    }

    private func mean(_ fits: [Fit], over others: [Fit]) -> Double {
        paired(fits, over: others)?.mean
            ?? Self.mean(fits.map(\.score)) - Self.mean(others.prefix(fits.count).map(\.score))
    }

    /// Folds that strategies are compared on: enough that about 2,000 rows are answered before anything is chosen. With a few
    /// hundred the choice would be a throw of the dice.
    var validationFits: Int { Self.validationFits(rows: taught.rows.count, folds: taught.folds.count) }

    /// The same of so many rows in so many folds.
    static func validationFits(rows: Int, folds: Int) -> Int {
        let wanted = 2_000
        let foldRows = max(1, rows / folds)
        return min(folds, max(2, (wanted + foldRows - 1) / foldRows))
    }

    static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }
}
