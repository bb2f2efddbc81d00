import Attar
import Compute
import Testing

struct ShiftEvidenceTests {
    /// A teacher that hides that it is a model.
    private struct Hidden: Teacher {
        let model: any Model
        var answersKnownRowsOnly = false
        var isMetered = false
        var task: LearningTask { model.task }
        var fingerprint: Fingerprint { model.fingerprint }
        var refusesMissing = false
        func predict(_ rows: Dataset) async throws -> Answers {
            if refusesMissing,
                rows.columns.contains(where: { column in (0..<rows.count).contains(where: column.isMissing) })
            {
                throw AttarError(.unusableTeacher, "a cell is empty")
            }
            return try await model.predict(rows)
        }
    }

    private static func models(_ training: Dataset, student: String, teacher: String) throws -> (any Model, any Model) {
        let encoder = try FeatureEncoder(fittedTo: training)
        let set = try TransferSet(training, encoder: encoder)
        let context = FittingContext(loss: .labelsOnly(set.task.form))
        return (
            try estimator(student).fitted(to: set, validation: nil, context: context),
            try estimator(teacher).fitted(to: set, validation: nil, context: context)
        )
    }

    private static func evidence(
        _ rows: Dataset, student: String = "linear", teacher: String = "forest[trees=10]", keepsTraining: Bool = true,
        asking: (any Model) -> (any Teacher)? = { ModelTeacher($0) }
    ) async throws -> Evidence {
        let (training, test) = try rows.split(testFraction: 0.5, seed: 1)
        let (student, model) = try models(training, student: student, teacher: teacher)
        return try await evidence(
            on: test, of: student, twin: student, teacher: asking(model), training: keepsTraining ? training : nil)
    }

    private static func evidence(
        on test: Dataset, of student: any Model, twin: (any Model)? = nil, teacher: (any Teacher)? = nil,
        training: Dataset? = nil
    ) async throws -> Evidence {
        let kind = try #require(test.target).kind
        let problem = try kind.posing.problem(test, answeredAs: nil)
        var background = Measurement.Background()
        background.training = try training.map { try kind.posing.problem($0, answeredAs: nil) }
        return try await Measurement(
            of: Measurement.Subjects(
                students: [student], twins: twin.map { [$0] } ?? [],
                teacher: try teacher.map { try TeacherAnswers($0, for: problem.task) }),
            on: problem, of: kind, background: background, seed: 1
        ).evidence()
    }

    @Test func `A classification's evidence under shift is whole`() async throws {
        let evidence = try await Self.evidence(SampleTable.clouds(300))
        let shift = try #require(evidence.shift)
        #expect(shift.rows == 150 && shift.corruptions.count == 5)
        for corruption in shift.corruptions {
            #expect(corruption.strengths.count == 5)
            #expect(corruption.strengths.allSatisfy { $0.agreement != nil && $0.quality.teacher != nil })
        }
        let kept = try #require(shift.agreementKept)
        let mean = shift.corruptions.flatMap(\.strengths).compactMap(\.agreement?.student).reduce(0, +) / 25
        #expect(abs(kept - mean / (shift.clean.agreement?.student ?? 0)) < 1e-12 && kept > 0.5 && kept <= 1.05)
        #expect(shift.qualityKept > 0.5 && shift.notes.isEmpty)
        let strange = try #require(evidence.outOfDistribution)
        #expect(strange.scores.map(\.name) == ["confidence", "energy", "mahalanobis"] && strange.rows == 150)
        #expect(strange.against.hasSuffix("at strength 5"))
        #expect(strange.scores.allSatisfy { (0...1).contains($0.auroc.value) })
        let learning = try #require(evidence.learning)
        #expect(try #require(learning.gaps.teacher).training > learning.gaps.student.training)
        #expect(evidence.disagreement?.confusion.count == 3)
        #expect(try await Self.evidence(SampleTable.clouds(300)) == evidence, "the same seed gives the same")
    }

    @Test func `Teachers that cannot or must not be asked are not, and a note says so`() async throws {
        let rows = SampleTable.clouds(240)
        for (text, asking) in [
            ("known rows only", { Hidden(model: $0, answersKnownRowsOnly: true) }),
            ("costs", { Hidden(model: $0, isMetered: true) }), ("no teacher", { _ in nil }),
        ] as [(String, (any Model) -> (any Teacher)?)] {
            let shift = try #require(try await Self.evidence(rows, asking: asking).shift)
            #expect(shift.notes.contains { $0.contains(text) }, "\(text)")
            #expect(shift.agreementKept == nil && shift.clean.agreement == nil)
            #expect(
                shift.corruptions.flatMap(\.strengths).allSatisfy { $0.agreement == nil && $0.quality.teacher == nil })
            #expect(shift.qualityKept > 0.5)
        }
    }

    @Test func `A teacher that is no model answers the same, and about fewer rows where they are many`() async throws {
        let rows = SampleTable.clouds(300)
        let (own, hidden) = (
            try #require(try await Self.evidence(rows).shift),
            try #require(try await Self.evidence(rows, asking: { Hidden(model: $0) }).shift)
        )
        #expect(own == hidden)
        let many = try #require(
            try await Self.evidence(SampleTable.clouds(1000), asking: { Hidden(model: $0) }).shift)
        #expect(many.rows == 500 && many.agreementKept != nil && many.notes.contains { $0.contains("200 of the rows") })
    }

    @Test func `A student that is its teacher agrees with it on rows that are changed in any way`() async throws {
        let shift = try #require(
            try await Self.evidence(SampleTable.clouds(300), teacher: "linear", asking: { Hidden(model: $0) }).shift)
        #expect(shift.agreementKept == 1)
        #expect(shift.corruptions.flatMap(\.strengths).allSatisfy { $0.agreement?.student == 1 })
        #expect(
            shift.corruptions.flatMap(\.strengths).contains { $0.quality.student < shift.clean.quality.student - 0.02 })
    }

    @Test func `What a teacher refuses is left out and said, and the rest is measured`() async throws {
        let shift = try #require(
            try await Self.evidence(
                SampleTable.clouds(240), asking: { Hidden(model: $0, refusesMissing: true) }
            ).shift)
        for corruption in shift.corruptions {
            #expect(corruption.strengths.allSatisfy { ($0.agreement == nil) == (corruption.name == "missing cells") })
        }
        #expect(
            shift.notes.contains { $0.contains("a cell is empty") } && shift.notes.contains { $0.contains("5 of 25") })
        #expect(shift.agreementKept != nil)
    }

    @Test func `An R² below 0 counts as nothing left, however far below`() async throws {
        var generator = SeededGenerator(seed: 4)
        let (small, large) = (
            (0..<300).map { _ in generator.uniform() }, (0..<300).map { _ in 1000 * generator.uniform() }
        )
        let values = zip(small, large).map { 5 * $0 + $1 / 1000 }
        let rows = Dataset(
            source: "rows", columns: [Column("small", .numeric(small)), Column("large", .numeric(large))],
            target: Target(name: "y", outputs: ["y"], values: Matrix(rows: 300, columns: 1, elements: values)))
        let shift = try #require(try await Self.evidence(rows).shift)
        let agreements = shift.corruptions.flatMap(\.strengths).compactMap { $0.agreement?.student }
        #expect(agreements.contains { $0 < -10 })
        let mean = agreements.reduce(0) { $0 + max(0, $1) } / Double(agreements.count)
        let kept = try #require(shift.agreementKept)
        #expect(abs(kept - mean / (shift.clean.agreement?.student ?? .nan)) < 1e-9 && kept > 0)
    }

    @Test func `Without training rows only what needs them is missing`() async throws {
        let evidence = try await Self.evidence(SampleTable.clouds(300), keepsTraining: false)
        #expect(evidence.shift?.corruptions.count == 5 && evidence.learning == nil)
        #expect(evidence.outOfDistribution?.scores.map(\.name) == ["confidence", "energy"])
        let whole = try await Self.evidence(SampleTable.clouds(300))
        #expect(evidence.slices == whole.slices && evidence.shift?.agreementKept == whole.shift?.agreementKept)
    }

    @Test func `A regression's evidence is in R², and its strange rows are told by their distance`() async throws {
        let evidence = try await Self.evidence(SampleTable.surface(300), student: "mlp[16]")
        let shift = try #require(evidence.shift)
        #expect(shift.clean.quality.student > 0.5 && shift.agreementKept != nil)
        #expect(evidence.outOfDistribution?.scores.map(\.name) == ["mahalanobis"])
        #expect(evidence.disagreement?.values.count == 150)
    }

    @Test(arguments: [1e-30, 1e37] as [Float])
    func `Evidence in any unit can be written`(unit: Float) async throws {
        let rows = SampleTable.surface(200)
        let values = rows.target?.values.elements.map { $0 * unit } ?? []
        let scaled = rows.with(
            target: Target(name: "y", outputs: ["y"], values: Matrix(rows: 200, columns: 1, elements: values)))
        let evidence = try await Self.evidence(scaled, teacher: "tree[leaves=8]")
        #expect(try JSONValue(encoding: evidence).decoded(as: Evidence.self) == evidence)
        let errors = try #require(
            evidence.slices?.slices.map { $0.quality.student.value / Double(unit) / Double(unit) })
        #expect(!errors.isEmpty && errors.allSatisfy { $0 > 1e-4 && $0 < 1e2 })
    }

    @Test func `Rows that weigh nothing are no reason to fail`() async throws {
        let rows = SampleTable.clouds(200, weights: (0..<200).map { $0 % 3 == 0 ? 0 : 1 })
        let evidence = try await Self.evidence(rows)
        #expect(evidence.slices?.slices.first { $0.name == "class class 0" }?.quality.student.value == 0)
        #expect(try JSONValue(encoding: evidence).decoded(as: Evidence.self) == evidence)
    }

    @Test func `Pictures are blurred and hidden`() async throws {
        let shift = try #require(try await Self.evidence(SampleTable.pictures(120), teacher: "mlp[16]").shift)
        #expect(shift.corruptions.map(\.name) == ["noise", "blur", "contrast", "shift", "occlusion"])
    }

    @Test func `Missing numbers and a single class in the test rows are no reason to fail`() async throws {
        var rows = SampleTable.clouds(200)
        if case .numeric(var values) = rows.columns[0].storage {
            for row in stride(from: 0, to: 200, by: 3) { values[row] = .nan }
            rows = rows.with(columns: [Column("x0", .numeric(values))] + rows.columns.dropFirst())
        }
        let evidence = try await Self.evidence(rows)
        #expect(evidence.shift?.corruptions.count == 5)
        let labels = rows.target?.labels ?? []
        let one = rows.selecting(labels.indices.filter { labels[$0] == 1 })
        let (student, _) = try Self.models(rows, student: "linear", teacher: "tree[leaves=4]")
        let alone = try await Self.evidence(on: one, of: student, training: rows)
        #expect(alone.shift != nil && alone.slices?.tested == 0)
    }
}
