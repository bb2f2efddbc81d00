import AttarRuntime
import Synchronization
import Testing

struct ThreadsTests {
    private struct Failure: Error, Equatable {
        let index: Int
    }

    @Test(arguments: [1, 2, 3, 50])
    func `Values come back in order, however many threads make them`(threads: Int) throws {
        #expect(try concurrently(20, threads: threads) { $0 * $0 } == (0..<20).map { $0 * $0 })
        #expect(try concurrently(0, threads: threads) { $0 }.isEmpty)
    }

    @Test func `Of several errors the first index's is thrown, and later values are not begun`() {
        let begun = Atomic(0)
        let error = #expect(throws: Failure.self) {
            try concurrently(1_000, threads: 1) { index in
                begun.add(1, ordering: .relaxed)
                if index >= 3 { throw Failure(index: index) }
                return index
            }
        }
        #expect(error == Failure(index: 3))
        #expect(begun.load(ordering: .relaxed) == 4)
    }

    @Test func `On several threads too the lowest index that failed is thrown`() {
        // Both wait for each other, so that both fail.
        let arrived = Atomic(0)
        let error = #expect(throws: Failure.self) {
            try concurrently(2, threads: 2) { index -> Int in
                arrived.add(1, ordering: .sequentiallyConsistent)
                if index == 0 { while arrived.load(ordering: .sequentiallyConsistent) < 2 {} }
                throw Failure(index: index)
            }
        }
        #expect(error == Failure(index: 0))
    }
}
