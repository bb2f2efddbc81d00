import Foundation
import Testing

/// What the command says of data that gives away what is to be found out.
struct LeakCommandTests {
    /// Numbers from −1 to 1 that follow from a seed.
    private struct Chance {
        var state: UInt64
        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) / Double(1 << 30) - 1
        }
    }

    /// Rows of four numbers and a coin.
    private static func coin(_ rows: Int, seed: UInt64) -> [String] {
        var chance = Chance(state: seed)
        return (0..<rows).map { _ in
            (0..<4).map { _ in String(format: "%.5f", chance.next()) }.joined(separator: ",")
                + (chance.next() > 0 ? ",yes" : ",no")
        }
    }

    private static func table(_ rows: [String], _ header: String = "x0,x1,x2,x3,y") -> String {
        ([header] + rows).joined(separator: "\n") + "\n"
    }

    private static func distil(_ options: String...) -> [String] {
        [
            "distill", "rows.csv", "--target", "y", "--strategy", "teacher", "--seeds", "1", "--evidence", "quick",
            "--quiet", "--json",
        ]
            + options
    }

    private static func leaks(_ run: Attar.Run) throws -> [[String: Any]] {
        let evidence = try #require(try run.json()["evidence"] as? [String: Any])
        return try #require((evidence["leaks"] as? [String: Any])?["found"] as? [[String: Any]])
    }

    @Test func `Test rows from among the training rows are not shipped on, nor is a test that is the training`()
        async throws
    {
        let rows = Self.coin(600, seed: 1)
        let files = [
            "rows.csv": Self.table(rows), "test.csv": Self.table(rows.prefix(200) + Self.coin(100, seed: 2)),
        ]
        try await Attar.inFolder(files) { attar in
            let some = try await attar.run(
                Self.distil("--test", "test.csv", "--teacher", "forest[trees=50]", "--student", "boost[rounds=20]"))
            #expect(some.status == 0, "\(some.words)")
            #expect(some.words.contains("Decision: do not ship."))
            #expect(some.words.contains("because: 200 of 300 test rows stand among the training rows"))
            #expect(try Self.leaks(some).map { $0["kind"] as? String } == ["sharedRows"])
            let all = try await attar.run(
                Self.distil(
                    "--test", "rows.csv", "--teacher", "forest[trees=20]", "--student", "tree[leaves=60]", "--report",
                    "r.html"))
            #expect(all.words.contains("because: The test rows are the training rows"))
            let page = try attar.text("r.html")
            #expect(page.contains("<h2>Leaks</h2>") || page.contains(">Leaks<"))
            #expect(page.contains("The figures are void. The test rows are the training rows"))
        }
    }

    @Test func `A student is not believed on its own rows, nor a teacher on rows that it has seen`() async throws {
        try await Attar.inFolder(["rows.csv": Self.table(Self.coin(500, seed: 3))]) { attar in
            let other = try await attar(
                "train", "rows.csv", "--target", "y", "--model", "tree[leaves=20]", "--seed", "7", "--out", "t.attar",
                "--quiet")
            #expect(other.status == 0, "\(other.words)")
            let run = try await attar.run(
                Self.distil("--teacher", "t.attar", "--student", "linear", "--out", "s.attar"))
            #expect(run.words.contains("are rows that the teacher was trained on"), "\(run.words)")
            #expect(run.words.contains("Decision: do not ship."))
            #expect(try Self.leaks(run).map { $0["kind"] as? String } == ["teacherRows"])
            // Trained with the same seed, it has not.
            _ = try await attar(
                "train", "rows.csv", "--target", "y", "--model", "tree[leaves=20]", "--out", "t.attar", "--quiet")
            let fair = try await attar.run(
                Self.distil("--teacher", "t.attar", "--student", "linear", "--out", "s.attar"))
            #expect(try Self.leaks(fair).isEmpty)

            let own = try await attar("evaluate", "rows.csv", "--model", "s.attar", "--report", "e.json")
            #expect(own.output.contains("350 of 500 test rows are rows that the model was trained on"), "\(own.output)")
            #expect(own.output.contains("Decision: do not ship."))
            let brief = try await attar("evaluate", "rows.csv", "--model", "s.attar")
            #expect(brief.output.contains("350 of 500 test rows are rows that the model was trained on"))
        }
    }

    @Test func `Copies, a column that is the target and one that counts the rows are warned of`() async throws {
        let noise = Self.coin(200, seed: 4)
        try await Attar.inFolder(["rows.csv": Self.table((0..<1200).map { noise[$0 * 7 % 200] })]) { attar in
            let run = try await attar.run(
                Self.distil("--teacher", "forest[trees=20]", "--student", "forest[trees=10]"))
            #expect(run.words.contains("warning: 1200 of 1200 rows are copies of another row"), "\(run.words)")
            // The coin cannot be known: as it would be where copies were on both sides.
            let student = try #require(try run.json()["student"] as? [String: [String: Double]])
            #expect(try #require(student["accuracy"]?["value"]) < 0.7)
            #expect(try Self.leaks(run).map { $0["voids"] as? Bool } == [false])
        }
        let told = Self.coin(400, seed: 5).map { row in
            let words = row.split(separator: ",")
            return words.dropLast().joined(separator: ",") + (words[4] == "yes" ? ",1,yes" : ",0,no")
        }
        try await Attar.inFolder(["rows.csv": Self.table(told, "x0,x1,x2,x3,x4,y")]) { attar in
            let run = try await attar.run(Self.distil("--teacher", "boost[rounds=5]", "--student", "linear"))
            #expect(
                run.words.contains("warning: The column 'x4' alone gives the target (area under ROC 1.000)"),
                "\(run.words)")
        }
        let sorted = Self.coin(400, seed: 6).sorted { $0.hasSuffix("no") && $1.hasSuffix("yes") }
        let numbered = sorted.enumerated().map {
            "\($0)," + $1.split(separator: ",").dropFirst().joined(separator: ",")
        }
        try await Attar.inFolder(["rows.csv": Self.table(numbered)]) { attar in
            let run = try await attar.run(Self.distil("--teacher", "boost[rounds=5]", "--student", "linear"))
            #expect(run.words.contains("warning: The column 'x0' rises from row to row"), "\(run.words)")
        }
    }

    @Test func `Groups and times are no features, part the rows, and a recipe names them, too`() async throws {
        let rows = Self.coin(300, seed: 8).enumerated().map { "\($0 % 30),2024-01-\(10 + $0 / 15),\($1)" }
        let header = "site,day,x0,x1,x2,x3,y"
        try await Attar.inFolder([
            "rows.csv": Self.table(rows, header), "r.yaml": "target: y\ngroup: site\n",
        ]) { attar in
            let run = try await attar.run(
                Self.distil(
                    "--recipe", "r.yaml", "--teacher", "boost[rounds=5]", "--student", "linear", "--out", "s.attar"))
            #expect(run.status == 0, "\(run.words)")
            #expect(try run.json()["testRows"] as? Int == 90)
            let inspected = try await attar("inspect", "s.attar")
            #expect(inspected.output.contains("5: day, x0, x1, x2, x3"))
            #expect(try await attar("predict", "rows.csv", "--model", "s.attar", "--out", "p.csv").status == 0)
            let verified = try await attar("verify", "s.attar", "rows.csv")
            #expect(verified.status == 0, "\(verified.words)")
            let later = try await attar.run(
                Self.distil("--time", "day", "--teacher", "boost[rounds=5]", "--student", "linear", "--out", "s.attar"))
            #expect(try later.json()["testRows"] as? Int == 90, "\(later.words)")
            let both = try await attar.run(Self.distil("--time", "day", "--group", "site"))
            #expect(both.status == 64 && both.words.contains("not by both"))
        }
    }
}
