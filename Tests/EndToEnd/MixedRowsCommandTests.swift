import Foundation
import Testing

/// Tables of texts beside numbers, from the command line: who reads what, and what is said of the rest.
struct MixedRowsCommandTests {
    /// Numbers below a bound that follow from a seed.
    private struct Chance {
        var state: UInt64
        mutating func next(_ below: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % below
        }
    }

    private static let moods = [
        ["the soup was cold and the waiter rude", "we waited an hour and left hungry", "never again, a sad evening"],
        [
            "a warm welcome and a lovely meal", "the best fish in town, kind people",
            "we laughed all night and ate well",
        ],
    ]
    private static let ends = ["on Monday", "with our aunt", "before the play", "near the harbour", "in the rain"]

    /// Reviews: a row number, a name, a note, a bill, and whether the guest comes again, which note and bill tell together.
    private static func reviews(_ rows: Int, seed: UInt64) -> String {
        var chance = Chance(state: seed)
        var text = "id,name,note,bill,again\n"
        for row in 0..<rows {
            let mood = Int(chance.next(2))
            let bill = Int(chance.next(3001)) - 1500
            // More notes than categories have values.
            let note = "\(moods[mood][Int(chance.next(3))]) \(ends[Int(chance.next(5))]) at table \(chance.next(60))"
            text +=
                "\(row),Ann Smith\(chance.next(100_000)),\"\(note)\",\(bill),\(2000 * mood - 1000 + bill > 0 ? "yes" : "no")\n"
        }
        return text
    }

    private static func accuracy(_ run: Attar.Run, of model: String = "student") throws -> Double {
        let figures = try #require(try run.json()[model] as? [String: Any])
        return try #require((figures["accuracy"] as? [String: Any])?["value"] as? Double)
    }

    @Test(arguments: ["linear", "boost[rounds=60]"])
    func `A model reads the note beside the bill, and says once what it leaves out`(model: String) async throws {
        try await Attar.inFolder(["r.csv": Self.reviews(400, seed: 1), "new.csv": Self.reviews(200, seed: 2)]) {
            attar in
            // Few buckets, so that a build for debugging is not long about it.
            let way = model == "linear" ? ["--text", "ngrams[4096]"] : []
            let train = try await attar.run(
                ["train", "r.csv", "--target", "again", "--model", model, "--out", "m.attar", "--json", "--quiet"] + way
            )
            #expect(train.status == 0, "\(train.words)")
            #expect(try Self.accuracy(train) > 0.75)
            // A way that is named reads all texts, names among them.
            let left = [("id", "row")] + (way.isEmpty ? [("name", "names or codes")] : [])
            for (column, reason) in left {
                let said = train.words.components(separatedBy: "Column '\(column)' is left out: it ").count - 1
                #expect(said == 1 && train.words.contains(reason))
            }
            let notes = try #require(try train.json()["notes"] as? [String])
            #expect(notes.count == left.count && notes.allSatisfy { $0.contains("--keep") })
            let evaluate = try await attar("evaluate", "new.csv", "--model", "m.attar", "--json")
            #expect(evaluate.status == 0, "\(evaluate.words)")
            #expect(try Self.accuracy(evaluate) > 0.75)
            let predict = try await attar("predict", "new.csv", "--model", "m.attar", "--out", "p.csv")
            #expect(predict.status == 0, "\(predict.words)")
            #expect(try attar.text("p.csv").split(separator: "\n").count == 201)
            let inspect = try await attar("inspect", "m.attar")
            #expect(inspect.output.contains("note, bill"))
        }
    }

    @Test func `A student of both kinds is distilled with made-up rows, verified and named with its columns`()
        async throws
    {
        try await Attar.inFolder(["r.csv": Self.reviews(300, seed: 1)]) { attar in
            let run = try await attar(
                "distill", "r.csv", "--target", "again", "--teacher", "forest[trees=40]", "--student",
                "tree[leaves=12]",
                "--strategy", "munge+noise", "--synthesised", "1", "--folds", "2", "--seeds", "1", "--evidence",
                "quick",
                "--json")
            #expect(run.status == 0, "\(run.words)")
            #expect(try Self.accuracy(run) > 0.8)
            #expect(run.words.components(separatedBy: "Column 'name' is left out").count == 2)
            let notes = try #require(try run.json()["notes"] as? [String])
            #expect(notes.count { $0.contains("is left out") } == 2)
            // Nothing warns of a row number that nobody reads.
            #expect(!run.words.contains("says nothing of new rows"))
            let verify = try await attar("verify", "student.attar", "r.csv")
            #expect(verify.status == 0, "\(verify.words)")
            let inspect = try await attar("inspect", "student.attar")
            #expect(inspect.output.contains("note has '"))
        }
    }

    @Test func `A network for texts takes the numbers in, and one for numbers the texts`() async throws {
        try await Attar.inFolder(["r.csv": Self.reviews(300, seed: 1)]) { attar in
            for student in ["text-cnn[2,filters=8,width=8,dropout=0,epochs=30]", "mlp[8,epochs=40]"] {
                let run = try await attar(
                    "distill", "r.csv", "--target", "again", "--text", "words[512]", "--teacher", "linear", "--student",
                    student, "--strategy",
                    "teacher", "--folds", "2", "--seeds", "1", "--evidence", "quick", "--json", "--quiet")
                #expect(run.status == 0, "\(run.words)")
                #expect(try Self.accuracy(run) > 0.6, "\(student)")
            }
        }
    }

    @Test func `A program that teaches is told every column, whatever its student reads`() async throws {
        let program = """
            import json, sys
            for line in sys.stdin:
                message = json.loads(line)
                if "id" in message:
                    row = message["row"]
                    assert row["name"].startswith("Ann") and "id" in row and len(row["note"].split()) > 0
                    good = any(word in row["note"] for word in ("warm", "best", "laughed"))
                    p = 0.95 if (1000 if good else -1000) + row["bill"] > 0 else 0.05
                    print(json.dumps({"id": message["id"], "probabilities": {"yes": p, "no": 1 - p}}), flush=True)
            """
        let files = ["r.csv": Self.reviews(200, seed: 1), "teacher.py": program]
        try await Attar.inFolder(files) { attar in
            let run = try await attar(
                "distill", "r.csv", "--target", "again", "--teacher", "command:python3 teacher.py", "--student",
                "linear",
                "--text", "terms", "--strategy", "noise", "--synthesised", "1", "--folds", "2", "--seeds", "1",
                "--evidence", "quick",
                "--json")
            #expect(run.status == 0, "\(run.words)")
            #expect(try Self.accuracy(run) > 0.8)
        }
    }

    @Test func `Row numbers beside names are no data, and what is kept or left out by name is`() async throws {
        let lines = Self.reviews(100, seed: 1).split(separator: "\n").map { line in
            let fields = line.split(separator: ",")
            return "\(fields[0]),\(fields[1]),\(fields[fields.count - 1])"
        }
        try await Attar.inFolder(["n.csv": lines.joined(separator: "\n") + "\n", "r.csv": Self.reviews(100, seed: 1)]) {
            attar in
            let refused = try await attar("train", "n.csv", "--target", "again", "--model", "linear")
            #expect(refused.status == 1)
            #expect(refused.words.contains("nothing to learn from but the column 'id', which rises from row to row"))
            #expect(refused.words.contains("--keep 'name' reads it as a text"))
            let kept = try await attar(
                "train", "n.csv", "--target", "again", "--model", "linear", "--keep", "name", "--json")
            #expect(kept.status == 0, "\(kept.words)")
            let wrong = try await attar("train", "r.csv", "--target", "again", "--model", "linear", "--keep", "nam")
            #expect(wrong.status == 64 && wrong.words.contains("--keep names 'nam'"))
            #expect(wrong.words.contains("Did you mean 'name'?"))
            let bare = try await attar(
                "train", "r.csv", "--target", "again", "--model", "tree[leaves=4]", "--text", "none", "--out", "b.attar"
            )
            #expect(bare.status == 0 && !bare.words.contains("is left out"))
        }
    }
}
