import Foundation
import Testing

/// What a run leaves on the machine that it runs on, however it ends, and what reaches the terminal.
struct SafetyTests {
    private static let program = """
        import json, os, subprocess, sys
        keys = ["OPENAI_API_KEY", "HF_TOKEN", "AWS_ACCESS_KEY_ID", "MONKEY"]
        names = sorted(name for name in keys if name in os.environ)
        open("names.txt", "w").write(",".join(names))
        HELD
        for line in sys.stdin:
            message = json.loads(line)
            if "id" in message: print(json.dumps({"id": message["id"], "label": "apple"}))
        """

    private static let label = ["label", "data.csv", "--target", "fruit", "--out", "answers"]

    private static func command(_ attar: Attar, held: String = "") throws -> String {
        try attar.write(Data(program.replacing("HELD", with: held).utf8), to: "t.py")
        return "command:'\(try Python.interpreter())' t.py"
    }

    @Test func `What a program has started ends with the run`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            // A child of the program's that holds a lock on a file as long as it lives.
            let held = """
                import fcntl
                lock = open("lock", "w")
                fcntl.flock(lock, fcntl.LOCK_EX)
                subprocess.Popen(["sleep", "100000"], pass_fds=[lock.fileno()])
                """
            let command = try Self.command(attar, held: held)
            let run = try await attar.run(Self.label + ["--teacher", command])
            #expect(run.status == 0, "\(run.words)")
            let lock = open(attar.file("lock").path, O_RDWR)
            defer { close(lock) }
            // The system may take a moment to end it; without an end this would wait for a day.
            var isFree = false
            for _ in 0..<500 where !isFree {
                isFree = flock(lock, LOCK_EX | LOCK_NB) == 0
                if !isFree { usleep(10_000) }
            }
            #expect(isFree, "the program's child is alive")
        }
    }

    @Test func `Programs see no keys but those that are named`() async throws {
        let keys = ["OPENAI_API_KEY": "sk-1", "HF_TOKEN": "hf-1", "AWS_ACCESS_KEY_ID": "a-1", "MONKEY": "1"]
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let command = try Self.command(attar)
            let bare = try await attar.run(Self.label + ["--teacher", command], environment: keys)
            #expect(bare.status == 0, "\(bare.words)")
            #expect(try attar.text("names.txt") == "MONKEY")
            let named = try await attar.run(
                [
                    "label", "data.csv", "--target", "fruit", "--out", "other", "--teacher", command, "--key-variable",
                    "HF_TOKEN, AWS_ACCESS_KEY_ID",
                ],
                environment: keys)
            #expect(named.status == 0, "\(named.words)")
            #expect(try attar.text("names.txt") == "AWS_ACCESS_KEY_ID,HF_TOKEN,MONKEY")
            let failing = try Self.command(attar, held: "raise SystemExit('no key')")
            let failed = try await attar.run(
                ["label", "data.csv", "--target", "fruit", "--out", "third", "--teacher", failing], environment: keys)
            #expect(
                failed.words.contains(
                    "AWS_ACCESS_KEY_ID, HF_TOKEN, OPENAI_API_KEY are withheld from it unless named with --key-variable"),
                "\(failed.words)")
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func `A run that is asked to end leaves nothing behind, and ends as the signal would`(_ signal: Int32) async throws
    {
        try await Attar.inFolder(["data.csv": SmallData.fruit, "s.attar": "old"]) { attar in
            let run = try await attar.run(
                [
                    "distill", "data.csv", "--target", "fruit", "--teacher", "forest[trees=100000]", "--out", "s.attar",
                    "--log-dir", "logs",
                ], interruptedAfter: "training", by: signal)
            #expect(run.wasInterrupted && run.status == signal, "\(run.words)")
            #expect(try attar.names().filter { $0.hasSuffix(".partial") } == [])
            #expect(try attar.text("s.attar") == "old")
        }
    }

    @Test func `A reader who has had enough ends the run without a word`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let trained = try await attar(
                "train", "data.csv", "--target", "fruit", "--model", "linear", "--out", "m.attar")
            #expect(trained.status == 0)
            let run = try await attar.run(["predict", "data.csv", "--model", "m.attar"], isRead: false)
            #expect(run.wasInterrupted && run.status == SIGPIPE)
            #expect(!run.words.contains("error"), "\(run.words)")
        }
    }

    @Test func `Control characters in names do not reach the terminal, and long ones are cut`() async throws {
        let name = "a\u{1B}[2J\u{9B}31m\u{202E}b" + String(repeating: "long", count: 30_000)
        try await Attar.inFolder(["data.csv": SmallData.fruit, "bad.csv": "\(name),fruit\n1,x\n2\n"]) { attar in
            try attar.write(Data("\(name),fruit\n1,x\n2,y\n1,x\n2,y\n3,x\n".utf8), to: "odd.csv")
            for arguments in [
                ["train", "bad.csv", "--target", "\u{1B}[31mfruit", "--model", "linear", "--out", "m.attar"],
                ["train", "odd.csv", "--target", name, "--model", "linear", "--out", "\u{7}.attar"],
                ["train", "odd.csv", "--target", "colour", "--model", "linear", "--out", "m.attar"],
                ["train", "odd.csv", "--target", "fruit", "--model", "linear", "--out", "m.attar"],
                ["inspect", "m.attar"], ["predict", "data.csv", "--model", "m.attar"],
            ] {
                let run = try await attar.run(arguments)
                let said = run.words + (arguments[0] == "inspect" ? run.output : "")
                #expect(
                    !said.unicodeScalars.contains {
                        ($0.value < 0x20 && $0 != "\n" && $0 != "\t") || (0x7F..<0xA0).contains($0.value)
                            || $0.value == 0x202E
                    })
                #expect(run.words.utf8.count < 20_000, "\(run.words.utf8.count) bytes")
            }
        }
    }
}
