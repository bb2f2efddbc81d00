internal import Dispatch
internal import Foundation
internal import Synchronization

/// Worker threads to use where none are asked for: one for each active processor.
package func availableThreads() -> Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

/// Makes independent values on several threads and returns them in order.
///
/// Whole fits run side by side rather than each on several threads: they never wait for each other, and a fit gives the same
/// model however many run beside it.
/// - Parameters:
///   - count: how many values.
///   - threads: the most that are made at a time, at least 1.
///   - make: makes the value of an index; called on any thread.
/// - Throws: the error of the lowest index that failed; later values are not begun.
package func concurrently<Value: Sendable>(
    _ count: Int, threads: Int, make: @Sendable (Int) throws -> Value
) throws -> [Value] {
    let results = Mutex<[Result<Value, any Error>?]>(Array(repeating: nil, count: count))
    let next = Atomic(0)
    let failed = Atomic(false)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
        while !failed.load(ordering: .relaxed) {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            let result = Result { try make(index) }
            if case .failure = result { failed.store(true, ordering: .relaxed) }
            results.withLock { $0[index] = result }
        }
    }
    return try results.withLock { $0 }.compactMap { try $0?.get() }
}
