import Attar
import Compute
import Testing

/// The learning curve, and rows to one side of the others.
struct PartialStudentsTests {
    private static func distillation(
        _ rows: Dataset = SampleTable.clouds(300), evidence: EvidenceEffort = .full, student: String = "linear",
        change: (inout Recipe) -> Void = { _ in }
    ) async throws -> Distillation {
        var recipe = Recipe()
        recipe.student = student
        recipe.strategy = "teacher"
        recipe.seeds = 1
        recipe.threads = 2
        recipe.evidence = evidence
        change(&recipe)
        recipe.teacher = "forest[trees=10]"
        return try await Distiller(recipe).distilled(on: rows)
    }

    @Test func `A run measures students on growing shares of the rows, and on the other side of the rows`() async throws
    {
        let run = try await Self.distillation()
        let evidence = try #require(run.certificate.evidence)
        let learning = try #require(evidence.learning)
        #expect(learning.curve.map(\.share) == [0.1, 0.25, 0.5, 1])
        #expect(learning.curve.map(\.rows) == [22, 55, 110, 210])
        #expect(learning.curve.allSatisfy { $0.quality.teacher == nil && $0.quality.labelsOnly != nil })
        let last = try #require(learning.curve.last)
        #expect(abs(last.quality.student - (run.certificate.student["accuracy"]?.value ?? 0)) < 1e-6)
        #expect(learning.gaps.student.test == last.quality.student && learning.gaps.teacher != nil)
        let side = try #require(evidence.shift?.covariate)
        #expect(side.rows >= 20 && side.rows < 45 && side.figures.quality.teacher == nil)
        #expect((side.figures.agreement?.student ?? 0) > 0.3)
    }

    @Test func `Students from parts of the rows follow the teacher, their twins the labels`() async throws {
        // Whatever it is asked, the first class.
        let teacher = FixedTeacher(task: .classification(["class 0", "class 1", "class 2"])) { rows in
            Matrix(rows: rows.count, columns: 3, elements: (0..<rows.count).flatMap { _ in [1, 0, 0] as [Float] })
        }
        var recipe = Recipe()
        recipe.student = "linear"
        recipe.strategy = "teacher"
        recipe.labelShare = 0
        recipe.seeds = 1
        // By itself a run leaves the fits out where a busy machine makes them seem long.
        recipe.evidence = .full
        let run = try await Distiller(recipe, teacher: .teacher(teacher, named: "constant")).distilled(
            on: SampleTable.clouds(300))
        let evidence = try #require(run.certificate.evidence)
        for point in try #require(evidence.learning).curve {
            #expect(abs(point.quality.student - 1.0 / 3) < 0.02, "\(point.share)")
            #expect((point.quality.labelsOnly ?? 0) > 0.6, "\(point.share)")
        }
        #expect(evidence.learning?.curve.count == 4)
        let side = try #require(evidence.shift?.covariate)
        #expect(side.figures.agreement?.student == 1 && (side.figures.agreement?.labelsOnly ?? 1) < 0.9)
    }

    @Test func `Rows to one side are those above the upper quarter of what varies most`() async throws {
        let (training, test) = try SampleTable.noise(400).split(testFraction: 0.5, seed: 3)
        var recipe = Recipe()
        recipe.student = "tree[leaves=2]"
        recipe.strategy = "labels"
        recipe.seeds = 1
        recipe.evidence = .full
        recipe.teacher = "tree[leaves=2]"
        let run = try await Distiller(recipe).distilled(on: training, test: test)
        let (learned, asked) = (try training.columns[0].requiredNumbers(), try test.columns[0].requiredNumbers())
        let border = learned.sorted()[150]
        #expect(run.certificate.evidence?.shift?.covariate?.rows == asked.count { $0 >= border })
    }

    @Test func `The students are the same whatever evidence is asked for, and what is left out is said`() async throws {
        let (full, quick) = (try await Self.distillation(), try await Self.distillation(evidence: .quick))
        #expect(full.student.fingerprint == quick.student.fingerprint)
        #expect(full.certificate.verdict == quick.certificate.verdict)
        let learning = try #require(quick.certificate.evidence?.learning)
        #expect(learning.curve.isEmpty && learning.notes.contains { $0.contains("--evidence full") })
        #expect(quick.certificate.evidence?.shift?.covariate == nil)
        let auto = try await Self.distillation(evidence: .auto)
        #expect(auto.certificate.evidence?.learning?.curve.count == 4, "small fits are made unasked")
    }

    @Test func `Parts are the same for the same seed and any number of threads, by any strategy`() async throws {
        for strategy in ["teacher", "munge", "labels"] {
            let runs = try await [1, 3].asyncMapped { threads in
                try await Self.distillation(student: "tree[leaves=8]") {
                    $0.strategy = strategy
                    $0.synthesised = 2
                    $0.threads = threads
                }
            }
            #expect(runs[0].certificate.evidence?.learning == runs[1].certificate.evidence?.learning)
            #expect(runs[0].certificate.evidence?.shift?.covariate == runs[1].certificate.evidence?.shift?.covariate)
        }
    }

    @Test func `Pictures in views, regressions and few rows have what can be measured of them`() async throws {
        let pictures = try await Self.distillation(SampleTable.pictures(120), student: "mlp[8]") {
            $0.augment = "shift=1"
            $0.views = 2
        }
        #expect(pictures.certificate.evidence?.learning?.curve.count == 3, "a tenth of 84 rows is too few")
        let surface = try await Self.distillation(SampleTable.surface(300), student: "tree[leaves=8]")
        #expect(surface.certificate.evidence?.learning?.curve.count == 4)
        let few = try await Self.distillation(SampleTable.clouds(40))
        let evidence = try #require(few.certificate.evidence)
        #expect(evidence.learning?.curve.isEmpty == true && evidence.shift?.covariate == nil)
        #expect(evidence.learning?.notes.contains { $0.contains("fewer than 20 rows") } == true)
    }

    @Test func `An effort that there is not is refused`() throws {
        let recipe = try Recipe(yaml: "evidence: much", source: "r.yaml")
        let error = try #require(throws: AttarError.self) { try recipe.validate() }
        #expect(error.problem == "evidence is much, but must be auto, full, quick or cross")
        #expect(try Recipe(yaml: "evidence: full", source: "r.yaml").evidence == .full)
        var full = Recipe()
        full.evidence = .full
        #expect(try JSONValue(encoding: full).decoded(as: Recipe.self) == full)
    }
}

extension Array {
    /// The results of an asynchronous body for each element, one after the other.
    fileprivate func asyncMapped<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
