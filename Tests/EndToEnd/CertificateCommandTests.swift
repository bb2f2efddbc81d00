import Foundation
import Testing

/// What a certificate is asked on the command line: requirements, verification, sets.
struct CertificateCommandTests {
    private static let distil = [
        "distill", "data.csv", "--target", "fruit", "--teacher", "tree[leaves=12]", "--student", "linear", "--strategy",
        "teacher", "--seeds", "1", "--quiet", "--out", "s.attar",
    ]

    @Test func `A requirement that does not hold is status 2 with both numbers, and the student is written`()
        async throws
    {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let kept = try await attar.run(Self.distil + ["--require", "accuracy >= 0.1, bytes < 1000000"])
            #expect(kept.status == 0, "\(kept.words)")
            let refused = try await attar.run(Self.distil + ["--require", "accuracy > 1"])
            #expect(refused.status == 2)
            #expect(refused.words.contains("refused: 'accuracy > 1' does not hold: accuracy is "))
            #expect(refused.words.contains("where > 1.0000 is asked for"))
            #expect(refused.words.contains("Decision: "))
            let wrong = try await attar.run(Self.distil + ["--require", "acuracy > 1"])
            #expect(wrong.status == 64 && wrong.words.contains("Did you mean 'accuracy'?"))
            let other = try await attar.run(Self.distil + ["--require", "r2 > 0"])
            #expect(other.status == 64 && other.words.contains("which a classification does not have"))

            let measured = try await attar(
                "evaluate", "data.csv", "--model", "s.attar", "--teacher", "s.attar", "--require",
                "accuracy >= teacher, agreement >= 100%")
            #expect(measured.status == 0, "\(measured.words)")
            let below = try await attar("evaluate", "data.csv", "--model", "s.attar", "--require", "acc > 100%")
            #expect(below.status == 2)
        }
    }

    @Test func `The flag alone asks that distilling helped, also before the data`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            var words = Self.distil
            words.remove(at: 1)
            words[words.firstIndex(of: "teacher") ?? 0] = "labels"
            let flag = try await attar.run(words + ["--require", "data.csv"])
            #expect(flag.status == 2, "\(flag.words)")
            #expect(flag.words.contains("'helped' does not hold"))
            let strategy = try #require(Self.distil.firstIndex(of: "--strategy"))
            var labels = Self.distil
            labels[strategy + 1] = "labels"
            #expect(try await attar.run(labels + ["--require"]).status == 2)
        }
    }

    @Test func `A certificate is measured again, and other rows or another model are noticed`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            #expect(try await attar.run(Self.distil).status == 0)
            let same = try await attar("verify", "s.attar", "data.csv", "--json")
            #expect(same.status == 0, "\(same.words)")
            #expect(same.words.contains("What was measured again of the certificate of 's.attar' holds"))
            let checks = try #require(try same.json()["checks"] as? [[String: Any]])
            #expect(
                checks.map { $0["name"] as? String ?? "" }.prefix(4) == ["data", "test rows", "student", "accuracy"])
            // A cell of the last row is another.
            var lines = try attar.text("data.csv").split(separator: "\n").map(String.init)
            let last = lines.removeLast()
            let cells = last.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let number = try #require(cells.firstIndex { Double($0) != nil })
            var changed = cells
            changed[number] = "\((Double(cells[number]) ?? 0) + 1)"
            lines.append(changed.joined(separator: ","))
            try attar.write(Data((lines.joined(separator: "\n") + "\n").utf8), to: "other.csv")
            let other = try await attar("verify", "s.attar", "other.csv")
            #expect(other.status == 1)
            #expect(other.words.contains("DIFFERS data"))

            try attar.write(try await SmallData.tree.value, to: "t.attar")
            let none = try await attar("verify", "t.attar", "data.csv")
            #expect(none.status == 1 && none.words.contains("Give a file that 'attar distill' of this version wrote"))
        }
    }
}
