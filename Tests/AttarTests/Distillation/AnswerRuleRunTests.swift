import Attar
import Compute
import Foundation
import Testing

/// Runs whose classes are answered by a rule, on rows whose probabilities are known: "rare" has 1 / (1 + exp(3 − 2 x)).
struct AnswerRuleRunTests {
    private static func table(_ count: Int, seed: UInt64) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "rare")
        let values = (0..<count).map { _ in generator.normal() }
        let labels = values.map { Int32(generator.uniform() < 1 / (1 + exp(3 - 2 * $0)) ? 1 : 0) }
        return Dataset(
            source: "rare",
            columns: [
                Column("x", .numeric(values)), Column("noise", .numeric(values.map { _ in generator.normal() })),
            ],
            target: Target(name: "y", classes: ["common", "rare"], labels: labels))
    }

    private static func distilled(_ rows: Dataset, _ change: (inout Recipe) -> Void) async throws -> Distillation {
        var recipe = Recipe()
        (recipe.teacher, recipe.student, recipe.strategy) = ("linear", "linear", "teacher")
        (recipe.folds, recipe.seeds, recipe.evidence) = (3, 2, .quick)
        change(&recipe)
        return try await Distiller(recipe).distilled(on: rows)
    }

    @Test func `With costs the cheapest class is answered, everywhere, and the mean cost is a figure`() async throws {
        let rows = Self.table(3_000, seed: 1)
        let plain = try await Self.distilled(rows) { _ in }
        let run = try await Self.distilled(rows) { $0.costs = try? CostTable(parsing: "rare>common=9") }
        let certificate = run.certificate
        #expect(plain.certificate.answerRule == nil && plain.certificate.student["cost"] == nil)
        #expect(certificate.answerRule?.table == [[0, 1], [9, 0]])
        #expect(
            certificate.notes.contains(
                "Answers are the classes that are expected to cost least: 'rare' from a probability of 0.100 on."))
        // Probabilities do not change, answers do.
        #expect(certificate.student["logLoss"] == plain.certificate.student["logLoss"])
        #expect(
            certificate.student["balancedAccuracy"]!.value > plain.certificate.student["balancedAccuracy"]!.value + 0.1)
        // What answers cost, by hand from the file.
        let artifact = try Artifact(bytes: run.artifact.encoded(), path: "student.attar")
        let test = try rows.split(testFraction: 0.3, seed: 1).test
        let labels = try #require(test.target?.labels)
        let answers: LabelledAnswers = try await artifact.model.answers(to: test)
        func cost(_ isRare: (Int) -> Bool) -> Double {
            labels.indices.reduce(0.0) { $0 + (labels[$1] == 1 ? (isRare($1) ? 0 : 9) : (isRare($1) ? 1 : 0)) }
                / Double(labels.count)
        }
        #expect(abs(cost { answers[$0].label == "rare" } - certificate.student["cost"]!.value) < 1e-6)
        #expect(cost { answers[$0].label == "rare" } < cost { answers.matrix[$0, 1] > 0.5 } - 0.1)
        #expect(answers.indices.allSatisfy { (answers[$0].label == "rare") == (answers.matrix[$0, 1] > 0.1) })
        for other in [certificate.labelsOnly, certificate.teacher, certificate.baseline] {
            #expect(other["cost"] != nil)
        }
        // The file alone leads to the same figures.
        let evaluation = try await ModelEvaluation(
            of: artifact, against: ModelTeacher(try #require(run.teacher)), on: test)
        for name in ["cost", "accuracy", "balancedAccuracy", "agreement", "negativeFlips"] {
            #expect(evaluation.student[name]?.value == certificate.student[name]?.value, "\(name)")
        }
        #expect(evaluation.decision?.checks.map(\.value) == certificate.verdict.decision?.checks.map(\.value))
        #expect(try certificate.kind().metrics.all.contains(.cost))
        #expect(try evaluation.kind().metrics.all.contains(.cost))
    }

    @Test func `A threshold is fitted where the figure that is asked for depends on one, and does better by it`()
        async throws
    {
        let rows = Self.table(3_000, seed: 2)
        let plain = try await Self.distilled(rows) { _ in }
        let run = try await Self.distilled(rows) { ($0.metric, $0.strategy) = ("balancedAccuracy", "auto") }
        let rule = try #require(run.certificate.answerRule)
        // Balanced accuracy is greatest where a probability exceeds the class's share, about .12.
        let threshold = try #require(rule.threshold)
        #expect(!rule.hasCosts && abs(threshold - 0.12) < 0.06)
        #expect(run.certificate.notes.contains { $0.hasPrefix("Of the two classes, 'rare' from a probability of 0.") })
        #expect(
            run.certificate.student["balancedAccuracy"]!.value > plain.certificate.student["balancedAccuracy"]!.value
                + 0.1)
        #expect(run.certificate.student["cost"] == nil && run.certificate.choice.optimism == nil)
        #expect(try Artifact(bytes: run.artifact.encoded(), path: "s").model.answerRule == rule)
    }

    @Test func `Where no threshold does better on rows that had no part in finding it there is none`() async throws {
        // Even classes: the likeliest one is right most often in each of them.
        var generator = SeededGenerator(seed: 4)
        let values = (0..<900).map { _ in generator.normal() }
        let rows = Dataset(
            source: "even", columns: [Column("x", .numeric(values))],
            target: Target(name: "y", classes: ["no", "yes"], labels: values.map { $0 > 0 ? 1 : 0 }))
        let run = try await Self.distilled(rows) { ($0.metric, $0.strategy) = ("balancedAccuracy", "auto") }
        let threshold = run.certificate.answerRule?.threshold ?? 0.5
        #expect(abs(threshold - 0.5) < 0.1)
        #expect(run.certificate.student["balancedAccuracy"]!.value > 0.97)
    }

    @Test func `Costs of values and of classes that there are not are refused before anything is trained`() async throws
    {
        let rows = Self.table(300, seed: 3)
        let unknown = await #expect(throws: AttarError.self) {
            try await Self.distilled(rows) { $0.costs = try? CostTable(parsing: "rar>common=9") }
        }
        #expect(
            unknown?.description == "costs name the class 'rar', which the target does not have. Did you mean 'rare'?")
        let values = rows.with(
            target: Target(
                name: "y", outputs: ["y"], values: Matrix(rows: 300, columns: 1, elements: (0..<300).map { Float($0) }))
        )
        let none = await #expect(throws: AttarError.self) {
            try await Self.distilled(values) { $0.costs = try? CostTable(parsing: "rare>common=9") }
        }
        #expect(none?.description == "costs are of classes, and the target of a regression has none. Leave costs out.")
    }
}
