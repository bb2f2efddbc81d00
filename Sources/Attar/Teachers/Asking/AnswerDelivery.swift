internal import Synchronization

/// Where the threads that ask a teacher bring its answers: hands them on one after the other, and remembers what ended the asking.
///
/// After a failure, answers that were on their way are still handed on, for they may have cost money; only a receiver that has failed itself gets
/// no more. One that only wants to stop (`AttarError`, `stopped`) has not failed.
final class AnswerDelivery: Sendable {
    typealias Receiver = @Sendable (_ positions: [Int], _ answers: Answers) throws -> Void
    /// Takes rows that are left out; where nobody does, the first of them ends the asking.
    typealias FailureReceiver = @Sendable (RowFailure) throws -> Void

    private struct State {
        var error: (any Error)?
        var receiverFailed = false
        var answered = 0
    }

    private let state = Mutex(State())
    private let stopped = Atomic(false)
    private let receiver: Receiver
    private let failureReceiver: FailureReceiver

    init(to receiver: @escaping Receiver, leavingOut: @escaping FailureReceiver = { throw $0.error }) {
        (self.receiver, failureReceiver) = (receiver, leavingOut)
    }

    /// Whether no more is to be asked.
    var isStopped: Bool { stopped.load(ordering: .relaxed) }

    /// Rows answered so far.
    var answered: Int { state.withLock { $0.answered } }

    /// Hands on answers.
    func deliver(_ positions: [Int], _ answers: Answers) {
        if positions.isEmpty { return }
        hand { state in
            // Counted first: a receiver that wants to stop has kept them.
            state.answered += positions.count
            try receiver(positions, answers)
        }
    }

    /// Hands on a row that is left out. Where it may not be, that ends the asking, and answers that are on their way are handed on all the same.
    func leaveOut(_ failure: RowFailure) {
        hand(endsReceiving: false) { _ in try failureReceiver(failure) }
    }

    /// Hands something on, unless the receiver has failed; what it throws ends the asking.
    ///
    /// - Parameter endsReceiving: whether nothing more is handed on after that.
    private func hand(endsReceiving: Bool = true, _ body: (inout State) throws -> Void) {
        state.withLock { state in
            if state.receiverFailed { return }
            do {
                try body(&state)
            } catch {
                state.receiverFailed = endsReceiving && (error as? AttarError)?.code != .stopped
                if state.error == nil { state.error = error }
                stopped.store(true, ordering: .relaxed)
            }
        }
    }

    /// Ends the asking; the first error is the one that is thrown in the end.
    func fail(_ error: any Error) {
        state.withLock { if $0.error == nil { $0.error = error } }
        stopped.store(true, ordering: .relaxed)
    }

    /// Throws what ended the asking early.
    func finish() throws {
        if let error = state.withLock({ $0.error }) { throw error }
    }
}
