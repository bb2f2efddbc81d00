internal import Compute
internal import Synchronization

/// A teacher whose answers arrive bit by bit, each worth keeping even where the rest never comes: a program, a server.
public protocol PartialTeacher: Teacher {
    /// Answers a set of rows and hands over each part as it arrives, in whatever order that is.
    ///
    /// What was handed over before an error is thrown was answered and is right: a limit that is reached, a program that dies or a server
    /// that stops loses nothing of it.
    /// - Parameters:
    ///   - rows: the rows to be answered.
    ///   - receiving: takes the positions of some rows in `rows`, each position once, and their answers in that order,
    ///     (positions.count, task.width). Called on threads of the teacher's own, one call after the other, never on Swift's concurrency
    ///     pool, so it may write a file. What it throws ends the asking and is thrown on.
    /// - Throws: `AttarError`: `limitReached` where a limit of requests or cost ends the asking; `unusableTeacher` naming teacher, row and
    ///   remedy; what `receiving` throws; `CancellationError` where the task is cancelled.
    func predict(
        _ rows: Dataset, receiving: @escaping @Sendable (_ positions: [Int], _ answers: Answers) throws -> Void
    ) async throws

    /// The same by a teacher that can tell rows that it has no usable answer to from what keeps it from answering at all: it leaves those out and goes on.
    ///
    /// - Parameter leavingOut: takes each row that is left out, as `receiving` takes answers. What it throws ends the asking and is thrown on.
    func predict(
        _ rows: Dataset, receiving: @escaping @Sendable (_ positions: [Int], _ answers: Answers) throws -> Void,
        leavingOut: @escaping @Sendable (RowFailure) throws -> Void
    ) async throws

    /// What was spent on its answers so far, since it was opened; nil where nothing is counted.
    var spending: Spending? { get }
}

extension PartialTeacher {
    /// Nothing is counted.
    public var spending: Spending? { nil }

    /// No row is left out: the first without an answer ends the asking.
    public func predict(
        _ rows: Dataset, receiving: @escaping @Sendable (_ positions: [Int], _ answers: Answers) throws -> Void,
        leavingOut: @escaping @Sendable (RowFailure) throws -> Void
    ) async throws {
        try await predict(rows, receiving: receiving)
    }

    /// All answers at once, put together from the parts.
    public func predict(_ rows: Dataset) async throws -> Answers { try await predict(rows, failing: 0) }

    /// The same, where some rows may be left without an answer.
    ///
    /// - Parameter most: how many.
    func predict(_ rows: Dataset, failing most: Int) async throws -> Answers {
        let collected = Mutex(PartialAnswers(Matrix(rows: rows.count, columns: task.width)))
        let failed = Mutex<Set<Int>>([])
        try await predict(rows) { positions, answers in
            collected.withLock { $0.take(answers, at: positions) }
        } leavingOut: { failure in
            let count = failed.withLock { failed in
                failed.insert(failure.position)
                return failed.count
            }
            if count > most { throw failure.error }
        }
        let (matrix, kind) = collected.withLock { ($0.matrix, $0.kind) }
        let left = failed.withLock { $0 }
        return Answers(
            kind ?? (task.form == .probabilities ? .probabilities : .values), .dense(matrix),
            known: left.isEmpty ? nil : (0..<rows.count).map { !left.contains($0) })
    }
}

/// Answers in the place of their rows, as far as they have arrived.
private struct PartialAnswers {
    var matrix: Matrix
    /// What the numbers are; nil before the first part.
    var kind: Answers.Kind?

    init(_ matrix: Matrix) { self.matrix = matrix }

    mutating func take(_ answers: Answers, at positions: [Int]) {
        kind = answers.kind
        let width = matrix.columns
        for (row, position) in positions.enumerated() {
            for column in 0..<width { matrix[position, column] = answers.matrix[row, column] }
        }
    }
}
