import Attar
import Compute
import Foundation
import Testing

/// Evidence on rows that say little, or on answers that are no number: sentences, and figures that JSON can hold.
struct StrangeAnswersTests {
    private static func evidence(_ judged: JudgedRows) throws -> (CoverageEvidence?, SelectiveEvidence?) {
        let features = Matrix(rows: judged.rows.count, columns: 1)
        let coverage = try CoverageEvidence(judged, features: features, tree: nil, stored: .lac)
        let selection = SelectiveEvidence(judged, features: features, tree: nil)
        _ = try JSONEncoder().encode(coverage)
        _ = try JSONEncoder().encode(selection)
        _ = try JSONEncoder().encode(CalibrationEvidence(judged))
        return (coverage, selection)
    }

    private static func judged(_ answers: Matrix, _ target: Target) -> JudgedRows {
        let rows = Dataset(
            source: "rows", columns: [Column("x", .numeric([Float](repeating: 0, count: answers.rows)))], target: target
        )
        return JudgedRows(rows, target: target, answers: SideBySide(student: answers, teacher: answers), seed: 3)
    }

    @Test func `Answers that are no number`() throws {
        var (answers, target) = PredictionSetsTests.rows(60, seed: 5)
        answers[3, 0] = .nan
        answers[4, 1] = .infinity
        let (coverage, selection) = try Self.evidence(Self.judged(answers, target))
        #expect(
            try #require(coverage).notes.contains { $0.contains("are no number; sets of those rows hold all classes") })
        #expect(selection != nil)
        let values = Target(name: "y", outputs: ["y"], values: Matrix(rows: 60, columns: 1, repeating: 1))
        var predicted = Matrix(rows: 60, columns: 1, repeating: 2)
        predicted[5, 0] = .nan
        let (intervals, none) = try Self.evidence(Self.judged(predicted, values))
        #expect(try #require(intervals).crps == nil)
        #expect(try #require(intervals).notes.contains { $0.contains("there is no CRPS") })
        #expect(none == nil)
    }

    @Test func `Rows of a single class, and classes without rows`() throws {
        let (answers, _) = PredictionSetsTests.rows(60, seed: 5)
        let target = Target(name: "y", classes: ["a", "b", "c"], labels: [Int32](repeating: 1, count: 60))
        let notes = try #require(try Self.evidence(Self.judged(answers, target)).0).notes
        #expect(notes.contains { $0.contains("All test rows are of the class 'b'") })
        #expect(notes.contains { $0.contains("No calibration row is of the classes 'a', 'c'") })
    }

    @Test func `Classes with too few rows for a level are named, with the rows that it takes`() throws {
        let (answers, target) = PredictionSetsTests.rows(40, seed: 5)
        let notes = try #require(try Self.evidence(Self.judged(answers, target)).0).notes
        #expect(notes.contains { $0.hasPrefix("At 95 % by class") && $0.contains("fewer than the 19 rows") })
        let selection = try #require(try Self.evidence(Self.judged(answers, target)).1)
        #expect(
            selection.notes.contains {
                $0.contains("at most 1 % wrong answers takes at least 230 test rows, and there are 40")
            })
        #expect(try Self.evidence(Self.judged(answers.selecting(rows: [0, 1]), target.selecting([0, 1]))).0 == nil)
    }
}
