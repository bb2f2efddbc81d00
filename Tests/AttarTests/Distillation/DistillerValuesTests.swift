import Attar
import Compute
import Testing

/// The distiller as a library user calls it: with values.
struct DistillerValuesTests {
    private static var settings: DistillationSettings {
        var settings = DistillationSettings()
        settings.plan = TransferPlan([.teacher])
        (settings.folds, settings.seeds, settings.threads) = (3, 1, 1)
        settings.evidence = .quick
        return settings
    }

    @Test func `An estimator and a teacher give what a recipe of the same names gives`() async throws {
        let (train, test) = try SampleTable.clouds(150).split(testFraction: 0.3, seed: 1)
        var student = MLPEstimator()
        student.hidden = [8]
        student.epochs = 5
        var forest = ForestEstimator()
        forest.trees = 10
        let distiller = Distiller(student: student, teacher: .training(forest), settings: Self.settings)
        let run = try await distiller.distilled(on: train, test: test)
        var recipe = Recipe()
        (recipe.student, recipe.teacher) = ("mlp[8,epochs=5]", "forest[trees=10]")
        (recipe.strategy, recipe.folds, recipe.seeds, recipe.threads) = ("teacher", 3, 1, 1)
        recipe.evidence = .quick
        let same = try await Distiller(recipe).distilled(on: train, test: test)
        #expect(run.student.fingerprint == same.student.fingerprint)
        #expect(run.certificate.student[.accuracy] == same.certificate.student[.accuracy])
        #expect(run.certificate.choice.student == "mlp[8,epochs=5]")
        #expect(run.certificate.choice.teacher == "forest[trees=10]")
        #expect(run.artifact.metadata.recipe == same.artifact.metadata.recipe)
    }

    @Test func `The certificate names who taught, and not whom the recipe names`() async throws {
        let rows = SampleTable.clouds(120)
        var recipe = Recipe()
        (recipe.student, recipe.strategy, recipe.seeds) = ("tree[leaves=8]", "teacher", 1)
        recipe.evidence = .quick
        let teacher = try trained("boost[rounds=10]", on: rows)
        let run = try await Distiller(recipe, teacher: .model(teacher, named: "boosted")).distilled(on: rows)
        #expect(run.certificate.choice.teacher == "boosted")
        #expect(run.artifact.metadata.recipe?["teacher"] == .string("boosted"))
    }

    @Test func `A student learns an embedding from answers alone, and the certificate says what it keeps`() async throws
    {
        let rows = SampleTable.surface(120).with(target: .some(nil))
        let teacher = FixedTeacher(task: .embedding(width: 3), kind: .values) { rows in
            let columns = rows.columns.prefix(2).compactMap { column -> [Float]? in
                if case .numeric(let values) = column.storage { values } else { nil }
            }
            return Matrix(
                rows: rows.count, columns: 3,
                elements: (0..<rows.count).flatMap { row in
                    [columns[0][row], columns[columns.count - 1][row], 0.5 * columns[0][row]]
                })
        }
        for student in ["linear", "tree[leaves=32]", "mlp[8,epochs=20]"] {
            var distiller = Distiller(
                student: try estimator(student), teacher: .teacher(teacher, named: "points"), settings: Self.settings)
            distiller.settings.plan = nil
            let run = try await distiller.distilled(on: rows)
            let certificate = run.certificate
            #expect(certificate.task == .embedding && certificate.names.count == 3)
            #expect(certificate.labelsOnly.isEmpty && certificate.difference.isEmpty)
            #expect(!certificate.choice.trials.contains { $0.strategy == "labels" })
            #expect(try #require(certificate.student[.spearman]).value > 0.7, "\(student)")
            #expect(!certificate.verdict.helped && certificate.verdict.text.contains("correlate with the teacher's"))
            let json = try JSONValue(encoding: certificate)
            #expect(json["labelsOnly"] == .null && json["difference"] == .null)
            #expect(try json.decoded(as: Certificate.self) == certificate)
        }
    }

    @Test func `Labels alone are refused where the task has none`() async throws {
        let teacher = FixedTeacher(task: .embedding(width: 1), kind: .values) { Matrix(rows: $0.count, columns: 1) }
        var distiller = Distiller(
            student: LinearEstimator(), teacher: .teacher(teacher, named: "points"), settings: Self.settings)
        distiller.settings.plan = .labelsOnly
        let error = await #expect(throws: AttarError.self) {
            try await distiller.distilled(on: SampleTable.surface(60).with(target: .some(nil)))
        }
        #expect(error?.problem.contains("needs labels") == true)
    }

    @Test(arguments: [
        ("mlp[64,32]", "mlp"), ("mlp[64,16]", "mlp[64,16]"), ("tree[leaves=16]", "tree[leaves=16]"),
        ("linear", "linear"),
        ("ensemble[svm,forest]", "ensemble[svm,forest]"), ("mlp[16,epochs=5]", "mlp[16,epochs=5]"),
    ])
    func `Estimators are called by the settings that are their own`(text: String, name: String) throws {
        #expect(NamedEstimator(try estimator(text)).name == name)
    }

    @Test func `The students that are tried are the families' small sizes, in their order`() throws {
        let encoder = try FeatureEncoder(fittedTo: SampleTable.clouds(20))
        #expect(
            Catalogue.standard.families.members.flatMap { $0.usualSizes(encoder) } == [
                "linear", "tree[leaves=64]", "forest[trees=20,depth=8]", "boost[rounds=50,depth=3]", "mlp[32]",
            ])
    }
}
