import Attar
import Compute
import Testing

struct TransferSetTests {
    private static func set(_ target: Target, soft: [Float]?) throws -> TransferSet {
        try SampleRows.set([(0..<target.count).map(Float.init)], target).with(
            softTargets: soft.map {
                Matrix(rows: target.count, columns: target.task.width, elements: $0)
            })
    }

    private static let classes = Target(name: "y", classes: ["a", "b"], labels: [0, 1, -1])
    /// Logits of probabilities (.8, .2), (.5, .5) and (.1, .9).
    private static let logits: [Float] = [1.3862944, 0, 0, 0, 0, 2.1972246]

    @Test func `A label and the teacher share a row's target as asked`() throws {
        let targets = try Self.set(Self.classes, soft: Self.logits).blendedTargets(labelShare: 0.25)
        let expected: [Float] = [0.25 + 0.75 * 0.8, 0.75 * 0.2, 0.375, 0.625, 0.1, 0.9]
        for (target, expected) in zip(targets.elements, expected) { #expect(abs(target - expected) < 1e-6) }
    }

    @Test func `A temperature softens the teacher's part`() throws {
        let targets = try Self.set(Self.classes, soft: Self.logits).blendedTargets(labelShare: 0, temperature: 2)
        // The square roots of .8 and .2 are as 2 to 1.
        #expect(abs(targets[0, 0] - 2 / 3) < 1e-6 && abs(targets[0, 1] - 1 / 3) < 1e-6)
    }

    @Test func `Without a teacher labels stand alone, and a row without either is even`() throws {
        let targets = try Self.set(Self.classes, soft: nil).blendedTargets(labelShare: 0.25)
        #expect(targets.elements == [1, 0, 0, 1, 0.5, 0.5])
    }

    @Test func `Values are blended, and where one is unknown the teacher's stands`() throws {
        let target = Target(
            name: "y", outputs: ["y"], values: Matrix(rows: 2, columns: 1, elements: [4, .nan]))
        #expect(try Self.set(target, soft: [8, 5]).blendedTargets(labelShare: 0.25).elements == [7, 5])
    }
}
