public import Compute

/// Clusters in a table: `prediction`, the likeliest cluster, then `probability:<cluster>` for each.
public struct ClusterTable: AnswerTable {
    private let base = ClassTable()

    /// The table of clusters.
    public init() {}

    public var types: [String: Column.Kind] { base.types }

    public func headers(of task: LearningTask) -> [String] { base.headers(of: task) }

    public func leading(_ answers: Matrix, by rule: AnswerRule?) -> [Int32]? { base.leading(answers, by: rule) }

    /// The clusters that have a column of probabilities; else those that occur in the column of predictions, or in the only one.
    public func task(in columns: AnswerColumns, isNamed: Bool) -> LearningTask? {
        // Any column could be one of clusters, so that they have to be asked for.
        guard isNamed else { return nil }
        let names = columns.table.columns.map(\.name)
        let prefix = AnswerColumns.probabilityPrefix
        let soft = names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        if !soft.isEmpty { return .clustering(soft) }
        let answers = columns.answers
        if columns.path.hasSuffix(".npy"), answers.count > 1 { return .clustering(answers.count) }
        let only =
            columns.table.column(named: AnswerColumns.predictionColumn) ?? (answers.count == 1 ? answers[0] : nil)
        guard let (codes, all) = only?.asCategories() else { return nil }
        let occurring = Set(codes)
        return .clustering(all.indices.filter { occurring.contains(Int32($0)) }.map { all[$0] })
    }

    public func answers(in columns: AnswerColumns, of task: LearningTask, target: String?) throws -> HeldAnswers {
        try base.answers(in: columns, of: task, target: target)
    }
}
