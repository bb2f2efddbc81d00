import Attar
import Foundation
import Testing

/// Files that are opened, and files that are not.
struct ONNXModelTests {
    @Test func `A model tells its inputs, outputs and metadata`() throws {
        let model = try ONNXFixtures.model("digits-forest")
        #expect(model.inputs == [ONNXPort(name: "X", kind: .tensor(.float), shape: [nil, 64])])
        #expect(model.outputs.map(\.name) == ["label", "probabilities"])
        #expect(model.outputs.map(\.element) == [.int64, .float])
        #expect(try ONNXFixtures.model("cancer-logits").metadata == ["names": "{0: 'benign', 1: 'malignant'}"])
        #expect(try ONNXFixtures.model("cancer-forest").outputs[1].kind == .sequence)
    }

    @Test func `Named tensors go in, the outputs asked for come out`() throws {
        let model = try ONNXFixtures.model("tokens")
        let ids = ONNXTensor(shape: [2, 3], .int64([1, 2, 3, 4, 0, 0]))
        let mask = ONNXTensor(shape: [2, 3], .int64([1, 1, 1, 1, 0, 0]))
        let values = try model.run(["input_ids": ids, "attention_mask": mask], outputs: ["last_hidden_state"])
        guard case .tensor(let hidden) = values.first, case .float(let numbers) = hidden.storage else {
            Issue.record("no floats")
            return
        }
        #expect(hidden.shape == [2, 3, 8])
        #expect(numbers[40...].allSatisfy { $0 == 0 } && numbers[..<40].contains { $0 != 0 })
        #expect(sentence { try model.run(["input_ids": ids]) }.contains("'attention_mask'"))
        #expect(
            sentence { try model.run(["input_ids": ids, "attention_mask": mask], outputs: ["y"]) }.contains(
                "no output 'y'"))
        let wrong = ONNXTensor(shape: [2, 2], .int64([1, 1, 1, 1]))
        #expect(!sentence { try model.run(["input_ids": ids, "attention_mask": wrong]) }.isEmpty)
    }

    @Test func `Many threads may ask one model`() throws {
        let model = try ONNXFixtures.model("kinds")
        let shape = [1, 1]
        let answers = try concurrently(64, threads: 8) { index in
            try model.run([
                "a": ONNXTensor(shape: shape, .float([Float(index)])), "b": ONNXTensor(shape: shape, .double([0])),
                "c": ONNXTensor(shape: shape, .int64([0])), "d": ONNXTensor(shape: shape, .int32([0])),
                "e": ONNXTensor(shape: shape, .uint8([0])), "f": ONNXTensor(shape: shape, .bool([0])),
                "g": ONNXTensor(shape: shape, .float16([0])), "h": ONNXTensor(shape: shape, .int8([0])),
                "t": ONNXTensor(shape: shape, .string(["two"])),
            ])
        }
        for (index, answer) in answers.enumerated() {
            #expect(answer == [.tensor(ONNXTensor(shape: [1, 9], .float([Float(index), 0, 0, 0, 0, 0, 0, 0, 2])))])
        }
    }

    @Test func `Numbers in a file beside the model are read, and count for its fingerprint`() throws {
        let model = try ONNXFixtures.model("hostile/inside/beside")
        #expect(model.externalFiles == ["beside.bin"])
        let values = try model.run(["x": ONNXTensor(shape: [1, 4], .float([1, 1, 1, 1]))])
        #expect(values == [.tensor(ONNXTensor(shape: [1, 3], .float([18, 22, 26])))])
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appendingPathComponent("beside.onnx").path
        try FileManager.default.copyItem(atPath: model.path, toPath: copy)
        try Data(repeating: 1, count: 48).write(to: folder.appendingPathComponent("beside.bin"))
        #expect(try ONNXModel(path: copy).fingerprint() != model.fingerprint())
    }

    @Test(arguments: [
        ("above", "'../secret.bin', which is outside of the model's folder"),
        ("absolute", "secret.bin', which is outside of the model's folder"),
        ("link", "'link.bin', which links to a place outside of the model's folder"),
        ("missing", "'missing.bin', which is not there"),
        ("memory", "'*/_ORT_MEM_ADDR_/*', which is no name of a file"),
        ("branch", "'../secret.bin', which is outside of the model's folder"),
    ])
    func `A model cannot make its reader open other files`(_ name: String, _ phrase: String) {
        let words = sentence { try ONNXFixtures.model("hostile/inside/\(name)") }
        #expect(words.contains(phrase), "\(words)")
    }

    @Test(arguments: [("hostile/unknown-operator", "Frobnicate"), ("hostile/newer", "Opset 99")])
    func `What ONNX Runtime refuses is said in one short sentence`(_ name: String, _ phrase: String) {
        let words = sentence { try ONNXFixtures.model(name) }
        #expect(words.contains("cannot open") && words.contains(phrase), "\(words)")
        #expect(!words.contains("onnxruntime_src") && !words.contains("::"), "\(words)")
        #expect(words.count < 500 && !words.contains("\n"), "\(words)")
    }

    @Test func `A file that is cut, empty or of another kind is refused`() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: ONNXFixtures.path("cancer-svc.onnx")))
        _ = try ONNXFixtures.model("kinds")
        for bytes in [Data(), Data("no model".utf8), whole.prefix(whole.count / 2), whole.prefix(100), Data(count: 64)]
        {
            let words = try withFile(bytes, named: "m.onnx") { path in sentence { try ONNXModel(path: path) } }
            #expect(words.contains("m.onnx'"), "\(bytes.count) bytes: \(words)")
        }
        #expect(sentence { try ONNXModel(path: "/nowhere/m.onnx") }.contains("there is no file '/nowhere/m.onnx'"))
    }

    @Test func `Damaged files are refused or opened, and never end the process`() throws {
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: ONNXFixtures.path("cancer-logits.onnx"))))
        _ = try ONNXFixtures.model("kinds")
        for place in stride(from: 0, to: whole.count, by: 7) {
            var bytes = whole
            bytes[place] ^= UInt8(1 << (place % 8))
            try withFile(bytes, named: "m.onnx") { path in
                guard let model = try? ONNXModel(path: path, threads: 1) else { return }
                _ = try? model.run(
                    Dictionary(
                        model.inputs.map {
                            ($0.name, ONNXTensor(shape: [1, 30], .float([Float](repeating: 1, count: 30))))
                        },
                        uniquingKeysWith: { first, _ in first }))
            }
        }
    }

    @Test func `An answer that is no number is refused with teacher, row and remedy`() async throws {
        let rows = Dataset(source: "l.csv", columns: [Column("a", .numeric([1, -1])), Column("b", .numeric([1, 1]))])
        let teacher = try ONNXFixtures.teacher("logarithms", for: rows)
        let words = await sentence { try await teacher.predict(rows) }
        #expect(words.contains("logarithms.onnx' answers l.csv, row 2 with NaN"), "\(words)")
    }
}
