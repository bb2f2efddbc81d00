import Attar
import Foundation

extension Surface {
    /// Readers of models and of what belongs to them.
    static let models: [Surface] = [
        Surface("attar", seeds: released) {
            Envelopes.tensors($0, &$1)
        } read: { bytes, _ in
            let artifact = try Artifact(bytes: bytes, path: "m.attar")
            _ = try artifact.encoded()
            for rows in try answered.get() {
                do { _ = try await artifact.model.predict(rows) } catch let error as AttarError
                    where error.code == .schemaMismatch
                {}
            }
        },
        Surface("onnx", made: [onnx]) {
            $1.changed($0, isText: false)
        } read: { bytes, folder in
            _ = try ONNXFile(written(bytes, "m.onnx", in: folder)).externalFiles
        },
        Surface("onnx-classes") {
            $1.changed($0, isText: true)
        } read: { bytes, _ in
            let text = String(decoding: bytes, as: UTF8.self)
            for width in [1, 2, 3] { _ = ONNXClassNames.inMetadata(["names": text], width: width) }
        },
        Surface("xgboost", seeds: ["Tests/AttarTests/Golden/trees/xgboost.json"]) {
            $1.changed($0, isText: true)
        } read: {
            try await ask(written($0, "m.json", in: $1))
        },
        Surface("xgboost-ubj", seeds: ["Tests/AttarTests/Golden/trees/xgboost.ubj"]) {
            $1.changed($0, isText: false)
        } read: {
            try await ask(written($0, "m.ubj", in: $1))
        },
        Surface("lightgbm", seeds: ["Tests/AttarTests/Golden/trees/lightgbm.txt"]) {
            $1.changed($0, isText: true)
        } read: {
            try await ask(written($0, "m.txt", in: $1))
        },
        Surface("tokenizer", made: tokenizers) {
            $1.changed($0, isText: true)
        } read: { bytes, _ in
            let tokenizer = try Tokenizer(bytes: bytes, source: "tokenizer.json")
            for line in ["", "The Rose garden of 1,234 teachers isn't  far.", "知識 é e\u{301} 👩‍👩‍👧\t\r\n", "a\u{0}b"] {
                _ = tokenizer.encode(line, maxLength: 16)
            }
        },
    ]

    /// Asks a tree file about a few rows.
    private static func ask(_ path: String) async throws {
        let rows = try treeRows.get()
        for rows in [rows, rows.with(target: .some(nil))] {
            let teacher = try TeacherSource(path).teacher(for: rows)
            _ = try await teacher.predict(rows)
        }
    }

    private static let released = [
        "boost", "cnn", "ensemble", "gru", "mlp", "mlp-bytes", "resnet", "static", "svm", "text-cnn", "text-folded",
        "transformer",
        "tree-calibrated", "linear-costs",
    ].map { "Tests/AttarTests/Released/\($0).attar" }

    /// Rows that the released models answer.
    private static let answered = Result {
        try ["table.csv", "texts.jsonl", "tokens.npz", "pictures.npz"].map { name in
            let rows = try Dataset.read(
                repository.appendingPathComponent("Tests/AttarTests/Released/rows/\(name)").path)
            return rows.selecting(Array(0..<min(3, rows.count)))
        }
    }

    private static let treeRows = Result {
        let rows = try Dataset.read(repository.appendingPathComponent("Tests/AttarTests/Golden/trees/table.csv").path)
        return rows.selecting(Array(0..<min(5, rows.count)))
    }

    private static let tokenizers: [[UInt8]] = {
        let file = repository.appendingPathComponent("Tests/AttarTests/Golden/text/tokenizers.json")
        guard let data = try? Data(contentsOf: file),
            case .object(let kinds)? = try? JSONValue(parsing: String(decoding: data, as: UTF8.self))["tokenizers"]
        else { fatalError("'\(file.path)' is missing") }
        return kinds.keys.sorted().compactMap { name in
            if case .string(let text)? = kinds[name]?["file"] { Array(text.utf8) } else { nil }
        }
    }()

    /// A graph with a node, whose attribute is a tensor, and a tensor with numbers in another file: messages as Protocol Buffers write them.
    private static let onnx: [UInt8] = {
        func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { [number << 3 | 2, UInt8(bytes.count)] + bytes }
        func text(_ number: UInt8, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }
        let entry = field(13, text(1, "location") + text(2, "m.onnx")) + field(13, text(1, "offset") + text(2, "0"))
        let tensor = [0x08, 0x02, 0x10, 0x01] + text(8, "w") + entry
        let node =
            text(1, "x") + text(2, "y") + text(4, "Constant")
            + field(5, text(1, "value") + field(5, [0x08, 0x01, 0x10, 0x01]))
        return [0x08, 0x08] + text(2, "test") + field(7, field(1, node) + text(2, "g") + field(5, tensor))
    }()
}
