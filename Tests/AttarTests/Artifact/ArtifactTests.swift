import Attar
import Compute
import Testing

struct ArtifactTests {
    private static let rows = Dataset(
        source: "rows.csv",
        columns: [
            Column("a", .numeric((0..<30).map { Float($0 % 10) - 0.1 })),
            Column("b", .categorical(codes: (0..<30).map { Int32($0 % 3) }, categories: ["x", "y", "z ✓\""])),
        ], target: Target(name: "c", classes: ["no", "yes"], labels: (0..<30).map { $0 % 10 < 5 ? 0 : 1 }))

    private static func artifact() async throws -> Artifact {
        var recipe = Recipe()
        recipe.seed = .max
        recipe.threads = 1
        return try await TrainedTeacher(Specification("tree[leaves=4]"), on: rows, recipe: recipe).artifact
    }

    @Test func `A model is read back to the bit, with its record`() async throws {
        var artifact = try await Self.artifact()
        artifact.metadata.teacherFingerprint = Fingerprint(hex: "00ff")
        let bytes = try artifact.encoded()
        let read = try Artifact(bytes: bytes, path: "m.attar")
        #expect(read.metadata == artifact.metadata)
        #expect(read.metadata.seed == .max)
        #expect(read.model.fingerprint == artifact.model.fingerprint)
        #expect(try await read.model.predict(Self.rows) == artifact.model.predict(Self.rows))
        #expect(try read.encoded() == bytes)
    }

    @Test func `Plain safetensors and unknown families are told apart from damage`() async throws {
        let artifact = try await Self.artifact()
        var file = try SafetensorsFile(bytes: artifact.encoded(), path: "m.attar")
        let document = try #require(file.metadata["attar"])
        for (text, phrase): (String?, String) in [
            (nil, "is a safetensors file, but not an .attar file"),
            ("{}", "document in it cannot be read"),
            (document.replacing(#""family":"tree""#, with: #""family":"shrub""#), "no model family 'shrub'"),
            (document.replacing(#""format":1"#, with: #""format":9"#), "has format version 9"),
            (document.replacing(#""names":["no","yes"]"#, with: #""names":["no","no"]"#), "two of the same"),
        ] {
            file.metadata["attar"] = text
            let error = #expect(throws: AttarError.self) { try Artifact(bytes: file.encoded(), path: "m.attar") }
            #expect(error?.code == .malformedArtifact)
            #expect(error?.problem.contains(phrase) == true, "\(String(describing: error))")
        }
    }

    @Test func `Ten thousand random changes each load or are refused`() async throws {
        let bytes = try await Self.artifact().encoded()
        var generator = SeededGenerator(seed: 21, stream: "fuzz")
        var loaded = 0
        for _ in 0..<10_000 {
            var changed = bytes
            for _ in 0...generator.index(below: 3) {
                changed[generator.index(below: bytes.count)] =
                    generator.index(below: 2) == 0
                    ? Array("0123456789-[]{},:e\"".utf8)[generator.index(below: 19)]
                    : UInt8(generator.index(below: 256))
            }
            do {
                let model = try Artifact(bytes: changed, path: "m.attar").model
                _ = model.outputs(for: Matrix(rows: 1, columns: model.encoder.width))
                loaded += 1
            } catch is AttarError {}
        }
        #expect(loaded > 0 && loaded < 10_000, "\(loaded) loaded")
    }

    @Test func `Columns that training did not have are refused, the target is not`() async throws {
        let artifact = try await Self.artifact()
        let extra = Self.rows.with(
            columns: Self.rows.columns + [Column("d", .numeric([Float](repeating: 0, count: 30)))])
        let error = #expect(throws: AttarError.self) { try artifact.checkColumns(of: extra) }
        #expect(error?.problem == "'rows.csv' has a column that the model was not trained on: 'd'")
        let target = Self.rows.with(
            columns: Self.rows.columns + [Column("c", .numeric([Float](repeating: 0, count: 30)))])
        try artifact.checkColumns(of: target)
    }
}
