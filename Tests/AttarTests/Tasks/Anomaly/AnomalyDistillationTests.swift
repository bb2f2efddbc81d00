import Attar
import Compute
import Testing

/// Whole runs, from rows to an artifact.
struct AnomalyDistillationTests {
    /// A cloud of usual rows with anomalies far around it.
    private static func rows(_ count: Int, anomalies: Int, seed: UInt64 = 4) -> (Dataset, labels: [Float]) {
        var generator = SeededGenerator(seed: seed, stream: "anomalies")
        var columns = [[Float]](repeating: [], count: 3)
        let labels = (0..<count).map { Float($0 * anomalies % count < anomalies ? 1 : 0) }
        for label in labels {
            let middle = (0..<12).reduce(Float(-6)) { sum, _ in sum + generator.uniform() }
            for column in columns.indices {
                columns[column].append(
                    label > 0 ? 12 * (generator.uniform() - 0.5) : 0.8 * middle + 0.4 * (generator.uniform() - 0.5))
            }
        }
        return (
            Dataset(source: "rows", columns: columns.enumerated().map { Column("x\($0)", .numeric($1)) }), labels
        )
    }

    private static func recipe(_ change: (inout Recipe) -> Void = { _ in }) -> Recipe {
        var recipe = Recipe()
        recipe.task = .anomaly
        recipe.teacher = "ensemble[iforest[trees=30],knn,lof]"
        recipe.student = "forest[trees=30]"
        recipe.strategy = "teacher"
        recipe.seeds = 1
        recipe.evidence = .quick
        change(&recipe)
        return recipe
    }

    @Test func `A student keeps the order of a teacher that nobody has told anything, and no training rows`()
        async throws
    {
        let (rows, labels) = Self.rows(700, anomalies: 28)
        let labelled = Dataset(source: "rows", columns: rows.columns + [Column("label", .numeric(labels))])
        let made = try await Distiller(Self.recipe()).distilled(
            on: labelled.taking(target: "label", kind: .anomaly))
        let student = made.certificate.student
        #expect(try #require(student["rankCorrelation"]).value > 0.8)
        #expect(try #require(student["auroc"]).value > 0.9)
        for name in ["averagePrecision", "precisionAtTop1", "falseAlarmRate", "overlapAtTop5"] {
            #expect(student[name] != nil, "\(name)")
        }
        #expect(made.certificate.labelsOnly.isEmpty)
        #expect(made.certificate.teacher["rankCorrelation"] == nil && made.certificate.teacher["auroc"] != nil)
        #expect(made.certificate.baseline["rankCorrelation"] != nil)
        let alarms = try #require(made.certificate.evidence?.alarms)
        #expect(alarms.levels.map(\.promised).contains(0.05) && alarms.rows > 180)
        let sets = try #require(made.artifact.sets)
        #expect(sets.method == .tail && sets.rows == alarms.rows)
        #expect(made.artifact.model.task == .anomaly)
        // Neither the teacher nor its rows are in the file: 490 rows of three numbers would be 5,880 bytes in one tensor.
        let tensors = made.artifact.model.description.tensors
        #expect(tensors.keys.allSatisfy { !$0.contains("rows") })
    }

    @Test func `Labels teach only where that is asked for`() async throws {
        let (rows, labels) = Self.rows(400, anomalies: 40)
        // Rows that are labelled at random have nothing to do with how strange they are.
        let shuffled = labels.indices.map { labels[$0 * 7 % 400] }
        let labelled = try Dataset(source: "rows", columns: rows.columns + [Column("label", .numeric(shuffled))])
            .taking(target: "label", kind: .anomaly)
        func answers(_ rows: Dataset, _ share: Double?) async throws -> [Float] {
            let made = try await Distiller(Self.recipe { $0.labelShare = share }).distilled(
                on: rows, test: rows.selecting(Array(0..<200)))
            return made.student.outputs(for: try made.student.encoder.encoded(rows)).matrix.elements
        }
        let untold = try await answers(rows, nil)
        #expect(try await answers(labelled, nil) == untold)
        let told = try await answers(labelled, 0.5)
        let known = shuffled.indices.filter { shuffled[$0] > 0 }
        let gain = known.reduce(Float(0)) { $0 + told[$1] - untold[$1] } / Float(known.count)
        #expect(gain > 0.1, "\(gain)")
    }

    @Test func `Scores of a column teach, turned around where a lower one is stranger, and labels tell the wrong sign`()
        async throws
    {
        let (rows, labels) = Self.rows(400, anomalies: 40)
        // How usual a row is: minus its distance from the middle.
        let numbers = try rows.columns.map { try $0.requiredNumbers() }
        let usual = (0..<400).map { row in -numbers.reduce(Float(0)) { $0 + $1[row] * $1[row] } }
        let all = try Dataset(
            source: "rows",
            columns: rows.columns + [Column("usual", .numeric(usual)), Column("label", .numeric(labels))]
        ).taking(target: "label", kind: .anomaly)
        func distilled(turned: Bool) async throws -> Distillation {
            var reference = TeacherReference.column("usual")
            reference.settings.lowerIsStranger = turned
            var distiller = try Distiller(Self.recipe())
            distiller.teacher = try reference.opened(for: all, task: .anomaly)
            return try await distiller.distilled(on: all.with(columns: all.columns.filter { $0.name != "usual" }))
        }
        let right = try await distilled(turned: true)
        #expect(try #require(right.certificate.student["auroc"]).value > 0.9)
        #expect(!right.certificate.notes.contains { $0.contains("--lower-is-stranger") })
        let wrong = try await distilled(turned: false)
        #expect(try #require(wrong.certificate.student["auroc"]).value < 0.3)
        #expect(wrong.certificate.notes.contains { $0.contains("--lower-is-stranger") })
    }

    @Test func `What cannot be taught or teach is refused in a sentence`() async throws {
        let (rows, labels) = Self.rows(200, anomalies: 10)
        let labelled = try Dataset(source: "rows", columns: rows.columns + [Column("label", .numeric(labels))])
            .taking(target: "label", kind: .anomaly)
        let cases: [(Dataset, (inout Recipe) -> Void, String)] = [
            (rows, { $0.student = "lof" }, "cannot be taught"),
            (labelled, { $0.teacher = "boost" }, "only a teacher tells"),
            (rows, { $0.teacher = "boost" }, "only a teacher tells"),
            (rows, { $0.task = .regression }, "which is no regression"),
            (rows, { $0.sets = .residual }, "labels"),
            (labelled, { $0.sets = .residual }, "does not suit"),
            (rows, { $0.teacher = "ensemble[knn,boost]" }, "cannot be averaged"),
            (rows, { $0.teacher = "knn[300]" }, "at least 301 rows"),
        ]
        for (rows, change, words) in cases {
            let error = await #expect(throws: AttarError.self) {
                try await Distiller(Self.recipe(change)).distilled(on: rows)
            }
            #expect(error?.description.contains(words) == true, "\(words): \(error?.description ?? "")")
        }
    }
}
