import Attar
import Compute
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
}
