import Attar
import Compute
import Foundation
import Testing

/// Whole runs whose teacher has clustered the rows.
struct ClusteringRunTests {
    /// Four clouds in three columns without a target, and which cloud each row is of.
    static func clouds(_ count: Int = 300, seed: UInt64 = 1) -> (rows: Dataset, clouds: [Int32]) {
        var generator = SeededGenerator(seed: seed, stream: "clusters")
        let clouds = (0..<count).map { _ in Int32(generator.index(below: 4)) }
        let centres: [[Float]] = [[0, 0, 0], [4, 0, 1], [0, 4, -1], [4, 4, 2]]
        let columns = (0..<3).map { axis in
            Column("x\(axis)", .numeric(clouds.map { centres[Int($0)][axis] + 0.9 * generator.normal() }))
        }
        return (Dataset(source: "clouds.csv", columns: columns), clouds)
    }

    /// The same with a column of what some program has found; rows of the first cloud that lie far out are noise.
    static func found(_ count: Int = 300, names: [String] = ["-1", "0", "1", "2"]) throws -> Dataset {
        let (rows, clouds) = clouds(count)
        return try rows.with(columns: rows.columns + [Column("found", .categorical(codes: clouds, categories: names))])
            .taking(target: "found", kind: .clustering)
    }

    static func recipe(_ student: String = "linear", _ change: (inout Recipe) -> Void = { _ in }) -> Recipe {
        var recipe = Recipe()
        (recipe.student, recipe.task, recipe.strategy) = (student, .clustering, "teacher")
        (recipe.seeds, recipe.folds, recipe.threads, recipe.evidence) = (2, 3, 1, .quick)
        change(&recipe)
        return recipe
    }

    private static func problem(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func `A k-means is found in the training rows, taught, measured and run again`() async throws {
        let (rows, clouds) = Self.clouds()
        let run = try await Distiller(
            Self.recipe { ($0.teacher, $0.evidence) = ("kmeans[4]", .full) }
        ).distilled(on: rows)
        let certificate = run.certificate
        #expect(certificate.task == .clustering && certificate.names == ["0", "1", "2", "3"])
        for metric in [
            Metric.adjustedRandIndex, .adjustedMutualInformation, .vMeasure, .agreement, .costRatio, .silhouette,
        ] {
            let figure = try #require(certificate.student[metric], "\(metric.name)")
            #expect(figure.low <= figure.value && figure.value <= figure.high)
        }
        #expect(try #require(certificate.student[.adjustedRandIndex]).value > 0.9)
        #expect(try #require(certificate.student[.costRatio]).value < 1.1)
        #expect(certificate.student[.noiseF1] == nil && certificate.labelsOnly.isEmpty)
        // The clouds themselves are what was found.
        let answers = run.student.outputs(for: try run.student.encoder.encoded(rows)).matrix.argmax()
        #expect(Contingency(clouds, answers, clusters: 4).adjustedRandIndex > 0.85)
        let verdict = certificate.verdict
        #expect(!verdict.helped && !verdict.text.contains("help") && !verdict.text.contains("label"))
        #expect(
            verdict.text.hasPrefix(
                "On 90 test rows, whose clusters were held back, the student keeps its teacher's clusters with an adjusted Rand index "
            ),
            "\(verdict.text)")
        #expect(certificate.notes.contains { $0.contains("the test rows are new to it, too") })
        let evidence = try #require(certificate.evidence?.clusters)
        let stability = try #require(evidence.stability)
        #expect(evidence.runs == 3 && stability.value > 0.85 && stability.low < stability.high)
        #expect(evidence.clusters.map { $0.rows.student }.reduce(0, +) == 90)
        #expect(evidence.clusters.map { $0.rows.teacher ?? 0 }.reduce(0, +) == 90)
        let classes = try #require(certificate.evidence?.classes)
        #expect(classes.outputs == "clusters" && classes.classes.count == 4)
        #expect(classes.classes.allSatisfy { $0.recall.teacher?.value == 1 && $0.recall.student.value > 0.8 })
        let baseline = try #require(certificate.baseline[.adjustedRandIndex])
        #expect(baseline.value > 0.95 && certificate.baselineAnswer?.looksAtRows == true)
        // What looks at rows may be as good: that is said, and is no reason against shipping.
        let skill = try #require(certificate.evidence?.skill?.student)
        #expect(skill.isShown && skill.ranks, "\(skill.text)")
        #expect(try JSONValue(encoding: certificate).decoded(as: Certificate.self) == certificate)
    }

    @Test func `Clusters in a column teach, and that they cannot be asked is said`() async throws {
        let rows = try Self.found()
        let run = try await Distiller(Self.recipe("tree[leaves=8]"), teacher: .column("found")).distilled(on: rows)
        let certificate = run.certificate
        #expect(certificate.names == ["-1", "0", "1", "2"] && certificate.student[.noiseF1] != nil)
        #expect(try #require(certificate.student[.adjustedRandIndex]).value > 0.7)
        #expect(
            certificate.notes.contains {
                $0.hasPrefix("The teacher cannot be asked about a new row: the student is its answer to those.")
            })
        // No column tells the clusters: the student reads the other three.
        #expect(run.student.encoder.columns.map(\.name) == ["x0", "x1", "x2"])
        #expect(certificate.evidence?.clusters?.stability == nil)
        // Measured again, with the same teacher, everything is the same.
        let again = try await Verification(of: run.artifact, on: rows, teacher: .column("found"))
        #expect(again.holds && again.checks.contains { $0.name == "adjustedRandIndex" })
        // So is an evaluation on the test rows, baseline and decision included.
        let test = try rows.split(testFraction: 0.3, seed: 1).test
        let evaluation = try await ModelEvaluation(
            of: run.artifact, against: ColumnTeacher("found", of: rows), on: test)
        #expect(evaluation.student["costRatio"] != nil && evaluation.baseline["adjustedRandIndex"] != nil)
        let (own, kept) = (evaluation.baseline["adjustedRandIndex"], certificate.baseline["adjustedRandIndex"])
        #expect(abs(try #require(own).value - (try #require(kept)).value) < 1e-6)
        // Without a teacher there is the silhouette, and nothing that needs one.
        let alone = try await ModelEvaluation(of: run.student, on: test.with(target: .some(nil)))
        #expect(alone.student["silhouette"] != nil && alone.student["adjustedRandIndex"] == nil)
    }

    @Test func `A file of clusters teaches hard or softly, by the names that it has`() async throws {
        let (rows, clouds) = Self.clouds()
        let codes = Column("prediction", .categorical(codes: clouds, categories: ["noise", "b", "c", "d"]))
        let hard = try PredictionsFile(
            Dataset(source: "p.csv", columns: [codes]), path: "p.csv", for: rows, named: .clustering)
        #expect(hard.task == .clustering(["noise", "b", "c", "d"]))
        let shares = (0..<4).map { one in
            Column("probability:\("abcd".map(String.init)[one])", .numeric(clouds.map { $0 == one ? 0.7 : 0.1 }))
        }
        let soft = try PredictionsFile(
            Dataset(source: "p.csv", columns: shares), path: "p.csv", for: rows, named: .clustering)
        #expect(soft.task == .clustering(["a", "b", "c", "d"]))
        for (teacher, noise) in [(hard, true), (soft, false)] {
            let run = try await Distiller(Self.recipe("linear"), teacher: .teacher(teacher, named: "p")).distilled(
                on: rows)
            #expect(try #require(run.certificate.student[.adjustedRandIndex]).value > 0.75)
            #expect((run.certificate.student[.noiseF1] != nil) == noise)
            #expect(run.certificate.notes.contains { $0.hasPrefix("The teacher cannot be asked about a new row") })
            // How sure the teacher is, is learned as well.
            let sure = run.student.outputs(for: try run.student.encoder.encoded(rows)).matrix
            let mean = (0..<300).reduce(Float(0)) { $0 + (sure.row($1).max() ?? 0) } / 300
            #expect(noise ? mean > 0.85 : mean < 0.8, "\(mean)")
        }
        // Unless clusters are asked for, a column of predictions is not taken for them.
        let error = #expect(throws: AttarError.self) {
            try PredictionsFile(Dataset(source: "p.csv", columns: [codes]), path: "p.csv", for: rows)
        }
        #expect(error?.problem.contains("has no target") == true)
    }

    @Test func `Training finds clusters without a target, and refuses one`() async throws {
        let (rows, clouds) = Self.clouds()
        var recipe = Recipe()
        recipe.threads = 1
        let trained = try await TrainedTeacher(Specification("gmm[4]"), on: rows, recipe: recipe)
        #expect(trained.artifact.model.task == .clustering(4) && trained.evaluation.student["silhouette"] != nil)
        let teacher = ModelTeacher(trained.artifact)
        let found = try await teacher.predict(rows).matrix.argmax()
        #expect(Contingency(clouds, found, clusters: 4).adjustedRandIndex > 0.8)
        let student = try await Distiller(
            Self.recipe("linear"), teacher: .model(trained.artifact.model, named: "gmm")
        ).distilled(on: rows)
        #expect(try #require(student.certificate.student[.adjustedRandIndex]).value > 0.85)
        let labelled = SampleTable.clouds(60)
        let text = await Self.problem {
            _ = try await TrainedTeacher(Specification("kmeans[3]"), on: labelled, recipe: recipe)
        }
        #expect(
            text
                == "'kmeans[3]' finds what it answers without labels, and 'y' is named as the target. Leave the target out."
        )
    }

    @Test func `What leaves nothing to learn is refused in a sentence`() async throws {
        let (rows, clouds) = Self.clouds(60)
        func taking(_ names: [String], _ codes: [Int32]) throws -> Dataset {
            try rows.with(columns: rows.columns + [Column("c", .categorical(codes: codes, categories: names))])
                .taking(target: "c", kind: .clustering)
        }
        func sentence(_ body: () throws -> Void) -> String {
            do {
                try body()
                return ""
            } catch { return "\(error)" }
        }
        let none = [Int32](repeating: 0, count: 60)
        #expect(
            sentence { _ = try taking(["-1"], none) }.hasPrefix(
                "clouds.csv: the column 'c' finds all 60 rows to be noise. "))
        #expect(
            sentence { _ = try taking(["7"], none) }.hasPrefix("clouds.csv: the column 'c' has the one cluster '7'. "))
        #expect(
            sentence { _ = try taking(["noise", "7"], clouds.map { min(1, $0) }) }.hasPrefix(
                "clouds.csv: the column 'c' has the one cluster '7' beside noise. "))
        #expect(
            sentence { _ = try taking((0..<60).map { "\($0)" }, (0..<60).map { Int32($0) }) }.hasPrefix(
                "clouds.csv: the column 'c' has 60 clusters in 60 rows"))
        let more = await Self.problem {
            _ = try await Distiller(Self.recipe { $0.teacher = "kmeans[50]" }).distilled(
                on: rows.selecting(Array(0..<40)))
        }
        #expect(more.hasPrefix("50 clusters are asked for, and there are 28 different rows"), "\(more)")
        let nobody = await Self.problem { _ = try await Distiller(Self.recipe()).distilled(on: rows) }
        #expect(nobody.hasPrefix("which rows belong together only a teacher tells that clusters, and none is named"))
        let labelled = await Self.problem {
            _ = try await Distiller(Self.recipe { ($0.teacher, $0.task) = ("kmeans[3]", nil) })
                .distilled(on: SampleTable.clouds(60))
        }
        #expect(labelled.hasPrefix("'kmeans[3]' finds clusters without labels, and 'y' is named as the target. "))
        #expect(labelled.hasSuffix("clusters that stand in a column are taught by --teacher column:y."), "\(labelled)")
        let other = await Self.problem {
            _ = try await Distiller(Self.recipe { $0.teacher = "kmeans[3]" }).distilled(on: Self.found(60))
        }
        #expect(other.hasPrefix("'kmeans[3]' finds clusters without labels, and 'found' is named"), "\(other)")
    }

    @Test func `A cluster that only test rows have is named with its rows`() async throws {
        let training = try Self.found(120, names: ["a", "b", "c", "d"])
        let (rows, clouds) = Self.clouds(40, seed: 2)
        let test = rows.with(
            columns: rows.columns + [Column("found", .categorical(codes: clouds, categories: ["a", "b", "c", "z"]))])
        let count = clouds.count { $0 == 3 }
        let error = #expect(throws: AttarError.self) {
            try test.taking(target: "found", matching: training.target?.task)
        }
        #expect(
            error?.problem.hasSuffix(
                " and \(count - 1) more: the cluster 'z' does not occur in the training rows, so no student can know it"
            )
                == true, "\(String(describing: error))")
        // Of a file of answers it shows once the rows are split: the test rows are the last ones here.
        let names = clouds.indices.map { $0 < 28 ? min(2, clouds[$0]) : 3 }
        let file = try PredictionsFile(
            Dataset(
                source: "p.csv",
                columns: [Column("prediction", .categorical(codes: names, categories: ["a", "b", "c", "z"]))]),
            path: "p.csv", for: rows, named: .clustering)
        let text = await Self.problem {
            _ = try await Distiller(Self.recipe("linear"), teacher: .teacher(file, named: "p")).distilled(
                on: rows.selecting(Array(0..<28)), test: rows.selecting(Array(28..<40)))
        }
        #expect(text.contains(" and 11 more: the cluster 'z' does not occur in the training rows"), "\(text)")
        // Assignments of another length.
        let short = await Self.problem {
            _ = try PredictionsFile(
                Dataset(
                    source: "p.csv",
                    columns: [Column("prediction", .categorical(codes: [0, 1], categories: ["a", "b"]))]),
                path: "p.csv", for: rows, named: .clustering)
        }
        #expect(short.contains("2") && short.contains("40"), "\(short)")
    }
}
