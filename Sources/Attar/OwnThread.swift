internal import Foundation
internal import Synchronization

/// Runs blocking work on a thread of its own and waits for it without holding a thread of Swift's concurrency pool, of which there are few.
///
/// - Parameter work: is handed a function that says whether the task has been cancelled, to be looked at from time to time.
func onOwnThread<Result: Sendable>(
    _ work: @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) throws -> Result
) async throws -> Result {
    let flag = CancellationFlag()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Swift.Result { try work { flag.isSet } })
            }
        }
    } onCancel: {
        flag.set()
    }
}

/// The way back: waits on the caller's thread, which has to be one of our own, for what an asynchronous function gives.
func waiting<Value: Sendable>(for work: @escaping @Sendable () async throws -> Value) throws -> Value {
    let box = ResultBox<Value>()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        let result: Result<Value, any Error>
        do { result = .success(try await work()) } catch { result = .failure(error) }
        box.value.withLock { $0 = result }
        done.signal()
    }
    done.wait()
    guard let result = box.value.withLock({ $0 }) else { preconditionFailure("the task has signalled") }
    return try result.get()
}

private final class ResultBox<Value: Sendable>: Sendable {
    let value = Mutex<Result<Value, any Error>?>(nil)
}

/// Set once, from any thread.
private final class CancellationFlag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() { value.store(true, ordering: .relaxed) }
}
