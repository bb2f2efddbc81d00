internal import CProcess
internal import Foundation
internal import Synchronization

/// Calls the body with 0, 1, … on so many threads that are made for it, and returns when all have ended. For calls that wait on pipes or
/// sockets: on Swift's concurrency pool they would keep everyone else from running. The threads outlive a broken pipe.
func onAskingThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) async {
    if count < 1 { return }
    await withCheckedContinuation { continuation in
        let running = Countdown(count)
        for index in 0..<count {
            startThread {
                body(index)
                if running.isLast() { continuation.resume() }
            }
        }
    }
}

/// The same for one piece of work, while the caller's thread waits: for what has to be known before anything is asked.
func onAskingThread<Value: Sendable>(_ make: @escaping @Sendable () throws -> Value) throws -> Value {
    let box = ResultBox<Value>()
    let done = DispatchSemaphore(value: 0)
    startThread {
        box.value.withLock { $0 = Result(catching: make) }
        done.signal()
    }
    done.wait()
    guard let value = box.value.withLock({ $0 }) else { preconditionFailure("the thread has signalled") }
    return try value.get()
}

/// Starts a thread that a broken pipe does not end the process from.
func startThread(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread {
        attar_block_broken_pipes()
        body()
    }
    thread.name = "attar asking"
    thread.start()
}

private final class ResultBox<Value: Sendable>: Sendable {
    let value = Mutex<Result<Value, any Error>?>(nil)
}

private final class Countdown: Sendable {
    private let left: Atomic<Int>

    init(_ count: Int) { left = Atomic(count) }

    /// Counts one that has ended; whether it was the last.
    func isLast() -> Bool { left.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 }
}
