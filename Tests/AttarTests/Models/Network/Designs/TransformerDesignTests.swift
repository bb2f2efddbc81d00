import Attar
import Compute
import Testing

struct TransformerDesignTests {
    private static let small = [
        "transformer[width=16,layers=1,heads=2,epochs=30,learningRate=0.005]",
        "transformer[width=16,layers=1,heads=2,positions=rotary,norm=rms,epochs=30,learningRate=0.005]",
        "transformer[width=16,layers=2,heads=2,inner=24,head=first,dropout=0.05,epochs=80,learningRate=0.005]",
    ]

    /// Texts of up to 8 tokens, padded at their ends, that hold both token 1 and token 2; the class tells whether 1 stands right before 2.
    private static func texts(_ count: Int, seed: UInt64 = 1) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "texts")
        var ids: [Float] = []
        for row in 0..<count {
            let tokens = Int.random(in: 3...8, using: &generator)
            var text = (0..<tokens).map { _ in Float(Int.random(in: 3...9, using: &generator)) }
            let place = Int.random(in: 0..<tokens - 1, using: &generator)
            text[place] = row % 2 == 0 ? 1 : 2
            text[place + 1] = row % 2 == 0 ? 2 : 1
            ids += text + [Float](repeating: 0, count: 8 - tokens)
        }
        return Dataset(
            source: "texts", columns: [Column("tokens", .tensor(ids, shape: [8]))],
            target: Target(
                name: "label", classes: ["before", "after"], labels: (0..<count).map { Int32($0 % 2) }))
    }

    private static func fitted(_ text: String, _ rows: Dataset) throws -> any Model {
        let set = try TransferSet(rows, encoder: FeatureEncoder(fittedTo: rows))
        let specification = try Specification(text)
        return try Family.named(specification.name).estimator(specification)
            .fitted(to: set, validation: nil, context: .labels(set.task))
    }

    @Test(arguments: small)
    func `The order of tokens is learned, whichever way positions are told`(text: String) throws {
        let model = try Self.fitted(text, Self.texts(400))
        let set = try TransferSet(Self.texts(200, seed: 2), encoder: model.encoder)
        #expect(set.accuracy(of: model) > 0.95)
    }

    @Test(arguments: 0...1)
    func `Rows that are no sequences of tokens are refused with what they are and what to give`(kind: Int) throws {
        let column =
            kind == 0
            ? Column("x", .numeric([1, 2])) : Column("x", .tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: [2, 2]))
        let target = Target(name: "label", classes: ["a", "b"], labels: [0, 1])
        let rows = Dataset(source: "rows", columns: [column], target: target)
        let error = #expect(throws: AttarError.self) { try Self.fitted("transformer-tiny", rows) }
        #expect(error?.code == .schemaMismatch)
        #expect("\(try #require(error))".contains("takes sequences of token ids"))
    }

    @Test(arguments: [
        "width=10,heads=4", "width=12,heads=4,positions=rotary", "heads=0", "layers=0", "positions=none",
        "norm=batch", "head=last", "dropout=1", "inner=0",
    ])
    func `Settings that do not fit are refused`(options: String) throws {
        let error = #expect(throws: AttarError.self) { try Self.fitted("transformer[\(options)]", Self.texts(4)) }
        #expect(error?.code == .invalidSetting)
    }
}
