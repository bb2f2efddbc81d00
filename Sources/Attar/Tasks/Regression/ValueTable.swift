public import Compute

/// Values in a table: `prediction`, or `prediction:<output>` for each of several.
public struct ValueTable: AnswerTable {
    /// The table of values.
    public init() {}

    public func headers(of task: LearningTask) -> [String] {
        task.width == 1
            ? [AnswerColumns.predictionColumn] : task.names.map { AnswerColumns.predictionPrefix + $0 }
    }

    public func leading(_ answers: Matrix, by rule: AnswerRule?) -> [Int32]? { nil }

    /// The values of each output, by its name where the columns have these, else by order.
    public func answers(in columns: AnswerColumns, of task: LearningTask, target: String?) throws -> HeldAnswers {
        let outputs = task.names
        let answers = columns.answers
        let chosen: [Column]
        if outputs.count == 1,
            let column = columns.table.column(named: AnswerColumns.predictionColumn)
                ?? columns.table.column(named: outputs[0])
        {
            chosen = [column]
        } else {
            let named = outputs.compactMap(columns.column(ofOutput:))
            chosen = named.count == outputs.count ? named : answers
        }
        guard chosen.count == outputs.count else {
            throw columns.unusable(
                "'\(columns.path)' has \(answers.count) columns of answers, but the target '\(target ?? "")' has \(outputs.count)",
                "Name the column 'prediction'")
        }
        return HeldAnswers(try columns.matrix(of: chosen))
    }
}
