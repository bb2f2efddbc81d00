import Attar
import Compute
import Foundation
import Synchronization
import Testing

struct FitQueueTests {
    private static func fits(_ sizes: [Int]) throws -> [FitQueue.Fit] {
        let rows = try SampleTable.noise(40, classes: 4).with(labels: (0..<40).map { Int32($0 % 4) }).transferSet()
        return sizes.map { size in
            FitQueue.Fit(
                estimator: Census(), rows: rows, positions: (0..<size).map { 4 * $0 % 40 },
                context: FittingContext(loss: .labelsOnly(.probabilities)))
        }
    }

    @Test(arguments: [1, 2, 5])
    func `Models come in the order of their fits, whichever is begun first`(threads: Int) async throws {
        let rows = try SampleTable.noise(8, classes: 4).with(labels: (0..<8).map { Int32($0 % 4) }).transferSet()
        let fits = (1...4).map { kept in
            FitQueue.Fit(
                estimator: Census(), rows: rows, positions: (0..<8).filter { $0 % 4 < kept },
                context: FittingContext(loss: .labelsOnly(.probabilities)))
        }
        let models = try await FitQueue(threads: threads) { _ in .more }.models(fits, phase: "counting")
        let known = models.map { model in
            model.outputs(for: Matrix(rows: 1, columns: model.encoder.width)).matrix.elements.count { $0 > 0 }
        }
        #expect(known == [1, 2, 3, 4])
    }

    @Test func `Progress counts the fits under one name, and stopping stops all`() async throws {
        let seen = Mutex<[Int]>([])
        let queue = FitQueue(threads: 1) { progress in
            #expect(progress.phase == "counting" && progress.total == 3 && progress.unit == "fits")
            seen.withLock { $0.append(progress.completed) }
            return progress.completed == 2 ? .stop : .more
        }
        let error = await #expect(throws: AttarError.self) {
            try await queue.models(Self.fits([4, 4, 4]), phase: "counting")
        }
        #expect(error?.code == .stopped)
        #expect(seen.withLock { $0 }.last == 2)
    }

    @Test func `No fit at all gives no model`() async throws {
        #expect(try await FitQueue(threads: 2) { _ in .more }.models([], phase: "nothing").isEmpty)
    }

    @Test func `As many fits run side by side as fit into memory, and one in any case`() throws {
        let fits = try Self.fits([8, 4, 40, 4])
        let all = fits.reduce(0) { $0 + $1.memory }
        func sideBySide(_ memory: Int, threads: Int = 3) -> Int {
            FitQueue(threads: threads, memory: memory) { _ in .more }.sideBySide(fits)
        }
        #expect(fits[2].memory > fits[0].memory && fits[0].memory > fits[1].memory)
        #expect(sideBySide(all) == 3)
        #expect(sideBySide(all, threads: 2) == 2)
        #expect(sideBySide(fits[2].memory + fits[0].memory) == 2)
        #expect(sideBySide(fits[2].memory + fits[0].memory - 1) == 1)
        #expect(sideBySide(0) == 1)
    }

    @Test(arguments: [(0, 1), (Int.max, 3)])
    func `No more fits are under way at a time than memory holds`(memory: Int, most: Int) async throws {
        let running = Mutex((now: 0, most: 0))
        let queue = FitQueue(threads: 3, memory: memory) { _ in .more }
        let fits = try Self.fits([4, 4, 4, 4, 4, 4])
        _ = try await queue.results(of: fits, phase: "counting") { place, _ in
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            for _ in 0..<1_000 { sched_yield() }
            running.withLock { $0.now -= 1 }
            return place
        }
        #expect(running.withLock { $0.most } <= most)
    }
}
