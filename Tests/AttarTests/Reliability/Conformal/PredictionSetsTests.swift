import Attar
import Compute
import Testing

struct PredictionSetsTests {
    /// Rows of three classes whose probabilities are drawn, and classes drawn by them.
    static func rows(_ count: Int, seed: UInt64) -> (answers: Matrix, target: Target) {
        var generator = SeededGenerator(seed: seed)
        var elements: [Float] = []
        var labels: [Int32] = []
        for _ in 0..<count {
            let raw = (0..<3).map { _ in generator.uniform() * generator.uniform() + 0.01 }
            let sum = raw.reduce(0, +)
            elements += raw.map { $0 / sum }
            let draw = generator.uniform() * sum
            labels.append(draw < raw[0] ? 0 : draw < raw[0] + raw[1] ? 1 : 2)
        }
        return (
            Matrix(rows: count, columns: 3, elements: elements),
            Target(name: "y", classes: ["a", "b", "c"], labels: labels)
        )
    }

    @Test(arguments: SetMethod.forClasses)
    func `Sets of new rows hold the truth as often as they promise`(method: SetMethod) throws {
        let (answers, target) = Self.rows(1_500, seed: 5)
        let (newAnswers, newTarget) = Self.rows(4_000, seed: 6)
        let sets = PredictionSets(try ScoredRows(method, answers, target: target, seed: 2), seed: 2)
        for coverage in [0.8, 0.9, 0.95] {
            let found = sets.sets(
                of: Answers(.probabilities, newAnswers), identifiers: Array(0..<4_000), coverage: coverage)
            let held = found.indices.count { found[$0].contains(Int(newTarget.labels[$0])) }
            // Three standard errors of both samples together; randomised methods do not cover too much either.
            let spread = 3 * (coverage * (1 - coverage) * (1 / 1_500 + 1 / 4_000)).squareRoot()
            #expect(abs(Double(held) / 4_000 - coverage) < spread, "\(method) at \(coverage): \(held)")
        }
    }

    @Test(arguments: [SetMethod.lac, .aps, .raps, .rapsByClass])
    func `Every set holds the likeliest class, but where sets can be empty`(method: SetMethod) throws {
        let (answers, target) = Self.rows(500, seed: 5)
        func found(allowsEmpty: Bool) throws -> [[Int]] {
            let sets = PredictionSets(
                try ScoredRows(method, answers, target: target, allowsEmpty: allowsEmpty, seed: 2), seed: 2)
            #expect(sets.allowsEmpty == allowsEmpty)
            return sets.sets(of: Answers(.probabilities, answers), identifiers: Array(0..<500), coverage: 0.4)
        }
        let (full, some) = (try found(allowsEmpty: false), try found(allowsEmpty: true))
        #expect(zip(full, answers.argmax()).allSatisfy { $0.contains(Int($1)) })
        #expect(some.contains { $0.isEmpty })
    }

    @Test func `A row's set does not depend on the rows beside it`() throws {
        let (answers, target) = Self.rows(300, seed: 5)
        let sets = PredictionSets(try ScoredRows(.aps, answers, target: target, seed: 2), seed: 2)
        let all = sets.sets(of: Answers(.probabilities, answers), identifiers: Array(0..<300), coverage: 0.8)
        let one = sets.sets(
            of: Answers(.probabilities, answers.selecting(rows: [17])), identifiers: [17], coverage: 0.8)
        #expect(one[0] == all[17])
    }

    @Test func `A level that the rows do not suffice for takes in all classes, and a sentence says how many it takes`()
        throws
    {
        let (answers, target) = Self.rows(50, seed: 5)
        let sets = PredictionSets(try ScoredRows(.lac, answers, target: target, seed: 2), seed: 2)
        #expect(sets.shortage(coverage: 0.98) == nil)
        let sentence = try #require(sets.shortage(coverage: 0.99))
        #expect(sentence.contains("99 % needs 99 calibration rows, and there are 50"))
        let found = sets.sets(of: Answers(.probabilities, answers), identifiers: Array(0..<50), coverage: 0.99)
        #expect(found.allSatisfy { $0 == [0, 1, 2] })
        #expect(ScoreQuantiles.rowsNeeded(coverage: 0.9) == 9)
        #expect(ScoreQuantiles.rowsNeeded(coverage: 0.95) == 19)
        #expect(ScoreQuantiles(Array(repeating: 0.5, count: 9)).threshold(coverage: 0.9) == 0.5)
        #expect(ScoreQuantiles(Array(repeating: 0.5, count: 8)).threshold(coverage: 0.9) == .infinity)
    }

    @Test func `A class without calibration rows is in every set where thresholds are by class`() throws {
        let (answers, target) = Self.rows(200, seed: 5)
        let kept = target.labels.indices.filter { target.labels[$0] != 2 }
        let sets = PredictionSets(
            try ScoredRows(.lacByClass, answers.selecting(rows: kept), target: target.selecting(kept), seed: 2),
            seed: 2)
        let found = sets.sets(of: Answers(.probabilities, answers), identifiers: Array(0..<200), coverage: 0.8)
        #expect(found.allSatisfy { $0.contains(2) })
        #expect(try #require(sets.shortage(coverage: 0.8)).contains("'c' (0)"))
    }

    @Test func `An answer that is no number is the worst to calibrate on and rules nothing out`() throws {
        var (answers, target) = Self.rows(30, seed: 5)
        answers[0, 1] = .nan
        for method in [SetMethod.lac, .raps] {
            let sets = PredictionSets(try ScoredRows(method, answers, target: target, seed: 2), seed: 2)
            let found = sets.sets(of: Answers(.probabilities, answers), identifiers: Array(0..<30), coverage: 0.8)
            #expect(found[0] == [0, 1, 2])
            #expect(sets.thresholds(coverage: 30.0 / 31)[0] == .infinity)
        }
    }

    @Test func `A method for values is refused for classes, and the other way about`() throws {
        let (answers, target) = Self.rows(30, seed: 5)
        #expect {
            try ScoredRows(.residual, answers, target: target, seed: 1)
        } throws: { "\($0)".contains("sets is residual, which does not suit a classification") }
        let values = Target(name: "y", outputs: ["y"], values: Matrix(rows: 30, columns: 1))
        #expect {
            try ScoredRows(.aps, Matrix(rows: 30, columns: 1), target: values, seed: 1)
        } throws: { "\($0)".contains("sets is aps, which does not suit a regression") }
    }

    @Test(arguments: [100, 513, 5_000, 100_000])
    func `Thresholds read off fewer scores are never below the exact ones, and hardly above`(count: Int) {
        var generator = SeededGenerator(seed: 9)
        let all = ScoreQuantiles((0..<count).map { _ in Double(generator.uniform()) })
        let few = all.compressed(to: 512)
        #expect(few.scores.count <= 512)
        for coverage in [0.5, 0.8, 0.9, 0.95, 0.99] {
            let (exact, rounded) = (all.threshold(coverage: coverage), few.threshold(coverage: coverage))
            #expect(rounded >= exact)
            #expect(rounded <= exact + 0.004)
        }
    }

    @Test func `Weights count like repeated rows`() {
        let weighted = ScoreQuantiles([0.1, 0.2, 0.3, 0.9], weights: [2, 2, 0, 4])
        #expect(weighted.rows == 3)
        // Of 8 and one mean weight more, 8/3: 0.2 is reached at 4 / 10.67.
        #expect(weighted.threshold(coverage: 0.37) == 0.2)
        #expect(weighted.threshold(coverage: 0.38) == 0.9)
        #expect(weighted.threshold(coverage: 0.8) == .infinity)
    }
}
