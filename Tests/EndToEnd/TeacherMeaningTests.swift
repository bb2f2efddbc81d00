import Foundation
import Testing

/// Model files whose meaning is easily lost, through the command: the answers are those of the libraries.
struct TeacherMeaningTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../AttarTests/Golden/trees/meanings").standardizedFileURL

    /// The library's probabilities of the second class.
    private static func expected(_ model: String) throws -> [Double] {
        let data = try Data(contentsOf: folder.appendingPathComponent("answers.json"))
        let all = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [Double]])
        return try #require(all[model])
    }

    /// The last field of each line behind the header.
    private static func answers(_ run: Attar.Run) -> [Double] {
        run.output.split(separator: "\n").dropFirst().compactMap {
            $0.split(separator: ",").last.flatMap { Double($0) }
        }
    }

    private func predict(_ model: String, on table: String, _ flags: [String] = []) async throws {
        try await Attar.inFolder { attar in
            let path = { Self.folder.appendingPathComponent($0).path }
            let run = try await attar.run(["predict", path(table), "--model", path(model)] + flags)
            #expect(run.status == 0, "\(run.words)")
            let (own, expected) = (Self.answers(run), try Self.expected(model))
            #expect(own.count == expected.count)
            #expect(zip(own, expected).allSatisfy { abs($0 - $1) < 1e-5 })
        }
    }

    @Test(arguments: [
        "names.json", "categories-blanks.json", "categories-blanks.txt", "categories-absent.json",
        "categories-dates.txt", "categories-beyond-ascii.json", "truths.txt",
    ])
    func `Predictions are the library's own`(_ model: String) async throws {
        try await predict(model, on: "\(model.split(separator: ".")[0]).csv")
    }

    @Test func `A number that stands for missing values can be named, and begins with a dash`() async throws {
        try await predict("missing.json", on: "missing.csv", ["--missing", "-999"])
    }

    @Test func `Columns behind those of a model without names are left alone where that is allowed`() async throws {
        try await predict("nameless.json", on: "nameless.csv", ["--allow-extra-columns"])
    }

    @Test func `A student remembers how its rows were read`() async throws {
        let lines = (0..<120).map { row in
            let isKnown = row % 3 > 0
            return "\(isKnown ? "\(row % 7)" : "-999"),\(isKnown && row % 7 > 3 ? "yes" : "no")"
        }
        let table = "x,y\n" + lines.joined(separator: "\n") + "\n"
        let files = ["data.csv": table, "empty.csv": table.replacingOccurrences(of: "-999", with: "")]
        try await Attar.inFolder(files) { attar in
            let run = try await attar(
                "train", "data.csv", "--target", "y", "--model", "tree[leaves=4]", "--missing", "-999", "--out",
                "m.attar")
            #expect(run.status == 0, "\(run.words)")
            #expect(run.words.contains("-999 in 40 rows, which is read as missing"), "\(run.words)")
            let marked = try await attar("predict", "data.csv", "--model", "m.attar")
            let empty = try await attar("predict", "empty.csv", "--model", "m.attar")
            #expect(marked.status == 0 && marked.output == empty.output, "\(marked.words)")
        }
    }
}
