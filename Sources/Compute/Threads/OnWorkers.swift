internal import Synchronization

/// Makes independent values on threads of our own and returns them in order.
///
/// For whole fits and other work of milliseconds and more, called from an async function: the caller suspends, and no thread of Swift's
/// pool waits. Whole fits run side by side rather than each on several threads: they never wait for each other, and a fit gives the same
/// model however many run beside it. For parts of one kernel there are `Workers`.
///
/// Values are begun in order. What has been begun is always finished, so that nothing runs any more when this returns or throws.
/// - Parameters:
///   - count: how many values.
///   - threads: the most that are made at a time, at least 1.
///   - make: makes the value of an index; called on any thread of ours, outside of the task: `Task.isCancelled` means nothing there.
/// - Throws: the error of the lowest index that failed; `CancellationError` where the task was cancelled before all had been begun.
package func onWorkers<Value: Sendable>(
    _ count: Int, threads: Int, make: @escaping @Sendable (Int) throws -> Value
) async throws -> [Value] {
    precondition(threads > 0, "work needs at least one thread")
    try Task.checkCancellation()
    if count == 0 { return [] }
    let jobs = Jobs(count, make)
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { jobs.begin(on: min(threads, count), then: $0) }
    } onCancel: {
        jobs.endEarly()
    }
}

/// Values that are being made, each once, by whichever thread is free.
private final class Jobs<Value: Sendable>: Sendable {
    private struct State {
        var results: [Result<Value, any Error>?]
        /// The first index that nobody has begun.
        var next = 0
        /// Whether no further value is to be begun.
        var isEnding = false
        /// Threads that have not left yet.
        var running = 0
    }

    private let count: Int
    private let make: @Sendable (Int) throws -> Value
    private let state: Mutex<State>

    init(_ count: Int, _ make: @escaping @Sendable (Int) throws -> Value) {
        self.count = count
        self.make = make
        state = Mutex(State(results: Array(repeating: nil, count: count)))
    }

    /// Starts the threads; the last to leave resumes the caller.
    func begin(on threads: Int, then continuation: CheckedContinuation<[Value], any Error>) {
        state.withLock { $0.running = threads }
        var started = 0
        for _ in 0..<threads {
            let thread = OwnThread { [self] in
                work()
                leave(continuation)
            }
            guard let thread else { break }
            thread.detach()
            started += 1
        }
        precondition(started > 0, "the system gives no more threads")
        for _ in started..<threads { leave(continuation) }
    }

    /// Lets no further value be begun.
    func endEarly() { state.withLock { $0.isEnding = true } }

    private func work() {
        while let index = takeNext() {
            let result = Result { try make(index) }
            state.withLock { state in
                if case .failure = result { state.isEnding = true }
                state.results[index] = result
            }
        }
    }

    private func takeNext() -> Int? {
        state.withLock { state in
            guard !state.isEnding, state.next < count else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    private func leave(_ continuation: CheckedContinuation<[Value], any Error>) {
        let results = state.withLock { state in
            state.running -= 1
            return state.running == 0 ? state.results : nil
        }
        guard let results else { return }
        continuation.resume(
            with: Result {
                // Every index below one that failed had been begun before it, so this is the lowest that fails at all.
                let values = try results.compactMap { try $0?.get() }
                if values.count < count { throw CancellationError() }
                return values
            })
    }
}
