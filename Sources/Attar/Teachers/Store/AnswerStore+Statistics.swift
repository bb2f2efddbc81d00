internal import Compute
internal import Foundation
internal import GRDB

extension AnswerStore {
    /// How many answers there are to each question, by its number.
    func counts() throws -> [Int64: Int] {
        try transaction { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT question, SUM(rows) AS rows, MIN(rows) AS least FROM
                        (SELECT question, rows FROM shard UNION ALL SELECT question, rows FROM recent) GROUP BY question
                    """)
            return Dictionary(
                try rows.map { row in
                    _ = try row.count("least", in: 1...Int.max)
                    return (try row.whole("question"), try row.count("rows", in: 1...Int.max))
                }, uniquingKeysWith: +)
        }
    }

    /// What was spent on a question over all runs.
    func spending(on question: StoredQuestion) throws -> Spending {
        try transaction { database in
            var sum = Spending()
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT TOTAL(requests) AS requests, TOTAL(tokensRead) AS tokensRead, TOTAL(tokensWritten) AS tokensWritten,
                        SUM(cost) AS cost
                    FROM spending WHERE question = ?
                    """, arguments: [question.id])
            guard let row else { return sum }
            func total(_ column: String) throws -> Int {
                Int(exactly: try row.optionalNumber(column) ?? 0).map { max(0, $0) } ?? 0
            }
            (sum.requests, sum.tokensRead) = try (total("requests"), total("tokensRead"))
            sum.tokensWritten = try total("tokensWritten")
            sum.cost = try row.optionalNumber("cost")
            return sum
        }
    }

    /// What the store holds, one entry a question, for `attar label --stats`.
    ///
    /// - Parameter rows: labelled rows, whose answers are compared with their labels; nil compares nothing.
    package func statistics(comparedWith rows: Dataset? = nil) throws -> [StoreStatistics] {
        let counts = try counts()
        return try StoredQuestion.all(in: self).map { question in
            var found = StoreStatistics(
                teacher: question.teacher, fingerprint: question.fingerprint, columns: question.columns.count,
                topK: question.form.topK, answers: counts[question.id, default: 0], spending: try spending(on: question)
            )
            guard let rows, Set(rows.columns.map(\.name)).isSuperset(of: question.columns) else { return found }
            let (known, _) = try answers(to: question)
            let wanted = Set(question.columns)
            let keys = RowKey.keys(of: rows.with(columns: rows.columns.filter { wanted.contains($0.name) }))
            let positions = keys.indices.compactMap { row in known.table.position(of: keys[row]).map { (row, $0) } }
            found.rowsAnswered = positions.count
            found.rows = rows.count
            guard let target = rows.target, !positions.isEmpty else { return found }
            let outputs = Answers(
                known.kind ?? .probabilities,
                known.packed.unpacked(
                    positions.map(\.1), kept: question.form.width(of: question.task.width), width: question.task.width))
            found.agreement = Agreement.withLabels(outputs, question.task, target.selecting(positions.map(\.0)))
            return found
        }
    }
}

/// What a store holds of one teacher.
public struct StoreStatistics: Hashable, Codable, Sendable {
    /// The teacher's path, command or address.
    public let teacher: String
    /// Its fingerprint when it was asked.
    public let fingerprint: Fingerprint
    /// Columns that it was asked about.
    public let columns: Int
    /// How many of the likeliest classes are kept; nil for all.
    public let topK: Int?
    /// Answers that are kept.
    public let answers: Int
    /// What they took.
    public let spending: Spending
    /// Rows of the data, if some were given.
    public var rows: Int?
    /// How many of them have an answer.
    public var rowsAnswered: Int?
    /// The share of those whose answer is their label, or R² for a regression; nil without labels.
    public var agreement: Double?
}
