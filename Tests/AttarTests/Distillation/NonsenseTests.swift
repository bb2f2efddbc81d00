import Attar
import Compute
import Testing

/// Runs whose right answer is known beforehand, on tables that are made up from a seed.
struct NonsenseTests {
    /// Six columns of noise, and a target that is made of them or of nothing.
    private static func table(
        _ count: Int, columns: Int = 6, seed: UInt64 = 1, isYes: (_ row: [Float], inout SeededGenerator) -> Bool
    ) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "nonsense")
        let rows = (0..<count).map { _ in (0..<columns).map { _ in generator.normal() } }
        let labels = rows.map { isYes($0, &generator) ? Int32(1) : 0 }
        return Dataset(
            source: "nonsense",
            columns: (0..<columns).map { column in Column("x\(column)", .numeric(rows.map { $0[column] })) },
            target: Target(name: "y", classes: ["no", "yes"], labels: labels))
    }

    private static func values(_ count: Int, seed: UInt64 = 1) -> Dataset {
        let rows = table(count, seed: seed) { _, _ in false }
        var generator = SeededGenerator(seed: seed, stream: "values")
        let values = Matrix(rows: count, columns: 1, elements: (0..<count).map { _ in generator.normal() })
        return rows.with(target: Target(name: "y", outputs: ["y"], values: values))
    }

    private static func distilled(
        _ rows: Dataset, teacher: String, student: String, strategy: String = "teacher", seed: UInt64 = 1,
        _ change: (inout Recipe) -> Void = { _ in }
    ) async throws -> Distillation {
        var recipe = Recipe()
        (recipe.teacher, recipe.student, recipe.strategy) = (teacher, student, strategy)
        (recipe.folds, recipe.seeds, recipe.seed, recipe.evidence) = (3, 1, seed, .quick)
        recipe.synthesised = 2
        change(&recipe)
        return try await Distiller(recipe).distilled(on: rows)
    }

    private static func expectNonsense(_ run: Distillation, _ place: String) throws {
        let decision = try #require(run.certificate.verdict.decision)
        #expect(decision.kind == .doNotShip, "\(place)")
        #expect(decision.checks.first { $0.name == "skill" }?.holds == false, "\(place)")
        #expect(decision.reasons[0].hasPrefix("The student is not measurably better than always answering the"))
        #expect(run.certificate.notes.contains { $0.hasPrefix("The teacher shows no skill on the ") }, "\(place)")
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `Students of coins and of noise are never shipped, and their teachers are named`(seed: UInt64) async throws {
        let coin = Self.table(600, seed: seed) { _, generator in generator.uniform() < 0.5 }
        try Self.expectNonsense(
            try await Self.distilled(coin, teacher: "linear", student: "linear", seed: seed), "coin \(seed)")
        let rare = Self.table(900, seed: seed) { _, generator in generator.uniform() < 0.02 }
        try Self.expectNonsense(
            try await Self.distilled(rare, teacher: "tree[leaves=8]", student: "linear", seed: seed), "rare \(seed)")
        try Self.expectNonsense(
            try await Self.distilled(
                Self.values(600, seed: seed), teacher: "tree[leaves=8]", student: "tree[leaves=4]", seed: seed),
            "values \(seed)")
    }

    @Test func `A student that gives up the class which its forest finds is not shipped`() async throws {
        let rows = Self.table(1_500, columns: 3, seed: 11) { row, _ in abs(row[0]) + abs(row[1]) < 0.33 }
        let run = try await Self.distilled(rows, teacher: "forest[trees=20]", student: "linear")
        let decision = try #require(run.certificate.verdict.decision)
        #expect(decision.kind == .doNotShip)
        #expect(decision.checks.first { $0.name == "recallDeficit" }?.holds == false)
        #expect(decision.reasons.contains { $0.contains("of 'yes' it finds 0.0 %") }, "\(decision.reasons)")
        #expect(run.certificate.metric == "averagePrecision")
        #expect(run.certificate.notes.contains { $0.hasPrefix("Models are compared by average precision: always") })
    }

    @Test func `What knows its rows is shipped, and beats the baseline in its column`() async throws {
        let rows = Self.table(900) { row, _ in row[0] + row[1] > 0 }
        let run = try await Self.distilled(rows, teacher: "linear", student: "linear")
        let certificate = run.certificate
        #expect(certificate.verdict.decision?.kind == .ship, "\(certificate.verdict.decision?.reasons ?? [])")
        #expect(
            certificate.baselineAnswer?.name == "the classes' shares" && certificate.baselineAnswer?.answer.count == 2)
        let baseline = try #require(certificate.baseline["logLoss"])
        #expect(abs(baseline.value - 0.693) < 0.02 && certificate.baseline["auroc"]?.value == 0.5)
        #expect(certificate.evidence?.skill?.teacher?.isShown == true)
        #expect(!certificate.notes.contains { $0.contains("no skill") })
        #expect(try JSONValue(encoding: certificate)["baseline"]?["accuracy"]?["value"] != nil)
    }

    @Test(arguments: ["teacher", "labels"])
    func `The same rows beside the same teacher lead to the same decision from the file as from the run`(
        strategy: String
    ) async throws {
        let rows = Self.table(700, seed: 5) { row, generator in row[0] * row[1] + 0.4 * generator.normal() > 0 }
        let run = try await Self.distilled(
            rows, teacher: "forest[trees=10]", student: "tree[leaves=6]", strategy: strategy, seed: 3
        ) { $0.thresholds.deficit = 0.2 }
        let artifact = try Artifact(bytes: run.artifact.encoded(), path: "student.attar")
        let test = try rows.split(testFraction: 0.3, seed: 3).test
        let teacher = try #require(run.teacher)
        let evaluation = try await ModelEvaluation(of: artifact, against: ModelTeacher(teacher), on: test)
        #expect(evaluation.decision == run.certificate.verdict.decision)
        #expect(evaluation.baselineAnswer == run.certificate.baselineAnswer)
        let (again, first) = (evaluation.evidence?.slices, run.certificate.evidence?.slices)
        #expect(
            again?.slices.map(\.name) == first?.slices.map(\.name)
                && again?.regressions.map(\.name) == first?.regressions.map(\.name))
        #expect(again?.slices.map(\.pValue) == first?.slices.map(\.pValue))
        #expect(evaluation.metric == run.certificate.metric)
    }

    @Test func `Models are compared by the figure that is asked for, and by no error or unknown one`() async throws {
        let rows = Self.table(400) { row, _ in row[0] > 0.8 }
        let run = try await Self.distilled(rows, teacher: "linear", student: "linear") { $0.metric = "mcc" }
        #expect(run.certificate.metric == "matthews")
        #expect(run.certificate.verdict.text.contains("Matthews correlation"))
        #expect(run.certificate.evidence?.nonInferiority?.metric == "matthews")
        let again: Recipe = try JSONValue(encoding: Recipe(yaml: "metric: mcc", source: "r")).decoded()
        #expect(again.metric == "mcc")
        for bad in ["logLoss", "agreement", "r2", "much"] {
            let error = await #expect(throws: AttarError.self) {
                _ = try await Self.distilled(rows, teacher: "linear", student: "linear") { $0.metric = bad }
            }
            #expect(
                error?.description.contains("metric is '\(bad)', by which models of a classification cannot be") == true
            )
        }
    }
}
