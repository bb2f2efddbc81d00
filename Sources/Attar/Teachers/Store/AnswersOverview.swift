/// What a store of answers holds, for people: what `attar label --stats` shows.
public struct AnswersOverview: Codable, Sendable {
    /// The folder.
    public let store: String
    /// One entry a teacher and question.
    public let questions: [StoreStatistics]

    /// Looks into a store.
    ///
    /// - Parameter rows: rows whose answers are counted, and compared with their labels if they have any.
    /// - Throws: `AttarError`: `unreadableFile` where there is no store, `malformedArtifact` where it is damaged.
    public init(_ folder: String, comparedWith rows: Dataset) throws {
        store = folder
        questions = try AnswerStore.existing(folder).statistics(comparedWith: rows)
    }

    /// One line a question.
    public var lines: [String] {
        if questions.isEmpty { return ["\(store): no answers yet"] }
        return questions.map { question in
            var parts = ["\(question.answers) answers"]
            if let top = question.topK { parts.append("the \(top) likeliest classes of each") }
            if let rows = question.rows, let answered = question.rowsAnswered {
                parts.append("\(answered) of these \(rows) rows")
            }
            if let agreement = question.agreement {
                parts.append("agreement with labels \(Metric.agreement.figure(agreement))")
            }
            if question.spending != Spending() { parts.append(question.spending.words) }
            return
                "\(store): '\(question.teacher)' (\(question.fingerprint.short)) about \(question.columns) columns: \(parts.joined(separator: ", "))"
        }
    }
}
