import Foundation
import Testing

/// Clusters from the command line: found, taught, measured and asked.
struct ClusteringCommandTests {
    /// A hundred and eighty rows around three places, with what a program has found: of the last places' rows every tenth is noise.
    private static func table(withClusters: Bool) -> String {
        var lines = ["x,y\(withClusters ? ",found" : "")"]
        for row in 0..<180 {
            let (place, step) = (row % 3, row / 3)
            let x = [0, 10, 5][place] + Double(step * 37 % 23) / 10
            let y = [0, 0, 9][place] + Double(step * 53 % 29) / 10
            let isNoise = place == 2 && step % 10 == 0
            lines.append("\(x),\(isNoise ? y + 20 : y)\(withClusters ? ",\(isNoise ? -1 : place)" : "")")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let small = ["--strategy", "teacher", "--threads", "1", "--evidence", "quick", "--seeds", "1"]

    @Test func `A k-means is distilled by one command, with figures, page and measured again`() async throws {
        try await Attar.inFolder(["data.csv": Self.table(withClusters: false)]) { attar in
            let run = try await attar.run(
                [
                    "distill", "data.csv", "--task", "clustering", "--teacher", "kmeans[3]", "--student",
                    "tree[leaves=8]",
                    "--report", "r.html", "--report", "r.json", "--json",
                ] + Self.small)
            #expect(run.status == 0, "\(run.words)")
            #expect(run.words.contains("adjusted Rand index") && !run.words.contains("helped"), "\(run.words)")
            let document = try run.json()
            let student = try #require(document["student"] as? [String: Any])
            for key in ["adjustedRandIndex", "adjustedMutualInformation", "vMeasure", "costRatio", "silhouette"] {
                let figure = try #require(student[key] as? [String: Double], "\(key)")
                #expect(Set(figure.keys) == ["value", "low", "high"])
            }
            #expect(student["noiseF1"] == nil && document["labelsOnly"] is NSNull)
            #expect(document["task"] as? String == "clustering" && document["withoutLabels"] == nil)
            let page = try attar.text("r.html")
            #expect(page.contains("<h2>Clusters</h2>") || page.contains(">Clusters</h2>"))
            #expect(page.contains("The baseline answers with the nearest of the clusters' means."))
            let again = try await attar("verify", "student.attar", "data.csv")
            #expect(again.status == 0, "\(again.words)")
            let all = try await attar(
                "verify", "student.attar", "data.csv", "--teacher", "kmeans[3]", "--training")
            #expect(all.status == 0 && all.words.contains("same    adjustedRandIndex"), "\(all.words)")
        }
    }

    @Test func `Training needs no target, and predictions name the cluster and how likely each is`() async throws {
        try await Attar.inFolder(["data.csv": Self.table(withClusters: false)]) { attar in
            let trained = try await attar(
                "train", "data.csv", "--task", "clustering", "--model", "gmm[3]", "--out", "m.attar", "--json")
            #expect(trained.status == 0 && trained.words.contains("silhouette"), "\(trained.words)")
            let answers = try await attar("predict", "data.csv", "--model", "m.attar")
            #expect(answers.output.hasPrefix("row,prediction,probability:0,probability:1,probability:2\n0,"))
            let measured = try await attar("evaluate", "data.csv", "--model", "m.attar")
            #expect(measured.status == 0 && measured.output.contains("silhouette"), "\(measured.words)")
            let taught = try await attar.run(
                ["distill", "data.csv", "--teacher", "m.attar", "--student", "linear", "--out", "s.attar"] + Self.small)
            #expect(taught.status == 0, "\(taught.words)")
            let beside = try await attar("evaluate", "data.csv", "--model", "s.attar", "--teacher", "m.attar")
            #expect(beside.output.contains("adjusted Rand index") && beside.output.contains("baseline"))
            let forest = try await attar("train", "data.csv", "--task", "clustering", "--model", "forest")
            #expect(forest.status != 0 && forest.words.contains("'forest' learns from labels"), "\(forest.words)")
        }
    }

    @Test func `A column and a file of clusters teach, noise is told apart, and that they cannot be asked is said`()
        async throws
    {
        let table = Self.table(withClusters: true)
        let found = table.split(separator: "\n").dropFirst().enumerated().map {
            "\($0),\($1.split(separator: ",").last ?? "")"
        }
        let files = [
            "data.csv": table, "bare.csv": Self.table(withClusters: false),
            "found.csv": "row,prediction\n" + found.joined(separator: "\n") + "\n",
        ]
        try await Attar.inFolder(files) { attar in
            for (data, teacher) in [("data.csv", "column:found"), ("bare.csv", "predictions:found.csv")] {
                let run = try await attar.run(
                    [
                        "distill", data, "--task", "clustering", "--teacher", teacher, "--student", "tree[leaves=8]",
                        "--json",
                    ] + Self.small)
                #expect(run.status == 0, "\(run.words)")
                #expect(run.words.contains("The teacher cannot be asked about a new row"), "\(run.words)")
                let student = try #require(try run.json()["student"] as? [String: [String: Double]])
                #expect(student["noiseF1"]?["value"] ?? 0 > 0.8 && student["adjustedRandIndex"]?["value"] ?? 0 > 0.9)
                let again = try await attar("verify", "student.attar", data, "--teacher", teacher)
                #expect(again.status == 0 && again.words.contains("same    noiseF1"), "\(again.words)")
                let measured = try await attar(
                    "evaluate", data, "--model", "student.attar", "--teacher", teacher)
                #expect(measured.status == 0 && measured.output.contains("F1 of noise"), "\(measured.words)")
            }
            // New rows have no such column, and need none.
            let asked = try await attar("predict", "bare.csv", "--model", "student.attar")
            #expect(asked.output.hasPrefix("row,prediction,probability:-1,probability:0,"))
        }
    }

    @Test(arguments: [
        (["--teacher", "column:fond"], "has no column 'fond'. Did you mean 'found'?"),
        (["--teacher", "column:found", "--target", "x"], "'x' is named as the target. Leave the target out"),
        (["--teacher", "kmeans[500]", "--task", "clustering"], "500 clusters are asked for, and there are"),
        (["--teacher", "kmeans[3]", "--target", "found"], "and 'found' is named as the target"),
        (["--teacher", "kmeans[3]", "--target", "found", "--task", "clustering"], "taught by --teacher column:found"),
        (["--task", "clustering"], "which rows belong together only a teacher tells that clusters"),
        (["--teacher", "predictions:short.csv", "--task", "clustering"], "short.csv"),
    ])
    func `What cannot be clustered is one sentence`(flags: [String], sentence: String) async throws {
        let files = ["data.csv": Self.table(withClusters: true), "short.csv": "row,prediction\n0,1\n1,2\n"]
        try await Attar.inFolder(files) { attar in
            let run = try await attar.run(["distill", "data.csv", "--student", "linear"] + flags + Self.small)
            #expect(run.status != 0 && run.words.contains(sentence), "\(run.words)")
        }
    }
}
