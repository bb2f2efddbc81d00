import Attar
import Compute
import Testing

/// From rows and answers to a transfer set, and from answers to figures.
struct TransferSetTeachingTests {
    private let rows = Dataset(
        source: "rows", columns: [Column("x", .numeric([1, 2, 3, 4]))],
        target: Target(name: "y", classes: ["a", "b"], labels: [0, 1, 0, 1]), weights: [1, 1, 1, 3])
    private let answers = Answers(
        .probabilities, Matrix(rows: 4, columns: 2, elements: [0.9, 0.1, 0.2, 0.8, 0.6, 0.4, 0.7, 0.3]))

    @Test func `Labels, weights and the teacher's probabilities stand in the transfer set`() throws {
        let encoder = try FeatureEncoder(fittedTo: rows)
        let set = try TransferSet(rows, encoder: encoder, taughtBy: answers)
        #expect(set.labels == [0, 1, 0, 1])
        #expect(set.weights == [1, 1, 1, 3])
        let soft = try #require(set.softTargets).softmax().elements
        #expect(zip(soft, answers.matrix.elements).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(try TransferSet(rows, encoder: encoder).softTargets == nil)
    }

    @Test func `Logits teach as the probabilities that they stand for`() throws {
        let encoder = try FeatureEncoder(fittedTo: rows)
        let logits = Answers(.logits, answers.matrix.centredLogits(lowest: 1e-6))
        let first = try #require(try TransferSet(rows, encoder: encoder, taughtBy: logits).softTargets).elements
        let second = try #require(try TransferSet(rows, encoder: encoder, taughtBy: answers).softTargets).elements
        #expect(zip(first, second).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func `Answers of another shape, answers that are no numbers and rows without target are refused`() throws {
        let encoder = try FeatureEncoder(fittedTo: rows)
        let short = answers.selecting(rows: [0, 1])
        let broken = Answers(.probabilities, Matrix(rows: 4, columns: 2, repeating: .nan))
        #expect(throws: AttarError.self) { try TransferSet(rows, encoder: encoder, taughtBy: short) }
        #expect(throws: AttarError.self) { try TransferSet(rows, encoder: encoder, taughtBy: broken) }
        #expect(throws: AttarError.self) { try answers.metrics(on: rows, teacher: short) }
        #expect(throws: AttarError.self) { try answers.metrics(on: rows.with(target: .some(nil))) }
    }

    @Test func `Weighted accuracy and agreement come from answers and labels`() throws {
        let teacher = answers.selecting(rows: [0, 1, 2, 1])
        let figures = try answers.metrics(on: rows, teacher: teacher)
        #expect(figures[.accuracy] == 0.5)
        #expect(figures[.agreement] == 0.5)
        #expect(figures[.negativeFlips] == 0.5)
        #expect(try answers.metrics(on: rows)[.agreement] == nil)
    }

    @Test func `A split keeps each row in one of its two parts`() throws {
        let (training, test) = try rows.split(testFraction: 0.5, seed: 1)
        #expect((training.identifiers + test.identifiers).sorted() == [0, 1, 2, 3])
        #expect(Set(training.target?.labels ?? []) == [0, 1])
    }
}
