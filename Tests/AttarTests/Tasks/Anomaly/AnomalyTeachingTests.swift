import Attar
import Compute
import Testing

struct AnomalyTeachingTests {
    private func answers(_ scores: [Float]) -> Answers {
        Answers(.values, Matrix(rows: scores.count, columns: 1, elements: scores))
    }

    @Test func `Scores that are all equal are refused`() throws {
        let rows = Dataset(source: "rows", columns: [Column("x", .numeric([1, 2, 3]))])
        let error = #expect(throws: AttarError.self) {
            try AnomalyTeaching().check(answers([2, 2, 2]), to: rows, test: nil, of: .anomaly)
        }
        #expect(error?.description.contains("scores are all 2.0") == true)
        try AnomalyTeaching().check(answers([2, 2, 3]), to: rows, test: nil, of: .anomaly)
    }

    @Test func `What is learned is how rare a score is, whatever its unit`() throws {
        let scores = (0..<100).map { Float($0) }
        let unit = try #require(AnomalyTeaching().unit(of: answers(scores)))
        let learned = unit(answers(scores).matrix).elements
        #expect(zip(learned, learned.dropFirst()).allSatisfy(<))
        // The strangest of a hundred rows is one in 101, and far from the next: the tail is not flattened.
        #expect(abs(learned[99] - 2.0043) < 1e-3 && learned[99] - learned[98] > 0.3 && learned[50] - learned[49] < 0.01)
        let scaled = try #require(AnomalyTeaching().unit(of: answers(scores.map { $0 * $0 * 7 })))
        #expect(scaled(answers(scores.map { $0 * $0 * 7 }).matrix).elements == learned)
    }

    @Test func `Low scores of known anomalies are spoken of, high and middling ones are not`() {
        let truth = Truth.values(Matrix(rows: 100, columns: 1, elements: (0..<100).map { $0 < 10 ? 1 : 0 }))
        func doubt(_ scores: [Float]) -> String? { AnomalyTeaching().doubt(about: answers(scores), truth: truth) }
        #expect(doubt((0..<100).map { Float($0) })?.contains("--lower-is-stranger") == true)
        #expect(doubt((0..<100).map { Float(-$0) }) == nil)
        #expect(doubt((0..<100).map { Float($0 * 37 % 100) }) == nil)
        #expect(AnomalyTeaching().doubt(about: answers([1, 2]), truth: .none) == nil)
    }

    @Test func `Scores are read from their column, or the only one`() throws {
        func read(_ columns: [Column]) throws -> [Float] {
            try ScoreTable().answers(
                in: AnswerColumns(Dataset(source: "f", columns: columns), path: "f"), of: .anomaly, target: nil
            ).matrix.elements
        }
        let (score, other) = (Column("score", .numeric([1, 2])), Column("other", .numeric([3, 4])))
        #expect(try read([other, score]) == [1, 2])
        #expect(try read([other]) == [3, 4])
        #expect(try read([other, Column("prediction", .numeric([5, 6]))]) == [5, 6])
        #expect(throws: AttarError.self) { try read([other, Column("more", .numeric([5, 6]))]) }
    }
}
