import Foundation
import Testing

struct SubcommandTests {
    @Test func `A model is trained, inspected, asked and measured`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit, "new.csv": SmallData.unlabelled]) { attar in
            let train = try await attar(
                "train", "data.csv", "--target", "fruit", "--model", "tree[leaves=8]", "--out", "t.attar", "--json")
            #expect(train.status == 0, "\(train.words)")
            #expect(try train.json()["artifact"] as? String == "t.attar")
            let accuracy = try #require((try train.json()["student"] as? [String: [String: Double]])?["accuracy"])
            #expect(accuracy["value"] ?? 0 > 0.9)

            let inspect = try await attar("inspect", "t.attar")
            #expect(inspect.status == 0)
            #expect(inspect.output.contains("apple, pear, plum, ripe"))
            #expect(inspect.output.contains("if weight <="))
            #expect(try await attar("inspect", "t.attar", "--json").json()["family"] as? String == "tree")

            let predict = try await attar("predict", "new.csv", "--model", "t.attar", "--out", "p.csv", "--quiet")
            #expect(predict.status == 0, "\(predict.words)")
            #expect(predict.output.isEmpty)
            let lines = try attar.text("p.csv").split(separator: "\n")
            #expect(lines.count == 21)
            #expect(lines[0] == #"row,prediction,probability:apple,probability:pear,"probability:plum, ripe""#)
            #expect(lines[1].hasPrefix("0,apple,"))
            #expect(lines[3].hasPrefix(#"2,"plum, ripe","#))

            let evaluate = try await attar(
                "evaluate", "data.csv", "--target", "fruit", "--model", "t.attar", "--teacher", "t.attar", "--json")
            let figures = try #require(try evaluate.json()["student"] as? [String: [String: Double]])
            #expect(figures["agreement"]?["value"] == 1)
            #expect(figures["negativeFlips"]?["value"] == 0)
        }
    }

    @Test func `Standard input and standard output give the bytes that files give`() async throws {
        try await Attar.inFolder(["new.csv": SmallData.unlabelled]) { attar in
            try attar.write(try await SmallData.tree.value, to: "t.attar")
            let piped = try await attar("predict", "-", "--model", "t.attar", input: "new.csv")
            #expect(piped.status == 0, "\(piped.words)")
            _ = try await attar("predict", "new.csv", "--model", "t.attar", "--out", "p.csv")
            #expect(try attar.text("p.csv") == piped.output)
            #expect(!piped.words.contains("\u{1B}"))
        }
    }

    @Test func `A student is distilled by flags over a recipe, with artifact, report and verdict`() async throws {
        let recipe = "target: nothing\nteacher: tree[leaves=12]\nstudent: linear\nseeds: 1\nfolds: 2\nthreads: 1\n"
        try await Attar.inFolder(["data.csv": SmallData.fruit, "r.yaml": recipe]) { attar in
            let run = try await attar(
                "distill", "data.csv", "--recipe", "r.yaml", "--target", "fruit", "--strategy", "teacher",
                "--out", "s.attar", "--report", "r.html", "--json")
            #expect(run.status == 0, "\(run.words)")
            let document = try run.json()
            for key in ["task", "student", "labelsOnly", "teacher", "verdict", "artifact", "report"] {
                #expect(document[key] != nil, "\(key)")
            }
            #expect(document["artifact"] as? String == "s.attar")
            let verdict = try #require((document["verdict"] as? [String: Any])?["text"] as? String)
            #expect(run.words.contains(verdict))
            let inspection = try await attar("inspect", "s.attar")
            #expect(inspection.output.contains(verdict))
            #expect(try attar.text("r.html").contains("<html"))
            #expect(try attar.names() == ["data.csv", "r.html", "r.yaml", "s.attar"])
        }
    }

    @Test func `A file of predictions teaches`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            try attar.write(try await SmallData.tree.value, to: "t.attar")
            _ = try await attar("predict", "data.csv", "--model", "t.attar", "--out", "p.csv")
            let run = try await attar(
                "distill", "data.csv", "--target", "fruit", "--teacher", "predictions:p.csv", "--student", "linear",
                "--strategy", "teacher", "--seeds", "1", "--folds", "2", "--threads", "1", "--out", "s.attar")
            #expect(run.status == 0, "\(run.words)")
            #expect(try attar.names().contains("s.attar"))
        }
    }

    @Test func `A network in bytes is distilled, says how it compares with floats, and is inspected`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let run = try await attar(
                "distill", "data.csv", "--target", "fruit", "--teacher", "tree", "--student",
                "mlp[8,epochs=20,precision=int8]", "--strategy", "teacher", "--seeds", "1", "--folds", "2", "--threads",
                "1", "--out", "s.attar", "--json")
            #expect(run.status == 0, "\(run.words)")
            let notes = try #require(try run.json()["notes"] as? [String])
            #expect(notes.contains { $0.contains("the network in 8 bits gives the class that it gives in 32 bits") })
            #expect(try await attar("inspect", "s.attar").output.contains("precision    "))
            let inspection = try await attar("inspect", "s.attar", "--json").json()
            #expect(inspection["precision"] as? String == "int8")
            #expect(inspection["formatVersion"] as? Double == 2)
            let wrong = try await attar(
                "train", "data.csv", "--target", "fruit", "--model", "mlp[8,precision=half]", "--out", "m.attar")
            #expect(wrong.words.contains("mlp has no precision 'half'. Give float32 or int8."))
            #expect(wrong.status != 0)
        }
    }

    @Test func `A regression is trained and asked`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.prices]) { attar in
            let train = try await attar(
                "train", "data.csv", "--target", "price", "--model", "linear", "--out", "m.attar")
            #expect(train.status == 0, "\(train.words)")
            let predict = try await attar("predict", "data.csv", "--model", "m.attar")
            #expect(predict.output.hasPrefix("row,prediction\n0,"))
            #expect(predict.output.split(separator: "\n").count == 81)
        }
    }

    @Test func `The doctor lists the libraries`() async throws {
        try await Attar.inFolder { attar in
            let run = try await attar("doctor", "--json")
            #expect(run.status == 0)
            let libraries = try #require(try run.json()["libraries"] as? [[String: Any]])
            #expect(libraries.contains { $0["name"] as? String == "XGBoost" })
            #expect(libraries.allSatisfy { ($0["version"] as? String)?.contains(".") == true })
            #expect(try await attar("doctor").output.contains("XGBoost"))
        }
    }

    @Test(arguments: ["train", "distill", "predict", "evaluate", "inspect", "doctor"])
    func `Each subcommand's help has an example`(_ name: String) async throws {
        try await Attar.inFolder { attar in
            let run = try await attar(name, "--help")
            #expect(run.status == 0)
            #expect(run.output.contains("EXAMPLE"))
            #expect(run.output.contains("attar \(name)"))
        }
    }

    @Test func `Ctrl-C stops a run, which leaves nothing behind`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit, "s.attar": "old"]) { attar in
            // A teacher that trains for minutes: however late the signal comes, it comes in the middle.
            let run = try await attar(
                "distill", "data.csv", "--target", "fruit", "--teacher", "forest[trees=100000]", "--out", "s.attar",
                "--report", "r.html", interruptedAfter: "training")
            #expect(run.wasInterrupted)
            #expect(run.status == SIGINT)
            #expect(run.words.contains("attar: error: stopped while"))
            #expect(try attar.names() == ["data.csv", "s.attar"])
            #expect(try attar.text("s.attar") == "old")
        }
    }
}
