import Compute
import Synchronization
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite struct OnWorkersTests {
    private struct Failure: Error, Equatable {
        let index: Int
    }

    @Test("Values come in order, each made once, whatever the number of threads", arguments: [1, 2, 3, 8])
    func keepsOrder(threads: Int) async throws {
        let calls = Atomic<Int>(0)
        let values = try await onWorkers(100, threads: threads) { index in
            calls.add(1, ordering: .relaxed)
            return index * index
        }
        #expect(values == (0..<100).map { $0 * $0 })
        #expect(calls.load(ordering: .relaxed) == 100)
    }

    @Test("No values need no threads")
    func makesNothing() async throws {
        #expect(try await onWorkers(0, threads: 4) { $0 } == [])
    }

    @Test("No more values are made at a time than there are threads, and as many as that")
    func keepsWidth() async throws {
        let running = Atomic<Int>(0)
        let most = Atomic<Int>(0)
        _ = try await onWorkers(12, threads: 3) { _ in
            most.max(running.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
            // Each waits until three have met once, which fewer threads would never see.
            while most.load(ordering: .relaxed) < 3 { giveWay() }
            running.subtract(1, ordering: .relaxed)
        }
        #expect(most.load(ordering: .relaxed) == 3)
    }

    @Test("Of several failures the one of the lowest index is thrown, and later values are not begun", arguments: 1...4)
    func throwsLowestFailure(threads: Int) async throws {
        let begun = Mutex<Set<Int>>([])
        let error = await #expect(throws: Failure.self) {
            _ = try await onWorkers(1_000, threads: threads) { index in
                begun.withLock { _ = $0.insert(index) }
                // The second to fail is the first to be done.
                if index == 10 { for _ in 0..<200 { giveWay() } }
                if index >= 10 { throw Failure(index: index) }
            }
        }
        #expect(error == Failure(index: 10))
        #expect(begun.withLock { $0.max() ?? 0 } < 10 + threads)
    }

    @Test("Cancelling the task lets what was begun finish and begins nothing more")
    func stopsWhenCancelled() async throws {
        let begun = Atomic<Int>(0)
        let finished = Atomic<Int>(0)
        let hasBegun = Atomic<Bool>(false)
        let isCancelled = Atomic<Bool>(false)
        let task = Task {
            try await onWorkers(1_000, threads: 2) { _ in
                begun.add(1, ordering: .relaxed)
                hasBegun.store(true, ordering: .relaxed)
                while !isCancelled.load(ordering: .relaxed) { giveWay() }
                finished.add(1, ordering: .relaxed)
            }
        }
        while !hasBegun.load(ordering: .relaxed) { await Task.yield() }
        task.cancel()
        isCancelled.store(true, ordering: .relaxed)
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(begun.load(ordering: .relaxed) <= 2)
        #expect(begun.load(ordering: .relaxed) == finished.load(ordering: .relaxed))
    }

    @Test("A task that is cancelled already begins nothing")
    func beginsNothingWhenCancelled() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await onWorkers(5, threads: 2) { _ in Issue.record("a value was begun") }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("Swift's own threads stay free: more callers than processors wait at a time, and other tasks go on")
    func leavesPoolFree() async throws {
        let isReleased = Signal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    _ = try await onWorkers(1, threads: 1) { _ in
                        while !isReleased.isGiven { giveWay() }
                    }
                }
            }
            // Were the callers to hold the pool's threads, this task would never run.
            group.addTask { isReleased.give() }
            try await group.waitForAll()
        }
    }
}

/// Given once, seen by all.
private final class Signal: Sendable {
    private let value = Atomic<Bool>(false)

    var isGiven: Bool { value.load(ordering: .relaxed) }

    func give() { value.store(true, ordering: .relaxed) }
}

/// Gives way to other threads for a moment.
private func giveWay() {
    usleep(100)
}
