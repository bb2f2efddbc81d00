import Attar
import Compute
import Testing

struct TextDesignTests {
    private static let names = ["text-cnn", "gru", "bag"]
    private static let small = [
        "text-cnn[2,3,filters=8,width=8,epochs=30]", "gru[12,width=8,epochs=40]",
        "gru[8,6,width=8,bidirectional=true,dropout=0.1,epochs=40]", "bag[16,epochs=40]",
        "bag[8,8,weighted=true,pooling=sum,dropout=0.1,epochs=40]",
    ]

    /// Texts of up to `length` tokens from 1 to 20, padded at their ends; the class tells whether a token from 1 to 4 is among them.
    private static func texts(_ count: Int, length: Int = 10, seed: UInt64 = 1) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "texts")
        var ids: [Float] = []
        var labels: [Int32] = []
        for row in 0..<count {
            let tokens = Int.random(in: 3...length, using: &generator)
            var text = (0..<tokens).map { _ in Float(Int.random(in: 5...20, using: &generator)) }
            if row % 2 == 1 {
                text[Int.random(in: 0..<tokens, using: &generator)] = Float(Int.random(in: 1...4, using: &generator))
            }
            ids += text + [Float](repeating: 0, count: length - tokens)
            labels.append(Int32(row % 2))
        }
        return Dataset(
            source: "texts", columns: [Column("tokens", .tensor(ids, shape: [length]))],
            target: Target(name: "label", classes: ["plain", "marked"], labels: labels))
    }

    private static func fitted(_ text: String, _ rows: Dataset) throws -> any Model {
        let set = try TransferSet(rows, encoder: FeatureEncoder(fittedTo: rows))
        let specification = try Specification(text)
        return try Family.named(specification.name).estimator(specification)
            .fitted(to: set, validation: nil, context: .labels(set.task))
    }

    private static func answers(_ model: any Model, _ ids: [Float]) throws -> [Float] {
        let length = model.encoder.layout.count
        let rows = Dataset(source: "asked", columns: [Column("tokens", .tensor(ids, shape: [length]))])
        return model.outputs(for: try model.encoder.encoded(rows)).matrix.elements
    }

    @Test(arguments: small)
    func `Each learns which tokens matter, wherever they stand`(text: String) throws {
        let model = try Self.fitted(text, Self.texts(400))
        let test = Self.texts(200, seed: 2)
        let set = try TransferSet(test, encoder: model.encoder)
        #expect(set.accuracy(of: model) > 0.95)
    }

    @Test(arguments: small)
    func `A token that training never saw, whatever its id, has one answer, and padding alone has one, too`(
        text: String
    ) throws {
        let model = try Self.fitted(text, Self.texts(60))
        let rest: [Float] = [6, 7, 8, 0, 0, 0, 0, 0, 0]
        let strange = try Self.answers(model, [21] + rest)
        for id: Float in [22, 900, 16_000_000, -3] { #expect(try Self.answers(model, [id] + rest) == strange) }
        let empty = try Self.answers(model, [Float](repeating: 0, count: 10))
        #expect((strange + empty).allSatisfy { $0.isFinite })
        #expect(try Self.answers(model, [Float](repeating: .nan, count: 10)) == empty)
    }

    @Test(arguments: small.dropFirst())
    func `Padding at the beginning changes no more than at the end, for a state and for a mean`(text: String) throws {
        let model = try Self.fitted(text, Self.texts(60))
        let end = try Self.answers(model, [3, 9, 12, 7, 0, 0, 0, 0, 0, 0])
        let beginning = try Self.answers(model, [0, 0, 0, 0, 0, 0, 3, 9, 12, 7])
        #expect(zip(end, beginning).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test(arguments: [9, 11])
    func `Longer and shorter sequences than in training are refused with both lengths`(length: Int) throws {
        let model = try Self.fitted("bag[4,epochs=1]", Self.texts(20))
        let found = sentence { try model.encoder.encoded(Self.texts(3, length: length)) }
        #expect(
            found
                == "texts, column 'tokens': rows have \(length) tokens and the model was trained on 10. Cut longer sequences, and fill shorter ones with 0 as the training rows are."
        )
    }

    @Test(arguments: names)
    func `Rows that are no sequences of tokens are refused with what they are`(name: String) throws {
        func refusal(_ columns: [Column]) -> String {
            let target = Target(name: "y", classes: ["a", "b"], labels: [0, 1])
            return sentence { try Self.fitted(name, Dataset(source: "rows", columns: columns, target: target)) }
        }
        let tokens = Column("tokens", .tensor([1, 2, 3, 0], shape: [2]))
        let age = Column("age", .numeric([1, 2]))
        #expect(
            refusal([age]).contains(
                "takes sequences of token ids, but a row here has one column, 'age'. Give the ids as one array"))
        #expect(refusal([age, Column("b", .numeric([1, 2]))]).contains("but a row here has 2 separate columns"))
        // What stands beside tokens has a branch of its own.
        #expect(!refusal([tokens, age]).contains("takes sequences of token ids"))
        let negative = Column("tokens", .tensor([1, 2, -1, 3], shape: [2]))
        #expect(refusal([negative]).contains("has numbers in 'tokens' that are no whole numbers from 0"))
        let picture = Column("x", .tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: [2, 2]))
        #expect(refusal([picture]).contains("but a row here is a 2 × 2 × 1 picture"))
        let huge = Column("tokens", .tensor([1, 2, 9_000_000, 3], shape: [2]))
        #expect(refusal([huge]).contains("numbers for each of 9000002 tokens, since the greatest token id is 9000000"))
    }

    @Test(arguments: [
        "text-cnn[0]", "text-cnn[filters=0]", "text-cnn[width=0]", "text-cnn[dropout=1]", "gru[0]", "gru[width=0]",
        "gru[1,2,3,4,5,6,7,8,9]", "gru[bidirectional=2]", "bag[0]", "bag[8,0]", "bag[pooling=most]",
    ])
    func `Settings out of range are refused`(text: String) throws {
        let error = #expect(throws: AttarError.self) {
            let specification = try Specification(text)
            _ = try Family.named(specification.name).estimator(specification)
        }
        #expect(error?.code == .invalidSetting)
    }

    @Test func `Their options are read, and come back from a file`() throws {
        let text = try NetworkEstimator<TextCNNDesign>(Specification("text-cnn[2,4,filters=6,width=5,dropout=0.1]"))
        #expect(text.kernels == [2, 4] && text.filters == 6 && text.width == 5 && text.dropout == 0.1)
        let gru = try NetworkEstimator<GRUDesign>(Specification("gru[7,8,width=5,bidirectional=true]"))
        #expect(gru.hidden == [7, 8] && gru.width == 5 && gru.isBidirectional)
        let bag = try NetworkEstimator<EmbeddingBagDesign>(Specification("bag[7,8,pooling=sum,weighted=true]"))
        #expect(bag.width == 7 && bag.hidden == [8] && bag.pooling == .sum && bag.isWeighted)
        let json = try JSONValue(encoding: bag.design)
        #expect(try json.decoded(as: EmbeddingBagDesign.self) == bag.design)
    }
}
