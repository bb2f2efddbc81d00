internal import Synchronization

/// The rows that are still to be asked, handed out in questions to whoever is free; and which rows programs have died of.
final class RowQueue: Sendable {
    /// Some rows to be asked at once.
    struct Question: Sendable {
        let positions: [Int]
        /// Whether a program has ended while it owed these rows; such a question is asked alone.
        let isRepeated: Bool
    }

    private struct State {
        var next = 0
        var again: [Question] = []
        /// For each row that was asked alone how often the program ended over it.
        var deaths: [Int: Int] = [:]
    }

    private let count: Int
    private let size: Int
    private let state = Mutex(State())

    /// So many pieces a question is cut into to find the row that a program dies of.
    private static let pieces = 8

    init(count: Int, size: Int) {
        self.count = count
        self.size = size
    }

    /// The next question; nil where none is left.
    func next() -> Question? {
        state.withLock { state in
            if let question = state.again.popLast() { return question }
            guard state.next < count else { return nil }
            defer { state.next = min(count, state.next + size) }
            return Question(positions: Array(state.next..<min(count, state.next + size)), isRepeated: false)
        }
    }

    /// Whether the next question is a new one.
    var nextIsNew: Bool { state.withLock { $0.again.isEmpty } }

    /// Takes back rows that were asked when a program ended, so that they are asked again.
    ///
    /// - Parameters:
    ///   - positions: the rows, in the order in which they were asked.
    ///   - answersSingly: whether the program had answered rows before these in the same question: then the first of them is the one to
    ///     suspect; else any of them may be, and they are asked in smaller pieces.
    func takeBack(_ positions: [Int], answersSingly: Bool) {
        if positions.isEmpty { return }
        var questions: [[Int]] = []
        if answersSingly {
            questions = [[positions[0]], Array(positions.dropFirst())].filter { !$0.isEmpty }
        } else {
            let piece = (positions.count + Self.pieces - 1) / Self.pieces
            questions = stride(from: 0, to: positions.count, by: piece).map {
                Array(positions[$0..<min(positions.count, $0 + piece)])
            }
        }
        state.withLock { state in
            state.again += questions.reversed().map { Question(positions: $0, isRepeated: true) }
        }
    }

    /// Counts a program's end over a row that was asked alone, and returns how many there were.
    func countDeath(over position: Int) -> Int {
        state.withLock { state in
            state.deaths[position, default: 0] += 1
            return state.deaths[position] ?? 0
        }
    }
}
