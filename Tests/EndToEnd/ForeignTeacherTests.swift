import Foundation
import Testing

/// The command with teachers in ONNX files.
struct ForeignTeacherTests {
    /// The path of a file that scripts/fixtures/onnx_models.py made.
    private static func model(_ name: String) throws -> String {
        try Python.fixture("models/onnx_models/\(name)")
    }

    /// Runs the command with the Python that the fixtures were made with first on the PATH: there it finds ONNX Runtime.
    private static func run(_ attar: Attar, _ arguments: String...) async throws -> Attar.Run {
        let python = URL(fileURLWithPath: try Python.interpreter()).deletingLastPathComponent().path
        let paths = ["PATH": "\(python):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"]
        return try await attar.run(arguments, environment: paths)
    }

    @Test func `A forest of scikit-learn is distilled, and its time is measured`() async throws {
        try await Attar.inFolder { attar in
            let run = try await Self.run(
                attar, "distill", Self.model("breast-cancer-train.csv"), "--test",
                Self.model("breast-cancer-test.csv"),
                "--target", "diagnosis", "--teacher", Self.model("cancer-forest.onnx"), "--student",
                "mlp[8,epochs=20]",
                "--strategy", "teacher", "--seeds", "1", "--json")
            #expect(run.status == 0, "\(run.words)")
            let json = try run.json()
            let student = try #require(json["student"] as? [String: [String: Double]])
            let teacher = try #require(json["teacher"] as? [String: [String: Double]])
            #expect(try #require(student["agreement"]?["value"]) > 0.9)
            #expect(try #require(teacher["latencyMicroseconds"]?["value"]) > 1)
        }
    }

    @Test func `Answers of a model in an ONNX file are written, and teach as a file`() async throws {
        try await Attar.inFolder { attar in
            let data = try Self.model("breast-cancer-test.csv")
            let answers = try await Self.run(
                attar, "predict", data, "--model", Self.model("cancer-svc.onnx"), "--out", "a.csv")
            #expect(answers.status == 0, "\(answers.words)")
            let lines = try attar.text("a.csv").split(separator: "\n")
            #expect(lines.first == "row,prediction,probability:benign,probability:malignant")
            #expect(lines.count == 143)
            let run = try await Self.run(
                attar, "distill", data, "--target", "diagnosis", "--teacher", "predictions:a.csv", "--student",
                "mlp[8,epochs=20]", "--strategy", "teacher", "--seeds", "1")
            #expect(run.status == 0, "\(run.words)")
        }
    }

    @Test func `Where ONNX Runtime is missing, one line says how to install it`() async throws {
        try await Attar.inFolder { attar in
            let arguments = [
                "predict", try Self.model("digits-test.csv"), "--model", try Self.model("digits-svc.onnx"), "--quiet",
            ]
            let run = try await attar.run(arguments, environment: ["ATTAR_ONNXRUNTIME": "/nowhere"])
            #expect(run.status == 1)
            #expect(run.words.contains("ATTAR_ONNXRUNTIME names '/nowhere', which is not there"), "\(run.words)")
            #expect(run.words.split(separator: "\n").count == 1)
        }
    }

    @Test func `The doctor says which ONNX Runtime there is, and its version`() async throws {
        try await Attar.inFolder { attar in
            let run = try await Self.run(attar, "doctor", "--json")
            let libraries = try #require(try run.json()["loadedLibraries"] as? [[String: Any]])
            let runtime = try #require(libraries.first { $0["name"] as? String == "ONNX Runtime" })
            #expect((runtime["version"] as? String)?.contains(".") == true)
            #expect((runtime["details"] as? String)?.contains("found through") == true)
            let without = try await attar.run(["doctor"], environment: ["ATTAR_ONNXRUNTIME": "/nowhere"])
            #expect(without.status == 0)
            #expect(without.output.contains("--  ONNX Runtime is not there"))
            #expect(without.output.contains("pip install onnxruntime"))
        }
    }
}
