import Foundation
import Testing

/// Runs that are killed at any moment go on to the bytes that they would have written.
struct CheckpointTests {
    private static let train = [
        "train", "data.csv", "--target", "fruit", "--model", "mlp[32,dropout=0.1,average=0.99,epochs=4000]", "--out",
        "t.attar",
        "--threads", "1",
    ]

    @Test func `A run that is killed again and again ends with the bytes of one that is not`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let whole = try await attar.run(Self.train)
            #expect(whole.status == 0, "\(whole.words)")
            // The file tells how long a row takes, so not all of it is the same; the weights at its end are.
            let expected = try attar.bytes("t.attar").suffix(600)
            try FileManager.default.removeItem(at: attar.file("t.attar"))
            let interrupted = Self.train + ["--checkpoint", "kept", "--checkpoint-every", "0.01s"]
            var kills = 0
            // Longer and longer, so that even a slow machine gets to the end.
            while !(try await attar.run(interrupted, killedAfter: .milliseconds(120 + 60 * kills))) { kills += 1 }
            #expect(kills >= 2, "the run is too short for this test")
            #expect(try attar.bytes("t.attar").suffix(600) == expected)
            // A kill while the artifact is being written leaves a file with a temporary name, which nobody could remove.
            let names = try attar.names().filter { !$0.hasSuffix(".partial") }
            #expect(names == ["data.csv", "t.attar"], "the checkpoints are gone")
        }
    }

    @Test func `Checkpoints of another run, and folders that hold something else, are refused`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let arguments = Self.train + ["--checkpoint", "kept", "--checkpoint-every", "0.01s"]
            var time = Duration.milliseconds(100)
            while !FileManager.default.fileExists(atPath: attar.file("kept/run.json").path) {
                _ = try await attar.run(arguments, killedAfter: time)
                time *= 2
            }
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
                    "distill", "data.csv", "--target", "fruit", "--teacher", "mlp[32,epochs=300]", "--student",
                    "mlp[8,epochs=200]", "--folds", "3", "--seeds", "2", "--strategy", "teacher", "--out", "s.attar",
                    "--threads", "1",
                ] + features
            #expect(try await attar.run(distill).status == 0)
            let student = try attar.bytes("s.attar")
            let interrupted = distill + ["--checkpoint", "kept", "--checkpoint-every", "0.01s"]
            var kills = 0
            while !(try await attar.run(interrupted, killedAfter: .milliseconds(150 + 60 * kills))) { kills += 1 }
            #expect(kills >= 1, "the run is too short for this test")
            #expect(try attar.bytes("s.attar").suffix(160) == student.suffix(160))
        }
    }
}
