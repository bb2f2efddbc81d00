import CAllocationCounter
import Compute
import Synchronization
import Testing

struct WorkersTests {
    @Test(arguments: 1...4)
    func `Each part runs exactly once, however often work is handed over`(count: Int) {
        let workers = Workers(count: count)
        var calls = [Int](repeating: 0, count: count)
        calls.withUnsafeMutableBufferPointer { calls in
            nonisolated(unsafe) let calls = calls
            for _ in 0..<2_000 { workers.run(count) { calls[$0] += 1 } }
        }
        #expect(calls == [Int](repeating: 2_000, count: count))
    }

    @Test func `The caller's part runs on the caller's thread, and fewer parts than threads are fine`() {
        let workers = Workers(count: 3)
        var sums = [0, 0, 0]
        sums.withUnsafeMutableBufferPointer { sums in
            nonisolated(unsafe) let sums = sums
            for parts in [1, 2, 3, 2, 1] { workers.run(parts) { sums[$0] += 1 } }
        }
        #expect(sums == [5, 3, 1])
    }

    @Test func `Sleeping threads are woken`() async throws {
        let workers = Workers(count: 2)
        let calls = Atomic<Int>(0)
        for _ in 0..<5 {
            try await Task.sleep(for: .milliseconds(2))
            workers.run(2) { _ in calls.add(1, ordering: .relaxed) }
        }
        #expect(calls.load(ordering: .relaxed) == 10)
    }

    @Test(.enabled(if: attar_can_count_allocations() != 0))
    func `Handing over work does not allocate`() {
        let workers = Workers(count: 2)
        let calls = Atomic<Int>(0)
        workers.run(2) { calls.add($0, ordering: .relaxed) }
        attar_start_counting_allocations()
        for _ in 0..<100 { workers.run(2) { calls.add($0, ordering: .relaxed) } }
        #expect(attar_stop_counting_allocations() == 0)
        #expect(calls.load(ordering: .relaxed) == 101)
    }
}
