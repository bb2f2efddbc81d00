/// Rows, and what they ask.
public struct Problem: Sendable {
    /// What is to be answered.
    public let task: LearningTask
    /// The rows.
    public let rows: Dataset
    /// What is right, one a row.
    public let truth: Truth
    /// What each row belongs to: rows of one unit are never parted, and are judged and resampled as a whole. Nil where each row is a unit of its own.
    public let units: [Int32]?

    /// A problem.
    ///
    /// - Precondition: truth and units, where there are any, have one for each row.
    public init(task: LearningTask, rows: Dataset, truth: Truth, units: [Int32]? = nil) {
        precondition(truth.count.map { $0 == rows.count } ?? true, "a truth for each row")
        precondition(units.map { $0.count == rows.count } ?? true, "a unit for each row")
        (self.task, self.rows, self.truth, self.units) = (task, rows, truth, units)
    }

    /// The rows at the given positions, in that order.
    public func selecting(_ positions: [Int]) -> Problem {
        Problem(
            task: task, rows: rows.selecting(positions), truth: truth.selecting(positions),
            units: units.map { units in positions.map { units[$0] } })
    }
}
