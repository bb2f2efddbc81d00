internal import Compute
internal import Synchronization

/// What a teacher was asked beside its training rows, as far as there is room to remember it.
package final class AnswerMemory: Sendable {
    /// Rows without labels as transfer sets take them.
    struct Rows: Sendable {
        /// (rows, width).
        let features: Matrix
        /// What the teacher said of each.
        let teaching: SoftTargets

        fileprivate var size: Int { features.elements.count + teaching.size }
    }

    /// What rows of one set of training rows follow from.
    enum Key: Hashable, Sendable {
        /// Made-up rows, and who answers them: `fold` is left out of both.
        case made(by: TransferStrategy, count: Int, fold: Int?, seed: UInt64)
        /// The rows that were given without labels, answered by the copy that has not seen the fold.
        case unlabeled(fold: Int?)
    }

    /// Numbers that are kept at most, a gigabyte; what goes beyond is made and asked anew each time.
    package static let most = 1 << 28

    /// How many rows are asked about where several fits need the same ones: what there is room for once, the rest each time.
    ///
    /// - Parameters:
    ///   - rows: how many different rows there are.
    ///   - width: the numbers that are remembered of each.
    ///   - times: how often each is needed.
    ///   - most: how many numbers there is room for.
    package static func asked(_ rows: Double, width: Int, times: Int, most: Int = most) -> Double {
        let beyond = max(0, rows - (Double(most) / Double(width)).rounded(.down))
        return rows + beyond * Double(max(0, times - 1))
    }

    private struct State {
        var rows: [Key: Rows] = [:]
        var answers: [String: Answers] = [:]
        var size = 0
    }

    private let state = Mutex(State())
    private let turn = Mutex(())

    /// The rows of a key, made where they are not known yet.
    func rows(_ key: Key, making: () async throws -> Rows) async rethrows -> Rows {
        if let known = state.withLock({ $0.rows[key] }) { return known }
        let made = try await making()
        state.withLock { state in
            guard state.size + made.size <= Self.most else { return }
            state.rows[key] = made
            state.size += made.size
        }
        return made
    }

    /// Answers to rows that are known by their contents, asked where they are not known yet. Several threads may ask; one is answered at a time, so that nobody asks what
    /// another is just asking.
    func answers(_ key: String, asking: () throws -> Answers) throws -> Answers {
        try turn.withLock { _ in
            if let known = state.withLock({ $0.answers[key] }) { return known }
            let answers = try asking()
            state.withLock { state in
                guard state.size + answers.matrix.elements.count <= Self.most else { return }
                state.answers[key] = answers
                state.size += answers.matrix.elements.count
            }
            return answers
        }
    }
}

extension SoftTargets {
    /// Numbers that it holds.
    fileprivate var size: Int {
        switch self {
        case .dense(let matrix): matrix.elements.count
        case .sparse(let classes, _), .sampled(let classes): 2 * classes.ids.count
        }
    }
}
