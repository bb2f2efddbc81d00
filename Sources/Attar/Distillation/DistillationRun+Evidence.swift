internal import Compute

extension DistillationRun {
    /// The longest that fits for evidence alone may take without being asked for, in seconds, or as a share of the run so far.
    private static let mostSeconds = 20.0
    private static let mostShare = 0.25

    /// Students that learned from parts of the rows, or the reason why there are none.
    ///
    /// - Parameters:
    ///   - refitting: how long the students' own fits on all rows took together, in seconds.
    ///   - elapsed: how long the run has taken so far.
    func partialStudents(
        _ search: StudentSearch, _ chosen: StudentSearch.Student, refitting: Double, elapsed: Double
    ) async throws -> PartialStudents {
        var none = PartialStudents()
        let missing = "The learning curve and the figures of rows that lie to one side of the others were left out"
        let remedy = "Ask for them with --evidence full."
        if recipe.evidence == .quick {
            none.notes.append("\(missing), as the recipe says. \(remedy)")
            return none
        }
        if recipe.evidence == .auto {
            let plan = chosen.choice.plan
            let asksMore = plan.strategies.contains { $0.synthesises || $0 == .unlabeled }
            if asksMore, search.taught.teacher.teacher.model == nil {
                none.notes.append("\(missing): the teacher would have to be asked about more rows. \(remedy)")
                return none
            }
            let seconds = refitting / Double(recipe.seeds) * StudentSearch.partialFits
            if seconds > max(Self.mostSeconds, Self.mostShare * elapsed) {
                none.notes.append("\(missing): their fits would take about \(Int(seconds)) s. \(remedy)")
                return none
            }
        }
        return try await search.partialStudents(
            chosen, test: try encoder.encoded(test), seed: recipe.seed)
    }
}
