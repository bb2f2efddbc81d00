import Foundation
import Testing

/// What `verify` measures again, what it believes, and what a model card says of it.
struct VerifyCommandTests {
    private static let distil = [
        "distill", "data.csv", "--target", "fruit", "--teacher", "tree[leaves=12]", "--student", "linear", "--strategy",
        "teacher", "--seeds", "1", "--evidence", "quick", "--quiet", "--out", "s.attar",
    ]

    /// The file with something in its document put in the place of something else of the same length.
    private static func forged(_ attar: Attar, _ text: String, by other: String) throws -> Data {
        var bytes = try attar.bytes("s.attar")
        let (old, new) = (Data(text.utf8), Data(other.utf8))
        try #require(old.count == new.count)
        let place = try #require(bytes.range(of: old), "the file does not hold '\(text)'")
        bytes.replaceSubrange(place, with: new)
        return bytes
    }

    @Test func `What was not measured again is named, and training again finds a forged decision`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            #expect(try await attar.run(Self.distil).status == 0)
            let brief = try await attar("verify", "s.attar", "data.csv", "--json")
            #expect(brief.status == 0, "\(brief.words)")
            #expect(
                brief.words.contains(
                    "verdict, decision, labelsOnly, difference, baseline (--training trains everything again)"),
                "\(brief.words)")
            #expect(brief.words.contains("(--teacher TEACHER measures them)"))
            #expect(brief.words.contains("the rest is what the file says"))
            #expect(!brief.words.contains("The certificate of 's.attar' holds."))
            let unmeasured = try #require(try brief.json()["unmeasured"] as? [[String: Any]])
            #expect(unmeasured.contains { $0["name"] as? String == "decision" && $0["needs"] as? String == "training" })

            let whole = try await attar("verify", "s.attar", "data.csv", "--training")
            #expect(whole.status == 0, "\(whole.words)")
            for name in [
                "verdict", "decision", "labelsOnly.accuracy", "teacher.accuracy", "agreement", "trained student",
            ] {
                #expect(whole.words.contains("same    \(name): "), "\(name)\n\(whole.words)")
            }
            #expect(whole.words.contains("The certificate of 's.attar' holds."))

            try attar.write(
                try Self.forged(attar, #"\"kind\":\"do not ship\""#, by: #"\"kind\":\"ship\"       "#), to: "f.attar")
            #expect(try await attar("verify", "f.attar", "data.csv").status == 0)
            let found = try await attar("verify", "f.attar", "data.csv", "--training")
            #expect(found.status == 1 && found.words.contains("DIFFERS decision: "), "\(found.words)")
            let untrained = try await attar("verify", "s.attar", "data.csv", "--teacher", "tree")
            #expect(untrained.status == 64 && untrained.words.contains("Give --training"))
        }
    }

    @Test(arguments: ["always", "never"])
    func `A teacher is calibrated before it is held against its figures, as it was before it taught`(when: String)
        async throws
    {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            _ = try await attar(
                "train", "data.csv", "--target", "fruit", "--model", "forest[trees=5,depth=2]", "--out", "t.attar",
                "--quiet")
            let run = try await attar.run(
                Self.distil.map { $0 == "tree[leaves=12]" ? "t.attar" : $0 } + ["--calibrate", when])
            #expect(run.status == 0, "\(run.words)")
            let verified = try await attar("verify", "s.attar", "data.csv", "--teacher", "t.attar")
            #expect(verified.status == 0, "\(verified.words)")
            for name in ["teacher", "teacher.logLoss", "klToTeacher"] {
                #expect(verified.words.contains("same    \(name): "), "\(name)\n\(verified.words)")
            }
        }
    }

    @Test(arguments: [[], ["--test", "data/test.csv"], ["--sets", "none"]])
    func `A model card's own commands hold when they are run`(options: [String]) async throws {
        try await Attar.inFolder(["rows one.csv": SmallData.fruit]) { attar in
            try FileManager.default.createDirectory(at: attar.file("data"), withIntermediateDirectories: true)
            let lines = try attar.text("rows one.csv").split(separator: "\n")
            try attar.write(
                Data((lines.prefix(1) + lines.suffix(40)).joined(separator: "\n").utf8 + [10]), to: "data/test.csv")
            var words = Self.distil
            words[1] = "rows one.csv"
            let run = try await attar.run(words + options + ["--out", "out s.attar", "--report", "card.md"])
            try #require(run.status == 0, "\(run.words)")
            let card = try attar.text("card.md")
            let block = try #require(card.range(of: "```sh\n")).upperBound
            let commands = card[block...].prefix { $0 != "`" }.split(separator: "\n")
            #expect(
                commands.count == (options == ["--sets", "none"] ? 2 : 3),
                "\(commands)")
            try attar.write(Data(try attar.text("rows one.csv").utf8), to: "new.csv")
            for command in commands {
                let ran = try await attar.run(Self.words(command))
                #expect(ran.status == 0, "\(command)\n\(ran.words)")
            }
        }
    }

    /// A command line as a shell parts it, without the program's name.
    private static func words(_ command: Substring) -> [String] {
        var (words, isQuoted) = ([""], false)
        for character in command {
            if character == "'" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                words.append("")
            } else {
                words[words.count - 1].append(character)
            }
        }
        return Array(words.dropFirst())
    }
}
