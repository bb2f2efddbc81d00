import Foundation
import Testing

/// The command with teachers in ONNX files.
struct ForeignTeacherTests {
    private static let models = URL(
        fileURLWithPath: ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? "\(NSHomeDirectory())/.cache"
    ).appendingPathComponent("attar/fixtures/models/onnx_models").path

    /// The command finds ONNX Runtime in the Python that the fixtures were made with.
    private static let python = URL(fileURLWithPath: models).appendingPathComponent("../../python/bin").standardized
        .path

    /// Runs the command with that Python first on the PATH.
    private static func run(_ attar: Attar, _ arguments: String...) async throws -> Attar.Run {
        let paths = ["PATH": "\(python):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"]
        return try await attar.run(arguments, environment: paths)
    }

    @Test func `A forest of scikit-learn is distilled, and its time is measured`() async throws {
        try await Attar.inFolder { attar in
            let run = try await Self.run(
                attar, "distill", "\(Self.models)/breast-cancer-train.csv", "--test",
                "\(Self.models)/breast-cancer-test.csv",
                "--target", "diagnosis", "--teacher", "\(Self.models)/cancer-forest.onnx", "--student",
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
            let data = "\(Self.models)/breast-cancer-test.csv"
            let answers = try await Self.run(
                attar, "predict", data, "--model", "\(Self.models)/cancer-svc.onnx", "--out", "a.csv")
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
                "predict", "\(Self.models)/digits-test.csv", "--model", "\(Self.models)/digits-svc.onnx", "--quiet",
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
