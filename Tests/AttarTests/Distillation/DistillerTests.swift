import Attar
import Compute
import Foundation
import Synchronization
import Testing

struct DistillerTests {
    private static func recipe(
        _ student: String? = "tree[leaves=8]", strategy: String = "auto", seeds: Int = 2, threads: Int = 1
    ) -> Recipe {
        var recipe = Recipe()
        recipe.teacher = "forest[trees=10]"
        recipe.student = student
        recipe.strategy = strategy
        recipe.synthesised = 2
        recipe.folds = 3
        recipe.seeds = seeds
        recipe.threads = threads
        return recipe
    }

    private static func distilled(
        _ rows: Dataset = SampleTable.clouds(150), test: Dataset? = nil, _ recipe: Recipe = recipe()
    ) async throws -> Distillation {
        try await Distiller(recipe).distilled(on: rows, test: test)
    }

    @Test func `A classification's certificate is whole, and its JSON has the fixed names`() async throws {
        let run = try await Self.distilled()
        let certificate = run.certificate
        #expect(certificate.trainingRows == 105 && certificate.testRows == 45)
        #expect(certificate.seeds.seeds == [1, 2] && certificate.seeds.seeds.contains(certificate.seeds.shipped))
        #expect(certificate.seeds.student["accuracy"]?.count == 2)
        let tried = Set(certificate.choice.trials.map(\.strategy))
        #expect(tried.isSuperset(of: ["labels", "teacher", "munge", "spunge", "mixup", "noise"]))
        #expect(tried.count == 7, "the two best are tried together")
        #expect(certificate.choice.candidates.map(\.student) == ["tree[leaves=8]"])
        #expect(certificate.choice.teacher == "forest[trees=10]")

        let json = try JSONValue(encoding: certificate)
        let ofLabels = ["accuracy", "logLoss", "brier", "expectedCalibrationError", "bytes"]
        let toTeacher = ["agreement", "negativeFlips", "klToTeacher", "latencyMicroseconds"]
        for (model, metrics) in [
            ("student", ofLabels + toTeacher), ("labelsOnly", ofLabels + toTeacher), ("teacher", ofLabels),
        ] {
            for metric in metrics {
                let figure = try #require(json[model]?[metric], "\(model).\(metric)")
                guard case .number(let value) = figure["value"], case .number(let low) = figure["low"],
                    case .number(let high) = figure["high"]
                else {
                    Issue.record("\(model).\(metric) is \(figure)")
                    continue
                }
                #expect(low <= value && value <= high || metric == "expectedCalibrationError")
            }
        }
        #expect(json["verdict"]?["helped"] == .bool(certificate.verdict.helped))
        #expect(json["verdict"]?["text"] == .string(certificate.verdict.text))
        #expect(try json.decoded(as: Certificate.self) == certificate)
    }

    @Test func `A regression's certificate has R² and squared errors`() async throws {
        let certificate = try await Self.distilled(SampleTable.surface(150)).certificate
        #expect(
            Set(certificate.student.keys) == [
                "r2", "mse", "mae", "r2ToTeacher", "rankCorrelation", "bytes", "latencyMicroseconds",
            ])
        #expect(try #require(certificate.teacher["r2"]).value > 0.5)
    }

    @Test func `The artifact holds the student, its certificate and its own size`() async throws {
        let run = try await Self.distilled()
        let bytes = try run.artifact.encoded()
        #expect(run.certificate.student["bytes"]?.value == Double(bytes.count))
        let read = try Artifact(bytes: bytes, path: "student.attar")
        #expect(read.model.description == run.student.description)
        var kept = run.certificate
        kept.evidence = nil
        #expect(try read.metadata.certificate == JSONValue(encoding: kept).rounded(digits: 7))
        #expect(try read.metadata.certificate?.decoded(as: Certificate.self).testRows == kept.testRows)
        #expect(read.metadata.seed == run.certificate.seeds.shipped)
        #expect(read.metadata.teacherFingerprint == run.teacher?.fingerprint)
        #expect(read.metadata.target == "y")
    }

    /// What a run found, without what a clock measured.
    private static func findings(_ run: Distillation) -> ([ModelDescription], Certificate) {
        var certificate = run.certificate
        for metric in [Metric.latencyMicroseconds, .bytes].map(\.name) {
            certificate.student[metric] = nil
            certificate.labelsOnly[metric] = nil
            certificate.teacher[metric] = nil
        }
        certificate.choice.candidates = []
        certificate.provenance?.created = ""
        return ([run.student, run.teacher].compactMap { $0?.description }, certificate)
    }

    @Test(arguments: ["tree[leaves=8]", "mlp[8,epochs=5]", "boost[rounds=5]"])
    func `The same seed gives the same student, on one thread and on two`(student: String) async throws {
        // Which fits are made for evidence alone would depend on the clock.
        var recipe = Self.recipe(student, strategy: "munge")
        recipe.evidence = .quick
        let one = Self.findings(try await Self.distilled(recipe))
        recipe.threads = 2
        let two = Self.findings(try await Self.distilled(recipe))
        #expect(one.0 == two.0)
        #expect(one.1 == two.1)
        var other = recipe
        (other.threads, other.seed) = (1, 2)
        #expect(Self.findings(try await Self.distilled(other)).0 != one.0)
    }

    private static func distilled(_ recipe: Recipe) async throws -> Distillation {
        try await distilled(SampleTable.clouds(150), recipe)
    }

    @Test func `Test labels change figures, never the student or what was chosen`() async throws {
        let (rows, test) = (SampleTable.clouds(120), SampleTable.clouds(60, seed: 9))
        let labels = try #require(test.target?.labels)
        let honest = try await Self.distilled(rows, test: test)
        let planted = try await Self.distilled(rows, test: test.with(labels: labels.map { ($0 + 1) % 3 }))
        #expect(honest.student.description == planted.student.description)
        #expect(honest.teacher?.description == planted.teacher?.description)
        #expect(honest.certificate.choice.strategy == planted.certificate.choice.strategy)
        #expect(honest.certificate.choice.trials == planted.certificate.choice.trials)
        #expect(honest.certificate.student["accuracy"] != planted.certificate.student["accuracy"])
    }

    @Test func `A teacher that exists is asked directly, and the certificate says so`() async throws {
        let rows = SampleTable.clouds(150)
        let teacher = try trained("boost[rounds=10]", on: rows)
        let run = try await Distiller(Self.recipe(), teacher: .model(teacher)).distilled(on: rows)
        #expect(run.teacher?.description == teacher.description)
        #expect(run.certificate.notes.contains { $0.contains("asked directly") && $0.contains("in-sample") })
        #expect(run.artifact.metadata.teacherFingerprint == teacher.fingerprint)
        #expect(run.certificate.teacher["bytes"] != nil)
    }

    @Test func `A file of answers teaches with its rows and no made-up ones`() async throws {
        let rows = SampleTable.clouds(150)
        let answers = try trained("linear", on: rows).outputs(for: rows.transferSet().features).matrix
        let columns = (0..<3).map { index in
            Column("probability:class \(index)", .numeric((0..<150).map { answers[$0, index] }))
        }
        let file = try PredictionsFile(Dataset(source: "p.csv", columns: columns), path: "p.csv", for: rows)
        let run = try await Distiller(Self.recipe(), teacher: .teacher(file, named: "p.csv")).distilled(on: rows)
        #expect(run.certificate.choice.trials.map(\.strategy) == ["labels", "teacher"])
        #expect(run.teacher == nil && run.certificate.teacher["bytes"] == nil)
        #expect(run.certificate.teacher["accuracy"] != nil)
    }

    @Test(arguments: ["linear", "tree[leaves=8]"])
    func `A teacher of nonsense is turned down, and the words say so`(student: String) async throws {
        let rows = SampleTable.clouds(240)
        let labels = try #require(rows.target?.labels)
        let nonsense = try trained("linear", on: rows.with(labels: labels.map { ($0 + 1) % 3 }))
        var recipe = Self.recipe(student)
        recipe.labelShare = 0.1
        let certificate = try await Distiller(recipe, teacher: .model(nonsense)).distilled(on: rows).certificate
        let trials = Dictionary(uniqueKeysWithValues: certificate.choice.trials.map { ($0.strategy, $0) })
        let floor = try #require(trials["labels"]?.quality)
        #expect(try #require(trials["munge"]?.quality) < floor - 0.2, "this teacher does harm")
        #expect(certificate.choice.strategy == "labels")
        #expect(certificate.student["accuracy"] == certificate.labelsOnly["accuracy"])
        #expect(!certificate.verdict.helped)
        #expect(certificate.verdict.text.hasPrefix("Nothing was distilled: on validation rows"))
    }

    @Test func `What is chosen is supported by the validation rows, else labels alone are taken`() async throws {
        // Half of the answers are the label's neighbour: a teacher that is of some use to some students.
        let rows = SampleTable.clouds(240)
        let labels = try #require(rows.target?.labels)
        let poor = try trained(
            "tree[leaves=40]", on: rows.with(labels: labels.enumerated().map { ($1 + Int32($0 / 3 % 2)) % 3 }))
        for student in ["linear", "tree[leaves=8]", "forest[trees=5]"] {
            let choice = try await Distiller(Self.recipe(student), teacher: .model(poor)).distilled(on: rows)
                .certificate.choice
            let trials = Dictionary(uniqueKeysWithValues: choice.trials.map { ($0.strategy, $0) })
            let chosen = try #require(trials[choice.strategy])
            #expect(try #require(choice.optimism).validation == chosen.quality)
            let plans = trials.values.filter { $0.strategy != "labels" }
            #expect(plans.allSatisfy { $0.gain != nil && $0.folds ?? 0 >= 2 })
            #expect(
                choice.strategy == "labels" || chosen.gain ?? 0 > chosen.gainError ?? .infinity,
                "\(student): \(choice.strategy)")
        }
    }

    @Test(arguments: ["teacher", "auto"])
    func `A student that learned the same as its twin gains nothing, calibrated as that is`(strategy: String)
        async throws
    {
        // Overconfident on turned labels, so that a temperature helps.
        let rows = SampleTable.clouds(700)
        let labels = try #require(rows.target?.labels)
        var recipe = Self.recipe("boost[rounds=150,depth=6]", strategy: strategy, seeds: 1)
        (recipe.labelShare, recipe.teacher, recipe.evidence) = (1, "linear", .quick)
        let turned = rows.with(labels: labels.enumerated().map { $0 % 4 == 1 ? ($1 + 1) % 3 : $1 })
        let run = try await Self.distilled(turned, recipe)
        #expect(run.student.calibration != nil, "there is something to calibrate")
        #expect(!run.certificate.verdict.helped)
        if strategy == "teacher" {
            let difference = try #require(run.certificate.difference["logLoss"])
            #expect(abs(difference.value) < 1e-5)
        }
    }

    @Test func `Without a student every family at a small size is tried within the budget`() async throws {
        var recipe = Self.recipe(nil, strategy: "teacher", seeds: 1)
        recipe.budget.maxSize = try Quantity("8KB")
        let run = try await Self.distilled(SampleTable.clouds(90), recipe)
        let candidates = run.certificate.choice.candidates
        #expect(candidates.count == 5)
        #expect(candidates.contains { $0.excluded?.contains("bytes are more than 8KB") == true })
        let taken = try #require(candidates.first { $0.student == run.certificate.choice.student })
        #expect(taken.excluded == nil && taken.bytes <= 8_000)
        #expect(candidates.allSatisfy { $0.excluded != nil || $0.score <= taken.score })
        recipe.budget.maxSize = try Quantity("10B")
        let error = await #expect(throws: AttarError.self) { try await Self.distilled(SampleTable.clouds(90), recipe) }
        #expect(error?.problem.hasPrefix("no student fits the budget (linear: ") == true)
    }

    @Test func `Two folds are refused where copies leave out two, and enough where nothing is chosen`() async throws {
        var choosing = Self.recipe()
        choosing.folds = 2
        let error = await #expect(throws: AttarError.self) {
            try await Self.distilled(SampleTable.clouds(150), choosing)
        }
        #expect(error?.code == .invalidSetting && error?.problem.hasPrefix("folds is 2") == true)
        var settled = Self.recipe(strategy: "munge")
        settled.folds = 2
        #expect(try await Self.distilled(SampleTable.clouds(150), settled).certificate.choice.trials.isEmpty)
    }

    @Test func `Whoever watches can stop the run`() async throws {
        let seen = Mutex<[String]>([])
        let error = await #expect(throws: AttarError.self) {
            try await Distiller(Self.recipe()).distilled(on: SampleTable.clouds(90)) { progress in
                seen.withLock { $0.append(progress.phase) }
                return progress.phase.hasPrefix("trying") ? .stop : .more
            }
        }
        #expect(error?.code == .stopped)
        let phases = seen.withLock { $0 }
        #expect(phases.contains("training the teacher"))
        #expect(!phases.contains("asking the test rows"))
    }

    @Test func `Rows without a target and test rows with another one are refused`() async throws {
        let rows = SampleTable.clouds(60)
        await #expect(throws: AttarError.self) { try await Self.distilled(rows.with(target: .some(nil))) }
        let error = await #expect(throws: AttarError.self) {
            try await Self.distilled(rows, test: SampleTable.clouds(20, classes: 2))
        }
        #expect(error?.code == .invalidTarget)
    }

    @Test func `A real table goes through from end to end`() async throws {
        let path = URL(filePath: #filePath).appending(path: "../../../../Datasets/breast-cancer.csv").standardized.path
        let rows = try Dataset.read(path).taking(target: "diagnosis")
        var recipe = Self.recipe("linear", strategy: "teacher", seeds: 1, threads: 2)
        recipe.teacher = "boost[rounds=20,depth=3]"
        let certificate = try await Self.distilled(rows, recipe).certificate
        #expect(certificate.names == ["benign", "malignant"])
        #expect(certificate.trainingRows + certificate.testRows == 569)
        for figures in [certificate.student, certificate.labelsOnly, certificate.teacher] {
            #expect(try #require(figures["accuracy"]).value > 0.9)
        }
        #expect(try #require(certificate.student["agreement"]).value > 0.9)
    }

    @Test(arguments: ["cnn[4,head=average,epochs=4,batch=16]", "tree[leaves=4]"])
    func `Pictures are distilled through augmented views, by a teacher that is trained or given`(student: String)
        async throws
    {
        let rows = SampleTable.pictures(160)
        var recipe = Self.recipe(student)
        recipe.teacher = "cnn[4,head=average,epochs=6,batch=16]"
        (recipe.augment, recipe.views) = ("shift=1", 2)
        let run = try await Self.distilled(rows, recipe)
        #expect(Set(run.certificate.choice.trials.map(\.strategy)) == ["labels", "teacher"])
        #expect(try #require(run.certificate.student["accuracy"]).value > 0.6)
        recipe.strategy = "teacher"
        let teacher = try trained(recipe.teacher, on: SampleTable.pictures(100, seed: 2))
        let given = try await Distiller(recipe, teacher: .model(teacher)).distilled(on: rows)
        let again = try await Distiller(recipe, teacher: .model(teacher)).distilled(on: rows)
        #expect(given.student.fingerprint == again.student.fingerprint)
        recipe.views = 1
        let other = try await Distiller(recipe, teacher: .model(teacher)).distilled(on: rows)
        #expect((other.student.fingerprint == given.student.fingerprint) == student.hasPrefix("tree"))
    }

    @Test func `Augmentation is refused where rows are no pictures, and with strategies that make up rows`()
        async throws
    {
        var recipe = Self.recipe()
        recipe.augment = "flip"
        let error = await #expect(throws: AttarError.self) { try await Self.distilled(SampleTable.clouds(60), recipe) }
        #expect(error?.problem.contains("augment changes pictures, but a row of clouds is 5 features") == true)
        recipe.strategy = "munge"
        #expect(throws: AttarError.self) { try recipe.validate() }
        for text in ["shift=-1", "turn", "shift", ""] {
            (recipe.augment, recipe.strategy) = (text, "teacher")
            #expect(throws: AttarError.self, "\(text)") { try recipe.validate() }
        }
    }
}
