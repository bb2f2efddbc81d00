internal import Compute

extension StudentSearch {
    /// The folds that plans are compared on: fewer than usual where a time budget leaves no time for all. How fast the student is fitted a fit on one of them tells.
    func affordableFolds(_ student: NamedEstimator, _ plans: [TransferPlan]) async throws -> Range<Int> {
        let wanted = validationFits
        guard clock.isSet, let plan = plans.first else { return 0..<wanted }
        let hasTwin = taught.kind.teaching.hasTwin
        _ = try await fits(student, by: hasTwin ? .labelsOnly : plan, folds: 0..<1)
        let each = rows(of: plan, folds: 1) + (hasTwin ? rows(of: .labelsOnly, folds: 1) : 0)
        let folds = (1...wanted).last { folds in
            clock.allows(student.name, rows: Double(folds) * each + refitRows(plan, seeds: 1))
        }
        if (folds ?? 1) < wanted { clock.skip("comparing on \(wanted) parts of the rows (\(folds ?? 1) were used)") }
        return 0..<(folds ?? 1)
    }

    /// Whether there is time to try a plan on so many folds and to train by it in the end.
    func isAffordable(_ student: NamedEstimator, _ plan: TransferPlan, folds: Int) -> Bool {
        let made = Double(plan.strategies.count(where: \.synthesises)) * plan.synthesised
        let questions = made * Double(taught.rows.count) * Double(folds + 1)
        let isIn = clock.allows(
            student.name, rows: rows(of: plan, folds: folds) + refitRows(plan, seeds: 1), questions: questions)
        if !isIn { clock.skip("\(plan) with \(student.name)") }
        return isIn
    }

    /// The seeds that there is time for, one at least.
    func affordableSeeds(_ student: NamedEstimator, _ plan: TransferPlan) -> Int {
        let wanted = settings.seeds
        guard clock.isSet else { return wanted }
        let seeds = (1...wanted).last { clock.allows(student.name, rows: refitRows(plan, seeds: $0)) } ?? 1
        if seeds < wanted { clock.skip("\(wanted) seeds (\(seeds) \(seeds == 1 ? "was" : "were") used)") }
        return seeds
    }

    /// The rows of fits by a plan on the rows outside each of so many folds, together.
    private func rows(of plan: TransferPlan, folds: Int) -> Double {
        Double(folds) * size(of: plan) * (1 - 1 / Double(taught.folds.count))
    }

    /// The rows of the last fits, of students and twins.
    private func refitRows(_ plan: TransferPlan, seeds: Int) -> Double {
        Double(seeds)
            * (size(of: plan) + (taught.kind.teaching.hasTwin && !plan.isLabelsOnly ? size(of: .labelsOnly) : 0))
    }

    /// The rows of a transfer set of all training rows.
    private func size(of plan: TransferPlan) -> Double {
        let made = Double(plan.strategies.count(where: \.synthesises)) * plan.synthesised
        let more = plan.strategies.contains(.unlabeled) ? taught.unlabeled?.count ?? 0 : 0
        return Double(taught.rows.count) * (1 + made) + Double(more)
    }
}
