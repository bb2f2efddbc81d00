import Foundation
import Testing

/// Tables as people have them, from the file to the answers and back.
struct TableReadingTests {
    /// Rows of a decimal comma, a date, a word of truth and a class that follows from the date's weekday.
    private static func european(_ rows: Range<Int>, answers: Bool = true) -> String {
        let lines = rows.map { row -> String in
            let day = 1 + row % 28
            let month = 1 + row / 28 % 12
            let label = answers ? (row * 7 % 10 < 5 ? ";20240101" : ";20240102") : ""
            let date = "\(day < 10 ? "0" : "")\(day).\(month).2023"
            return "\(row);\(row * 7 % 10),\(row % 10)5;\(date);\(row % 2 == 0 ? "True" : "FALSE")\(label)"
        }
        return ";size;joined;member\(answers ? ";day" : "")\n" + lines.joined(separator: "\n") + "\n"
    }

    @Test func `A European table is trained on, said how it was read, and read alike for predictions`() async throws {
        let files = [
            "rows.csv": Self.european(0..<300), "new.csv": Self.european(300..<330, answers: false),
            "new.jsonl": (300..<330).map { row -> String in
                let date = "\(1 + row % 28).\(1 + row / 28 % 12).2023"
                return
                    "{\"size\": \(row * 7 % 10).\(row % 10)5, \"joined\": \"\(date)\", \"member\": \(row % 2 == 0)}"
            }.joined(separator: "\n"),
        ]
        try await Attar.inFolder(files) { attar in
            let trained = try await attar.run([
                "train", "rows.csv", "--target", "day", "--task", "classification", "--model", "tree[leaves=8]",
                "--out",
                "m.attar", "--quiet",
            ])
            #expect(trained.status == 0, "\(trained.words)")
            for sentence in [
                "note: rows.csv is read with decimal commas, as in '0,05' in column 'size' (--decimal . reads points).",
                "numbers the rows and is left out",
                "note: Column 'joined' is read as dates with the day first: models see days, month, weekday and hour",
                "note: Column 'day' holds whole numbers above 16,777,216: as classes",
            ] {
                #expect(trained.words.components(separatedBy: sentence).count == 2, "\(trained.words)")
            }
            let answers = try await attar.run(["predict", "new.csv", "--model", "m.attar", "--quiet"])
            #expect(answers.status == 0 && answers.output.contains("probability:20240101,probability:20240102"))
            let expected = (300..<330).map { $0 * 7 % 10 < 5 ? "20240101" : "20240102" }
            let found = answers.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
            #expect(found.map(String.init) == expected)
            // The same rows in another format, with points and words of truth as JSON has them.
            let lines = try await attar.run(["predict", "new.jsonl", "--model", "m.attar", "--quiet"])
            #expect(lines.output == answers.output, "\(lines.words)")
        }
    }

    @Test func `Classes that a reader of tables would change are measured as themselves`() async throws {
        let lines = (0..<80).map { "{\"x\": \($0 % 10), \"y\": \"\($0 % 10 < 5 ? "2.0" : "1.0")\"}" }
        let rows = (0..<40).map { "\($0 % 10),\($0 % 10 < 5 ? "2.0" : "1.0")" }
        let files = [
            "rows.jsonl": lines.joined(separator: "\n"), "new.csv": "x,y\n" + rows.joined(separator: "\n") + "\n",
        ]
        try await Attar.inFolder(files) { attar in
            let trained = try await attar(
                "train", "rows.jsonl", "--target", "y", "--model", "tree[leaves=2]", "--out", "m.attar", "--quiet")
            #expect(trained.status == 0, "\(trained.words)")
            let measured = try await attar("evaluate", "new.csv", "--target", "y", "--model", "m.attar", "--json")
            #expect(measured.status == 0, "\(measured.words)")
            let figures = try #require(try measured.json()["student"] as? [String: [String: Double]])
            #expect(figures["accuracy"]?["value"] == 1, "\(measured.output)")
        }
    }

    @Test func `Types, separators, marks and headers are forced by flags, and wrong ones are one sentence`()
        async throws
    {
        let rows = (0..<60).map { "\($0 % 7 + 10_000)|\($0 % 10),5|\($0 % 3)|\($0 % 2 == 0 ? "a" : "b")" }
        try await Attar.inFolder(["rows.csv": "zip|size|id|y\n" + rows.joined(separator: "\n") + "\n"]) { attar in
            func train(_ options: String...) async throws -> Attar.Run {
                try await attar.run(
                    [
                        "train", "rows.csv", "--target", "y", "--model", "tree[leaves=4]", "--out", "m.attar",
                        "--quiet",
                    ] + options)
            }
            let forced = try await train(
                "--separator", "|", "--decimal", ",", "--column", "zip=categorical", "--column", "id=unused")
            #expect(forced.status == 0 && !forced.words.contains("note: rows.csv"), "\(forced.words)")
            let shown = try await attar.run(["inspect", "m.attar"])
            #expect(shown.words.contains("2: zip, size") || shown.output.contains("2: zip, size"), "\(shown)")
            // What was left out may be there.
            let answers = try await attar.run(["predict", "rows.csv", "--model", "m.attar", "--quiet"])
            #expect(answers.status == 0, "\(answers.words)")
            for (options, status, sentence) in [
                (["--column", "zip=number"], 64, "'number' in 'zip=number' is no type of a column"),
                (["--column", "zap=text"], 1, "rows.csv has no column 'zap'. Did you mean 'zip'?"),
                (["--separator", "||"], 64, "the separator is '||', but must be one character"),
                (["--decimal", ";"], 64, "decimal is ;, but must be . or ,"),
                (["--header", "maybe"], 64, "header is maybe, but must be yes or no"),
            ] as [([String], Int32, String)] {
                let run = try await attar.run(
                    ["train", "rows.csv", "--target", "y", "--model", "tree", "--quiet"] + options)
                #expect(run.status == status && run.words.contains(sentence), "\(run.words)")
            }
        }
    }
}
