import Attar
import Compute
import Foundation
import Testing

struct SkillTests {
    /// A kind of rows, and answers to them that know nothing of them: drawn around the baseline.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let kind: TaskKind
        let rows: Int
        /// What is right, and answers that know a given share of it.
        let draw: @Sendable (_ knowing: Float, _ generator: inout SeededGenerator) -> (Truth, Matrix)

        static func classes(_ name: String, _ shares: [Float], rows: Int) -> Case {
            Case(testDescription: name, kind: .classification, rows: rows) { knowing, generator in
                var (labels, elements): ([Int32], [Float]) = ([], [])
                for _ in 0..<rows {
                    var (draw, label) = (generator.uniform(), 0)
                    while label < shares.count - 1, draw >= shares[label] {
                        draw -= shares[label]
                        label += 1
                    }
                    labels.append(Int32(label))
                    let raw = shares.enumerated().map { one, share in
                        share * exp(0.2 * generator.normal() + (one == label ? knowing : 0))
                    }
                    elements += raw.map { $0 / raw.reduce(0, +) }
                }
                return (.classes(labels), Matrix(rows: rows, columns: shares.count, elements: elements))
            }
        }

        static func values(_ name: String, rows: Int, _ noise: @escaping @Sendable (Float) -> Float) -> Case {
            Case(testDescription: name, kind: .regression, rows: rows) { knowing, generator in
                let values = (0..<rows).map { _ in noise(generator.normal()) }
                let middle = values.sorted()[rows / 2]
                let answers = values.map { middle + knowing * ($0 - middle) + 0.1 * generator.normal() }
                return (
                    .values(Matrix(rows: rows, columns: 1, elements: values)),
                    Matrix(rows: rows, columns: 1, elements: answers)
                )
            }
        }

        func skill(knowing: Float = 0, seed: UInt64) throws -> Skill {
            var generator = SeededGenerator(seed: seed, stream: testDescription)
            let (truth, answers) = draw(knowing, &generator)
            let task = LearningTask(kind: kind.kind, names: (0..<answers.columns).map { "output \($0)" })
            let judging = kind.judging
            let named = try #require(judging.baseline(truth, of: task, weights: nil))
            let weights = [Float](repeating: 1, count: rows)
            let evaluations = Evaluation.paired(
                [answers, named.answers(rows: rows)].map {
                    judging.statistics($0, truth, teacher: nil, weights: weights)
                }, weights: weights, seed: seed)
            return Skill(
                "student", evaluations[0], baseline: evaluations[1], named: named, of: kind,
                chance: judging.ranking.chance?(answers, truth, seed))
        }
    }

    static let cases: [Case] = [
        .classes("coin, 100 rows", [0.5, 0.5], rows: 100), .classes("3 % of 300 rows", [0.97, 0.03], rows: 300),
        .classes("five classes, 150 rows", [0.2, 0.2, 0.2, 0.2, 0.2], rows: 150),
        .values("normal values, 100 rows", rows: 100) { $0 },
        .values("log-normal values, 100 rows", rows: 100) { exp($0) },
    ]

    @Test(arguments: cases)
    func `Answers that know nothing of the rows show skill in none of forty draws`(_ one: Case) throws {
        let shown = try (1...40).filter { try one.skill(seed: UInt64($0)).isShown }
        #expect(shown.isEmpty, "seeds \(shown)")
        let text = try one.skill(seed: 1).text
        #expect(text.hasPrefix("The student is not measurably better than always answering the "), "\(text)")
    }

    @Test(arguments: cases)
    func `Answers that know something of the rows show it`(_ one: Case) throws {
        let shown = try (1...10).filter { try one.skill(knowing: 0.8, seed: UInt64($0)).isShown }
        // Nine rows of a rare class tell little.
        #expect(shown.count >= 8, "seeds \(shown)")
        #expect(try one.skill(knowing: 0.8, seed: 1).text.hasPrefix("The student is measurably better than"))
    }

    @Test func `Probabilities that are right in order and wrong in size are no skill`() throws {
        // All answers say "rare class", a little more where it is.
        let shifted = Case(testDescription: "shifted", kind: .classification, rows: 300) { _, generator in
            let labels = (0..<300).map { Int32($0 % 10 == 0 ? 1 : 0) }
            let scores = labels.map { 0.9 + 0.05 * Float($0) + 0.01 * generator.uniform() }
            return (.classes(labels), Matrix(rows: 300, columns: 2, elements: scores.flatMap { [1 - $0, $0] }))
        }
        let skill = try shifted.skill(seed: 1)
        #expect(skill.ranks && !skill.isShown)
        #expect((skill.gain?.high ?? 1) < 0)
    }

    @Test func `The chance of an order is exact on a handful of rows`() throws {
        // Of the 70 ways in which four of eight rows can be of the class, one puts them all above the others.
        let labels = (0..<8).map { Int32($0 / 4) }
        let perfect = Matrix(rows: 8, columns: 2, elements: (0..<8).flatMap { [1 - Float($0) / 8, Float($0) / 8] })
        let ofClasses = try #require(ClassJudging().ranking.chance)
        let chance = ofClasses(perfect, .classes(labels), 1)
        #expect(abs(chance - 1.0 / 70) < 0.02)
        // All rows alike: any deal is as good.
        let alike = Matrix(rows: 8, columns: 2, elements: [Float](repeating: 0.5, count: 16))
        #expect(ofClasses(alike, .classes(labels), 1) == 1)
        let values = Matrix(rows: 5, columns: 1, elements: [1, 2, 3, 4, 5])
        let ofValues = try #require(ValueJudging().ranking.chance)
        #expect(abs(ofValues(values, .values(values), 1) - 1.0 / 120) < 0.02)
    }

    @Test func `The baseline is the mean, and the median where tails are heavy`() throws {
        var generator = SeededGenerator(seed: 3, stream: "tails")
        let normal = (0..<2_000).map { _ in generator.normal() }
        func baseline(_ values: [Float], weights: [Float]? = nil) throws -> Baseline {
            let truth = Truth.values(Matrix(rows: values.count, columns: 1, elements: values))
            let task = LearningTask(kind: .regression, names: ["y"])
            return try #require(ValueJudging().baseline(truth, of: task, weights: weights))
        }
        let light = try baseline(normal)
        #expect(light.name == "the mean" && light.metric == "mse" && abs(light.answer[0]) < 0.1)
        let heavy = try baseline(normal.map { exp(1.2 * $0) })
        #expect(heavy.name == "the median" && heavy.metric == "mae" && abs(heavy.answer[0] - 1) < 0.1)
        // A row of no weight has no say.
        #expect(try baseline([1, 2, 900], weights: [1, 1, 0]).answer == [1.5])
    }

    @Test func `One answer that is wrong beyond doubt does not hide what the others know`() throws {
        let sure = Case(testDescription: "sure", kind: .classification, rows: 100) { _, _ in
            let labels = (0..<100).map { Int32($0 % 2) }
            let scores = labels.enumerated().map { row, label -> Float in
                if row < 2 { return label == 1 ? 1e-15 : 1 }
                return label == 1 ? 0.9 : 0.1
            }
            return (.classes(labels), Matrix(rows: 100, columns: 2, elements: scores.flatMap { [1 - $0, $0] }))
        }
        let skill = try sure.skill(seed: 1)
        #expect(skill.isShown && skill.text.contains("Brier score"), "\(skill.text)")
    }
}
