import Foundation
import Testing

/// Runs that are killed at any moment go on to the bytes that they would have written.
struct CheckpointTests {
    private static let train = [
        "train", "data.csv", "--target", "fruit", "--model", "mlp[32,dropout=0.1,average=0.99,batch=2,epochs=6000]",
        "--out",
        "t.attar", "--threads", "1",
    ]
    private static let keeping = ["--checkpoint", "kept", "--checkpoint-every", "0.01s"]

    /// The steps that the folder's checkpoints have reached, by file.
    private static func steps(in attar: Attar) throws -> [String: Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: attar.file("kept").path)) ?? []
        var steps: [String: Int] = [:]
        for name in names where name.hasSuffix(".checkpoint") {
            // The header's text escapes the quotes of the document inside.
            guard let bytes = try? attar.bytes("kept/\(name)"), let key = bytes.range(of: Data(#"\"step\":"#.utf8))
            else { continue }
            steps[name] = Int(
                String(decoding: bytes[key.upperBound...].prefix { $0 != 44 && $0 != 125 }, as: UTF8.self))
        }
        return steps
    }

    /// Runs the command with checkpoints and kills it when they have come so far. No fit may fall behind where it was: one that began anew
    /// would save a low step.
    private static func run(
        _ arguments: [String], in attar: Attar, killedWhen isFar: ([String: Int]) -> Bool
    ) throws {
        let before = try steps(in: attar)
        var behind: Set<String> = []
        let ended = try attar.run(arguments + keeping) {
            let now = try steps(in: attar)
            behind.formUnion(before.filter { now[$0.key] ?? 0 < $0.value }.keys)
            return now != before && isFar(now)
        }
        #expect(!ended, "the run is too short for this test")
        #expect(behind.isEmpty)
    }

    @Test func `A run that is killed again and again ends with the bytes of one that is not`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let whole = try await attar.run(Self.train)
            #expect(whole.status == 0, "\(whole.words)")
            // The file tells how long a row takes, so not all of it is the same; the weights at its end are.
            let expected = try attar.bytes("t.attar").suffix(600)
            try FileManager.default.removeItem(at: attar.file("t.attar"))
            for least in [30_000, 0, 0] {
                try Self.run(Self.train, in: attar) { $0.values.reduce(0, +) >= least }
            }
            #expect(try await attar.run(Self.train + Self.keeping).status == 0)
            #expect(try attar.bytes("t.attar").suffix(600) == expected)
            #expect(try attar.names() == ["data.csv", "t.attar"], "the checkpoints are gone")
        }
    }

    @Test func `Checkpoints of another run, and folders that hold something else, are refused`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let arguments = Self.train + Self.keeping
            let note = attar.file("kept/run.json").path
            let ended = try attar.run(arguments) { FileManager.default.fileExists(atPath: note) }
            #expect(!ended, "the run is too short for this test")
            let other = try await attar.run(arguments + ["--seed", "2"])
            #expect(other.status == 64 && other.words.contains("the checkpoints in 'kept' belong to another run"))
            let mine = attar.folder.appendingPathComponent("mine")
            try FileManager.default.createDirectory(at: mine, withIntermediateDirectories: true)
            try Data("x".utf8).write(to: mine.appendingPathComponent("letter.txt"))
            let full = try await attar.run(Self.train + ["--checkpoint", "mine"])
            #expect(full.status == 64 && full.words.contains("holds something else, such as 'letter.txt'"))
        }
    }

    @Test(arguments: [[], ["--features", "hint", "--features", "similarity,weight=10"]])
    func `A distillation goes on, too, without fitting again what was fitted`(_ features: [String]) async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let distill =
                [
                    "distill", "data.csv", "--target", "fruit", "--teacher", "mlp[32,batch=2,epochs=2500]", "--student",
                    "mlp[8,batch=2,epochs=2500]", "--folds", "3", "--seeds", "2", "--strategy", "teacher", "--out",
                    "s.attar", "--threads", "1",
                ] + features
            #expect(try await attar.run(distill).status == 0)
            let student = try attar.bytes("s.attar")
            // Killed while the teacher and its copies are being fitted.
            for fits in [1, 2, 4] {
                try Self.run(distill, in: attar) { $0.count >= fits }
            }
            #expect(try await attar.run(distill + Self.keeping).status == 0)
            #expect(try attar.bytes("s.attar").suffix(160) == student.suffix(160))
        }
    }
}
