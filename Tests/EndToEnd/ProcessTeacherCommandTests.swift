import Foundation
import Testing

/// Programs as teachers of whole runs.
struct ProcessTeacherCommandTests {
    /// A program that knows the fruit by its weight; the text at its start may do more.
    private static func program(_ start: String = "", _ each: String = "") -> String {
        """
        import json, os, signal, sys, time
        \(start)
        for line in sys.stdin:
            message = json.loads(line)
            if "id" not in message: continue
            row = message["row"]
            \(each)
            with open("asked.txt", "a") as file: file.write(f"{row['weight']},{row['noise']}\\n")
            kind = min(2, int((row["weight"] - 100) // 60))
            print(json.dumps({"id": message["id"], "probabilities": [0.9 if kind == k else 0.05 for k in range(3)]}))
        """
    }

    private static let distill = [
        "distill", "data.csv", "--target", "fruit", "--student", "tree[leaves=8]", "--strategy", "teacher", "--threads",
        "1",
    ]

    @Test func `A program is distilled, and its death in the middle costs no row`() async throws {
        let dying = """
            if row["noise"] == 9 and not os.path.exists("died"):
                    open("died", "w").close()
                    os.kill(os.getpid(), signal.SIGKILL)
            """
        try await Attar.inFolder(["data.csv": SmallData.fruit, "t.py": Self.program("", dying)]) { attar in
            let command = "command:'\(try Python.interpreter())' t.py"
            let run = try await attar.run(Self.distill + ["--teacher", command, "--batch", "16", "--json"])
            #expect(run.status == 0, "\(run.words)")
            #expect(try attar.names().contains("died"))
            let teacher = try #require(try run.json()["teacher"] as? [String: Any])
            #expect(teacher["accuracy"] != nil)
            for again in [
                ["verify", "student.attar", "data.csv"], ["evaluate", "data.csv", "--model", "student.attar"],
            ] {
                let asked = try await attar.run(again + ["--teacher", command])
                #expect(asked.status == 0 && asked.words.contains("asked the teacher '"), "\(asked.words)")
            }
        }
    }

    @Test func `Without a target the program's answers are learned, and the words are those of fidelity`() async throws
    {
        try await Attar.inFolder(["data.csv": SmallData.bare, "t.py": Self.program()]) { attar in
            let run = try await attar(
                "distill", "data.csv", "--student", "tree[leaves=8]", "--strategy", "teacher", "--threads", "1",
                "--teacher", "command:'\(try Python.interpreter())' t.py", "--classes", "apple,pear,plum", "--json",
                "--evidence", "quick")
            #expect(run.status == 0, "\(run.words)")
            #expect(run.words.contains("no target is named") && !run.words.contains("helped"), "\(run.words)")
            #expect(run.words.contains("The teacher will be asked") && run.words.contains("asked the teacher"))
            let document = try run.json()
            #expect(document["labelsOnly"] is NSNull && document["withoutLabels"] as? Bool == true)
            let student = try #require(document["student"] as? [String: Any])
            #expect(student["agreement"] != nil && student["accuracy"] == nil)
            let asked = try #require((document["asked"] as? [[String: Any]])?.first)
            #expect(asked["asked"] as? Int ?? 0 >= 90 && asked["failed"] as? Int == 0)
        }
    }

    @Test func `Programs end with the run, even where that is killed`() async throws {
        let start = #"open(f"process-{os.getpid()}", "w").close()"#
        try await Attar.inFolder(["data.csv": SmallData.fruit, "t.py": Self.program(start, "time.sleep(1000)")]) {
            attar in
            let command = "command:'\(try Python.interpreter())' t.py"
            let ended = try attar.run(Self.distill + ["--teacher", command]) {
                try attar.names().contains { $0.hasPrefix("process-") }
            }
            #expect(!ended)
            let name = try #require(try attar.names().first { $0.hasPrefix("process-") })
            let process = try #require(Int32(name.dropFirst("process-".count)))
            // The system ends it; this ends when it has.
            while kill(process, 0) == 0 { usleep(1000) }
        }
    }

    @Test func `A scikit-learn model teaches through the ready script`() async throws {
        try await Attar.inFolder { attar in
            try Python.run(
                """
                import joblib, pandas
                from sklearn.datasets import load_wine
                from sklearn.linear_model import LogisticRegression
                from sklearn.pipeline import make_pipeline
                from sklearn.preprocessing import StandardScaler
                wine = load_wine(as_frame=True)
                joblib.dump(make_pipeline(StandardScaler(), LogisticRegression()).fit(wine.data, wine.target), "wine.joblib")
                wine.frame.to_csv("wine.csv", index=False)
                """, in: attar.folder)
            let script = Python.example("sklearn_teacher.py")
            let run = try await attar(
                "distill", "wine.csv", "--target", "target", "--teacher",
                "command:'\(try Python.interpreter())' '\(script)' wine.joblib", "--workers", "2", "--student",
                "linear", "--json")
            #expect(run.status == 0, "\(run.words)")
            let teacher = try #require(try run.json()["teacher"] as? [String: Any])
            let accuracy = try #require((teacher["accuracy"] as? [String: Any])?["value"] as? Double)
            #expect(accuracy > 0.95)
        }
    }

    @Test func `A program that fails is one sentence, and the run ends with status 1`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let run = try await attar.run(Self.distill + ["--teacher", "command:sh -c 'echo no model >&2; exit 4'"])
            #expect(run.status == 1)
            #expect(run.words.contains("ended with status 4; its last words: no model"), "\(run.words)")
        }
    }
}
