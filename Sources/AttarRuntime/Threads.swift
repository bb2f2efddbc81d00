internal import Foundation
internal import Synchronization

/// Worker threads to use where none are asked for: one for each active processor.
package func availableThreads() -> Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

/// Makes independent values on several threads and returns them in order, while the caller's thread works along.
///
/// For loops that compute and end soon. Whole fits go through `FitQueue`, and what waits for others through `onOwnThread`, neither of which holds a
/// thread of Swift's pool.
/// - Parameters:
///   - count: how many values.
///   - threads: the most that are made at a time, at least 1; all but the caller's are begun for the call.
///   - make: makes the value of an index; called on any thread.
/// - Throws: the error of the lowest index that failed; later values are not begun.
package func concurrently<Value: Sendable>(
    _ count: Int, threads: Int, make: @escaping @Sendable (Int) throws -> Value
) throws -> [Value] {
    let loop = Loop(count, make)
    let group = DispatchGroup()
    for _ in 1..<max(2, min(threads, count)) where threads > 1 && count > 1 {
        group.enter()
        Thread.detachNewThread {
            loop.work()
            group.leave()
        }
    }
    loop.work()
    group.wait()
    return try loop.values()
}

/// Values that are being made, each by whichever thread comes first.
private final class Loop<Value: Sendable>: Sendable {
    private let count: Int
    private let make: @Sendable (Int) throws -> Value
    private let results: Mutex<[Result<Value, any Error>?]>
    private let next = Atomic(0)
    private let failed = Atomic(false)

    init(_ count: Int, _ make: @escaping @Sendable (Int) throws -> Value) {
        (self.count, self.make) = (count, make)
        results = Mutex(Array(repeating: nil, count: count))
    }

    func work() {
        while !failed.load(ordering: .relaxed) {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            let result = Result { try make(index) }
            if case .failure = result { failed.store(true, ordering: .relaxed) }
            results.withLock { $0[index] = result }
        }
    }

    func values() throws -> [Value] { try results.withLock { $0 }.compactMap { try $0?.get() } }
}
