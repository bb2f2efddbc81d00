public import Compute

/// Scores in a table: `score`.
public struct ScoreTable: AnswerTable {
    /// The table of scores.
    public init() {}

    public func headers(of task: LearningTask) -> [String] { task.names }

    public func leading(_ answers: Matrix, by rule: AnswerRule?) -> [Int32]? { nil }

    /// One score a row, where anomalies are asked for.
    public func task(in columns: AnswerColumns, isNamed: Bool) -> LearningTask? { isNamed ? .anomaly : nil }

    /// The column `score`, or `prediction`, else the only one.
    public func answers(in columns: AnswerColumns, of task: LearningTask, target: String?) throws -> HeldAnswers {
        let named = (task.names + [AnswerColumns.predictionColumn]).lazy.compactMap { columns.table.column(named: $0) }
        guard let column = named.first ?? (columns.answers.count == 1 ? columns.answers.first : nil) else {
            throw columns.unusable(
                "'\(columns.path)' has \(columns.answers.count) columns, and none of them is called 'score'",
                "Name the column of the scores 'score'")
        }
        return HeldAnswers(try columns.matrix(of: [column]))
    }
}
