internal import GRDB
internal import Synchronization

/// The line of a store's index that says what one asking has spent. It grows with every answer, so that a run that is killed has counted all but what was on its way.
final class SpendingRecord: Sendable {
    private let question: StoredQuestion
    private let store: AnswerStore
    /// The line's number; nil before anything was spent.
    private let line = Mutex<Int64?>(nil)

    /// The record of an asking that begins.
    init(_ question: StoredQuestion, in store: AnswerStore) { (self.question, self.store) = (question, store) }

    /// Writes what was spent since the asking began.
    func write(_ spent: Spending?) throws {
        guard let spent, spent != Spending() else { return }
        try store.transaction { try write(spent, in: $0) }
    }

    /// The same within a transaction.
    func write(_ spent: Spending?, in database: Database) throws {
        guard let spent, spent.requests + spent.tokensRead + spent.tokensWritten > 0 || (spent.cost ?? 0) > 0 else {
            return
        }
        try line.withLock { line in
            if let line {
                try database.execute(
                    sql: "UPDATE spending SET requests = ?, tokensRead = ?, tokensWritten = ?, cost = ? WHERE id = ?",
                    arguments: [spent.requests, spent.tokensRead, spent.tokensWritten, spent.cost, line])
            } else {
                try database.execute(
                    sql:
                        "INSERT INTO spending (question, requests, tokensRead, tokensWritten, cost) VALUES (?, ?, ?, ?, ?)",
                    arguments: [question.id, spent.requests, spent.tokensRead, spent.tokensWritten, spent.cost])
                line = database.lastInsertedRowID
            }
        }
    }
}
