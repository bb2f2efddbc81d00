import Foundation
import Testing

/// Small runs of the command over every family, kind of data, kind of teacher and way of distilling, against what they gave before:
/// `Tests/GoldenRuns`, whose README says how to compare to the bit and when to write the expected results anew.
struct GoldenRunTests {
    private static let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../GoldenRuns").standardized
    private static let expected = folder.appendingPathComponent("expected")

    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: expected.path)) ?? [])
        .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }.sorted()

    /// What `golden.py` prints, and its exit status.
    private static func golden(_ arguments: String..., in folder: URL) async throws -> (status: Int32, text: String) {
        try await ProgramRun.output(
            of: URL(fileURLWithPath: Python.interpreter()),
            ["-B", Self.folder.appendingPathComponent("golden.py").path] + arguments,
            to: folder.appendingPathComponent("golden.txt"), takesErrors: true)
    }

    @Test(arguments: names)
    func `A run gives what it gave before`(name: String) async throws {
        try await Attar.inFolder { attar in
            let run = try await Self.golden("check", Attar.executable().path, name, in: attar.folder)
            #expect(run.status == 0, "\(run.text)")
            #expect(run.text.contains("same    \(name)"))
        }
    }

    @Test func `Every run whose result other machines share is compared`() async throws {
        try await Attar.inFolder { attar in
            let listed = try await Self.golden("list", in: attar.folder).text.split(separator: "\n")
                .compactMap { $0.split(separator: ":").first.map(String.init) }
            #expect(Set(listed).subtracting(Self.names) == ["usual"])
            #expect(Self.names.count > 20)
        }
    }

    /// Places in a run's expected results, and what is put there.
    static let changes = [
        ("a number", #""mean": 48.8818"#, #""mean": 58.8818"#),
        ("a family", #""family": "svm""#, #""family": "swm""#),
        ("a setting", #""temperature": 3"#, #""temperature": 4"#),
        ("a class", #""high", "low", "mid""#, #""high", "low", "mud""#),
        ("a status", #""status": 0"#, #""status": 2"#),
    ]

    @Test func `A result that is not the expected one is told by its place`() async throws {
        try await Attar.inFolder { attar in
            let file = Self.expected.appendingPathComponent("svm.json")
            var text = try String(contentsOf: file, encoding: .utf8)
            for (what, before, after) in Self.changes {
                #expect(text.contains(before), "\(what)")
                text = text.replacing(before, with: after)
            }
            try attar.write(Data(text.utf8), to: "svm.json")
            let run = try await Self.golden(
                "check", Attar.executable().path, "svm", "--expected=\(attar.folder.path)", in: attar.folder)
            #expect(run.status == 1)
            for place in ["columns[0]/mean", "document/family", "recipe/temperature", "/task/names", "/status"] {
                #expect(run.text.contains(place), "\(place): \(run.text)")
            }
        }
    }
}
