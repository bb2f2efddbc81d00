import Attar
import Compute
import Testing

struct QuantizedModelTests {
    private static let sample = Result { try MLPEstimatorTests.Sample(rows: 300, seed: 1) }

    private static func model(_ options: String = "", classifies: Bool = true) throws -> any Model {
        let rows = try sample.get()
        return try MLPEstimatorTests.fitted(
            "mlp[12,7,epochs=3\(options)]", to: classifies ? rows.classification() : rows.regression())
    }

    private static func artifact(_ model: any Model) -> Artifact {
        Artifact(model: model, metadata: ArtifactMetadata(created: "2026-11-24T03:34:49Z"))
    }

    @Test(arguments: [true, false])
    func `A file in bytes has format 2, 8-bit weights and the same answers to the bit`(classifies: Bool) throws {
        let model = try Self.model(",precision=int8", classifies: classifies)
        let artifact = Self.artifact(model)
        let bytes = try artifact.encoded()
        let read = try Artifact(bytes: bytes, path: "m.attar")
        let features = try Self.sample.get().features
        #expect(read.model.outputs(for: features) == model.outputs(for: features))
        #expect(try read.encoded() == bytes)
        #expect(artifact.formatVersion == 2)
        let file = try SafetensorsFile(bytes: bytes, path: "m.attar")
        #expect(file.metadata["attar"]?.contains(#""format":2"#) == true)
        #expect(file.metadata["attar"]?.contains(#""precision":"int8""#) == true)
        let width = features.columns
        let weights = [
            ("dense0.weight", [width, 12]), ("dense1.weight", [12, 7]), ("dense2.weight", [7, model.task.width]),
        ]
        for (name, shape) in weights {
            let tensor = try #require(file.tensors[name])
            guard case .int8(let values) = tensor.storage else {
                Issue.record("\(name) is not in bytes")
                continue
            }
            #expect(tensor.shape == shape && values.contains { abs(Int($0)) == 127 })
        }
    }

    @Test func `A file in floats stays of format 1, as earlier versions read it`() throws {
        let artifact = Self.artifact(try Self.model())
        let document = try #require(
            try SafetensorsFile(bytes: artifact.encoded(), path: "m.attar").metadata["attar"])
        #expect(artifact.formatVersion == 1 && document.contains(#""format":1"#))
        #expect(!document.contains("precision"))
    }

    @Test(arguments: [true, false])
    func `A model in bytes answers nearly as the same one in floats, and says how nearly`(classifies: Bool) throws {
        let floats = try Self.model(classifies: classifies)
        let bytes = try Self.model(",precision=int8", classifies: classifies)
        let features = try Self.sample.get().features
        let (own, other) = (bytes.outputs(for: features).matrix, floats.outputs(for: features).matrix)
        #expect(own != other)
        #expect(floats.notes.isEmpty)
        let record = try #require((bytes as? MLPModel)?.quantization)
        #expect(record.rows == 300)
        if classifies {
            let same = zip(own.argmax(), other.argmax()).count { $0 == $1 }
            #expect(record.agreement == Double(same) / 300 && same >= 295)
            #expect(bytes.notes.first?.contains("On 300 rows that it learned from") == true)
        } else {
            #expect(record.agreement > 0.999 && record.accuracy == nil)
            #expect(bytes.notes.first?.contains("R² 0.99") == true)
        }
    }

    @Test func `An unknown precision is refused with those that there are`() throws {
        let error = #expect(throws: AttarError.self) { try Self.model(",precision=int4") }
        #expect(error?.code == .invalidSetting)
        #expect(error?.description == "mlp has no precision 'int4'. Give float32 or int8.")
    }

    @Test func `Damaged numbers and precisions are refused`() throws {
        let model = try Self.model(",precision=int8")
        func refuses(_ change: (inout ModelDescription) throws -> Void) throws {
            var description = model.description
            try change(&description)
            let error = #expect(throws: AttarError.self) {
                try MLPModel(description, task: model.task, encoder: model.encoder)
            }
            #expect(error?.code == .malformedArtifact)
        }
        try refuses { $0.tensors["features.quantization"] = Attar.Tensor([0.1, 256], shape: [2]) }
        try refuses { $0.tensors["features.quantization"] = Attar.Tensor([0.1, .nan], shape: [2]) }
        try refuses { $0.tensors["dense1.weight.scale"] = Attar.Tensor([Float](repeating: -1, count: 7), shape: [7]) }
        try refuses { $0.tensors["dense1.weight"] = Attar.Tensor([Int8](repeating: -128, count: 84), shape: [12, 7]) }
        try refuses { $0.tensors["dense1.weight"] = Attar.Tensor([Float](repeating: 1, count: 84), shape: [12, 7]) }
        try refuses { $0.settings = try JSONValue(parsing: $0.settings.text().replacing(#""int8""#, with: #""int3""#)) }
        try refuses {
            $0.settings = try JSONValue(parsing: $0.settings.text().replacing("[12,7]", with: "[100000,9000]"))
        }
    }

    @Test func `Rows that were made up do not set the ranges`() throws {
        let rows = try SampleRows.clouds(60)
        let model = try MLPEstimatorTests.fitted("mlp[4,epochs=1,precision=int8]", to: rows)
        var features = rows.features
        for row in 30..<60 { for column in 0..<features.columns { features[row, column] *= 50 } }
        let mixed = TransferSet(
            task: rows.task, encoder: rows.encoder, features: features, labels: rows.labels, weights: rows.weights,
            origins: (0..<60).map { $0 < 30 ? .real : .synthesised })
        let other = try MLPEstimatorTests.fitted("mlp[4,epochs=1,precision=int8]", to: mixed)
        func scale(_ model: any Model) throws -> Float {
            try model.description.floats("features.quantization", shape: [2])[0]
        }
        #expect(try scale(other) < 2 * scale(model))
    }
}
