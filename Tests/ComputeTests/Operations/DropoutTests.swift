import Compute
import Testing

struct DropoutTests {
    @Test func `Dropped elements are 0, the others are scaled up, and so are the gradients`() throws {
        let width = 10_000
        var probe = OperationProbe(Dropout(0.25), shapes: [.rows(width)], rows: 1, seed: 1)
        let outcome = try probe.run([[Float](repeating: 3, count: width)])
        #expect(outcome.result.allSatisfy { $0 == 0 || $0 == 4 })
        // The count of dropped elements has a standard deviation of 43; five of them never happen by chance.
        #expect(abs(outcome.result.count { $0 == 0 } - 2500) < 217)
        let factor: Float = 1 / 0.75
        let expected = (0..<width).map { outcome.result[$0] == 0 ? 0 : outcome.direction[$0] * factor }
        #expect(outcome.gradients[0] == expected)
    }

    @Test func `The mask follows from the step's random bits`() throws {
        let ones = [[Float](repeating: 1, count: 64)]
        var probe = OperationProbe(Dropout(0.5), shapes: [.rows(64)], rows: 1, seed: 1)
        let first = try probe.run(ones, noise: 11).result
        let (again, other) = (try probe.run(ones, noise: 11).result, try probe.run(ones, noise: 12).result)
        #expect(again == first)
        #expect(other != first)
    }

    @Test(arguments: 0..<64)
    func `Every one of the random bits counts, the upper half's too`(bit: UInt64) throws {
        let ones = [[Float](repeating: 1, count: 256)]
        var probe = OperationProbe(Dropout(0.5), shapes: [.rows(256)], rows: 1, seed: 1)
        let first = try probe.run(ones, noise: 11).result
        let other = try probe.run(ones, noise: 11 ^ 1 << bit).result
        // Of two unrelated masks half the elements differ, with a standard deviation of 8; six of them.
        #expect(abs(zip(first, other).count { $0 != $1 } - 128) < 48)
    }

    @Test func `When not training nothing is dropped`() throws {
        var probe = OperationProbe(Dropout(0.9), shapes: [.rows(5)], rows: 1, seed: 1)
        let result = try probe.run([[1, 2, 3, 4, 5]], isTraining: false).result
        #expect(result == [1, 2, 3, 4, 5])
    }
}
