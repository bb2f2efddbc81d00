import Attar
import Compute
import Testing

/// Rows of several kinds: what each family makes of a text or a picture beside numbers.
struct MixedRowsTests {
    /// Families with the way in which they are given texts; nil for their own.
    private static let readers: [(String, String?)] = [
        ("linear", "ngrams[2048]"), ("linear", "terms"), ("tree[leaves=16]", nil), ("forest[trees=40]", nil),
        ("boost[rounds=60]", nil), ("mlp[16,epochs=60]", nil), ("mlp[16,epochs=60]", "ngrams[2048]"),
        ("bag[16,epochs=40]", nil), ("text-cnn[2,filters=8,width=8,dropout=0,epochs=40]", nil),
        ("gru[8,width=8,epochs=60]", nil),
    ]

    private static func accuracy(_ name: String, way: String?, only column: String? = nil) throws -> Double {
        let rows = column.map { MixedTable.rows(400, only: $0) } ?? MixedTable.rows(400)
        let asked = column.map { MixedTable.rows(300, only: $0, seed: 2) } ?? MixedTable.rows(300, seed: 2)
        let (model, encoder) = try MixedTable.fitted(name, on: rows, way: way)
        return try TransferSet(asked, encoder: encoder).accuracy(of: model)
    }

    @Test(arguments: readers)
    func `Each family learns from text and number together what neither tells alone`(
        name: String, way: String?
    ) throws {
        let joined = try Self.accuracy(name, way: way)
        // Each alone is right where the other could not change the answer, which is five times in six.
        #expect(joined > 0.9, "\(name)")
    }

    @Test func `Neither a text nor a number alone tells the class`() throws {
        #expect(try Self.accuracy("linear", way: "ngrams[2048]", only: "note") < 0.88)
        #expect(try Self.accuracy("boost[rounds=60]", way: nil, only: "bill") < 0.88)
    }

    @Test(arguments: readers)
    func `A model is the same after saving, and answers one row as it answers all`(name: String, way: String?) throws {
        let rows = MixedTable.rows(80)
        let (model, encoder) = try MixedTable.fitted(
            name.replacing("epochs=60", with: "epochs=3").replacing("epochs=40", with: "epochs=3"), on: rows, way: way)
        let file = try Artifact(model: model, metadata: ArtifactMetadata()).encoded()
        let read = try Artifact(bytes: file, path: "m").model
        #expect(read.encoder == encoder)
        let asked = MixedTable.rows(20, seed: 3).with(target: .some(nil))
        let answers = model.outputs(for: try encoder.encoded(asked)).matrix
        #expect(read.outputs(for: try read.encoder.encoded(asked)).matrix == answers)
        // From the raw row on, as a program asks that has no table.
        let raw = try encoder.rawRows(asked)
        let session = read.session()
        for row in 0..<asked.count {
            var features = [Float](repeating: .nan, count: encoder.width)
            var encoded = features.mutableSpan
            encoder.encode(Array(raw.row(row)).span, into: &encoded)
            var one: [Float] = [0, 0]
            var span = one.mutableSpan
            session.predict(features.span, into: &span)
            #expect(abs(one[0] - answers[row, 0]) < 1e-5)
        }
    }

    @Test func `A linear model of values reads both, too`() throws {
        let rows = MixedTable.rows(200)
        let values = Matrix(
            rows: 200, columns: 1,
            elements: try (0..<200).map { row in
                let bill = try rows.columns[0].requiredNumbers()[row]
                return 50 + 10 * (Float(2 * (row % 2) - 1) + bill)
            })
        for way in ["ngrams[2048]", "terms"] {
            let encoder = try FeatureEncoder(
                fittedTo: rows, text: TextFeatures(method: TextMethod(way), readers: [Family.linear.reader]))
            let set = TransferSet(
                task: .regression(["price"]), encoder: encoder, features: try encoder.encoded(rows), values: values)
            let model = try LinearEstimator().fitted(
                to: set, validation: nil, context: FittingContext(loss: .labelsOnly(.values)))
            let answers = model.outputs(for: set.features).matrix
            #expect((0..<200).allSatisfy { abs(answers[$0, 0] - values[$0, 0]) < 1.5 }, "\(way)")
        }
    }

    /// Pictures of a bright upper or lower half, and a number; the class tells whether they agree.
    private static func pictures(_ count: Int, seed: UInt64 = 1) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "pictures")
        var (pixels, numbers, labels): ([Float], [Float], [Int32]) = ([], [], [])
        for row in 0..<count {
            let isUpper = row % 2 == 0
            let number = 2 * generator.uniform() - 1
            pixels += (0..<64).map {
                ($0 < 32) == isUpper ? 0.8 + 0.2 * generator.uniform() : 0.2 * generator.uniform()
            }
            numbers.append(number)
            labels.append((number > 0) == isUpper ? 1 : 0)
        }
        return Dataset(
            source: "pictures.npz",
            columns: [Column("picture", .tensor(pixels, shape: [8, 8])), Column("heat", .numeric(numbers))],
            target: Target(name: "agree", classes: ["no", "yes"], labels: labels))
    }

    @Test(arguments: ["cnn[4,8,head=flatten,epochs=40]", "mlp[16,epochs=60]", "forest[trees=60]"])
    func `A picture beside a number is read with it`(name: String) throws {
        let (model, encoder) = try MixedTable.fitted(name, on: Self.pictures(300))
        #expect(try TransferSet(Self.pictures(200, seed: 2), encoder: encoder).accuracy(of: model) > 0.9)
        let file = try Artifact(model: model, metadata: ArtifactMetadata()).encoded()
        let asked = try encoder.encoded(Self.pictures(5, seed: 3))
        #expect(
            try Artifact(bytes: file, path: "m").model.outputs(for: asked).matrix == model.outputs(for: asked).matrix)
    }

    @Test func `Two texts beside a number are two branches`() throws {
        let rows = MixedTable.rows(60)
        let two = rows.with(columns: rows.columns + [Column("title", .text(rows.columns[1].texts ?? []))])
        for name in ["linear", "mlp[8,epochs=2]", "gru[4,width=4,epochs=2]"] {
            let (model, encoder) = try MixedTable.fitted(name, on: two, way: "words[256]")
            #expect(encoder.blocks.count == 3)
            #expect(model.outputs(for: try encoder.encoded(two)).matrix.elements.allSatisfy(\.isFinite))
        }
    }

    @Test func `A network in bytes reads both kinds, too`() throws {
        let (model, encoder) = try MixedTable.fitted("bag[8,epochs=30,precision=int8]", on: MixedTable.rows(300))
        #expect(try TransferSet(MixedTable.rows(200, seed: 2), encoder: encoder).accuracy(of: model) > 0.9)
    }

    @Test func `Who reads numbers only is not given ids`() throws {
        let rows = MixedTable.rows(40)
        #expect(
            sentence { try MixedTable.fitted("forest", on: rows, way: "words") }
                .contains("forest reads numbers, and --text words makes ids"))
        let alone = MixedTable.rows(40, only: "note")
        #expect(sentence { try MixedTable.fitted("mlp[4]", on: alone, way: "ngrams") }.contains("Use --text folded"))
    }
}
