import Attar
import Compute
import Foundation
import Testing

struct TextEncodingTests {
    private static let texts = [
        "the rose is red", "The ROSE is red", "a teacher, a pupil", "größer als Öl", "", "rose red the is",
    ]

    private static func rows(_ texts: [String] = texts, others: [Column] = []) -> Dataset {
        Dataset(source: "texts.jsonl", columns: [Column("text", .text(texts))] + others)
    }

    private static func tokenizer() throws -> Tokenizer {
        struct Golden: Decodable {
            struct Case: Decodable { let file: String }
            let tokenizers: [String: Case]
        }
        let golden = try golden("text/tokenizers.json", as: Golden.self)
        return try Tokenizer(bytes: Array(#require(golden.tokenizers["cased-pieces"]).file.utf8), source: "t.json")
    }

    private static func encoder(_ way: String, _ rows: Dataset = rows()) throws -> FeatureEncoder {
        try FeatureEncoder(fittedTo: rows, text: TextFeatures(method: TextMethod(way), tokenizer: tokenizer()))
    }

    @Test func `Words become numbers in their order, n-grams a bag, and neither hears capitals`() throws {
        for way in ["ngrams", "words[64]"] {
            let encoder = try Self.encoder(way)
            guard case .tokens(let length, let vocabulary) = encoder.layout else {
                Issue.record("\(way) gives \(encoder.layout)")
                continue
            }
            #expect(vocabulary == (way == "ngrams" ? 65_538 : 66) && length == encoder.width)
            let features = try encoder.encoded(Self.rows())
            #expect(features.row(0) == features.row(1) && features.row(0) != features.row(3))
            #expect(features.row(4).allSatisfy { $0 == 0 })
            #expect(features.elements.allSatisfy { $0 >= 0 && $0 <= Float(vocabulary - 2) && $0 == $0.rounded() })
            // Pairs of words are other n-grams where the order is another; words are the same.
            #expect(features.row(0) != features.row(5))
            #expect((features.row(0).sorted() == features.row(5).sorted()) == (way != "ngrams"))
        }
    }

    @Test func `Folded n-grams are vectors of length 1, beside other columns, too`() throws {
        let rows = Self.rows(others: [Column("size", .numeric([1, 2, 3, 4, 5, 6]))])
        let encoder = try FeatureEncoder(
            fittedTo: rows, text: TextFeatures(method: TextMethod(.folded, buckets: 32)))
        #expect(encoder.layout == .flat(width: 33) && encoder.features[3] == "text[3]")
        let features = try encoder.encoded(rows)
        for row in 0..<6 {
            let squares = features.row(row).prefix(32).reduce(0) { $0 + $1 * $1 }
            #expect(abs(squares - (row == 4 ? 0 : 1)) < 1e-5)
        }
        #expect(features.row(0).prefix(32) == features.row(1).prefix(32))
    }

    @Test func `Tokens are numbered among those of the training rows, and others are the last one`() throws {
        let encoder = try Self.encoder("tokens", Self.rows(["The essence of roses", "of petals"]))
        guard case .tokens(_, let vocabulary) = encoder.layout else {
            Issue.record("the layout is \(encoder.layout)")
            return
        }
        let features = try encoder.encoded(Self.rows(["of petals", "knows"]))
        #expect(features[0, 0] > 0 && features[0, 0] < Float(vocabulary - 1))
        #expect(features.row(1).contains(Float(vocabulary - 1)))
        let wider = try encoder.encoded(Self.rows([String(repeating: "of petals ", count: 50)]))
        #expect(wider.columns == features.columns)
    }

    @Test(arguments: ["ngrams", "words", "tokens", "folded[16]", "terms[16]"])
    func `An encoder that was written down encodes as before, one row at a time as well`(way: String) throws {
        let encoder = try Self.encoder(way)
        let read = try JSONDecoder().decode(FeatureEncoder.self, from: JSONEncoder().encode(encoder))
        #expect(read == encoder)
        let rows = Self.rows(["the red rose", "größer, als?", "", "unheard of"])
        let features = try read.encoded(rows)
        #expect(features == (try encoder.encoded(rows)))
        let raw = try read.rawRows(rows)
        var one = [Float](repeating: .nan, count: read.width)
        for row in 0..<rows.count {
            var span = one.mutableSpan
            read.encode(Array(raw.row(row)).span, into: &span)
            #expect(ArraySlice(one) == features.row(row))
        }
    }

    @Test func `The way follows from the families that read the features`() throws {
        func way(_ families: [String], tokenizer: Bool = false, others: Int = 0, texts: Int = 1) throws -> String {
            var columns = (0..<texts).map { Column("t\($0)", .text(Self.texts)) }
            columns += (0..<others).map { Column("x\($0)", .numeric([1, 2, 3, 4, 5, 6])) }
            let encoder = try FeatureEncoder(
                fittedTo: Dataset(source: "d", columns: columns),
                text: TextFeatures(
                    tokenizer: tokenizer ? Self.tokenizer() : nil,
                    readers: families.map { try Family.named($0).reader }))
            return encoder.columns.first { $0.kind == .text }?.text?.method.description ?? "none"
        }
        #expect(try way(["linear"]) == "ngrams" && way([]) == "ngrams" && way(["bag"]) == "ngrams")
        #expect(try way(["text-cnn", "linear"]) == "words")
        #expect(try way(["text-cnn"], tokenizer: true) == "tokens" && way(["bag"], tokenizer: true) == "tokens")
        #expect(try way(["linear", "forest"]) == "folded")
        // Beside other columns each term is a number by itself, unless all can read ids; several columns share the room.
        #expect(try way(["linear"], others: 1) == "ngrams" && way(["linear"], texts: 2) == "ngrams")
        #expect(try way(["linear", "forest"], others: 1) == "terms" && way([], others: 1) == "terms")
        #expect(try way(["boost"], texts: 2) == "terms[512]" && way(["mlp", "linear"], others: 2) == "terms")
        #expect(try way(["mlp", "text-cnn"], others: 1) == "words" && way(["bag", "linear"], others: 1) == "ngrams")
        #expect(sentence { try way(["bag", "forest"]) }.contains("bag reads texts as sequences, which forest cannot"))
    }

    @Test func `What cannot be is refused with a sentence`() throws {
        #expect(
            sentence { try FeatureEncoder(fittedTo: Self.rows(), text: TextFeatures(method: TextMethod("tokens"))) }
                .contains("no tokenizer is named"))
        #expect(sentence { try TextMethod("ngram") }.contains("Did you mean 'ngrams'?"))
        #expect(sentence { try TextMethod("ngrams[3]") }.contains("asks for 3 buckets"))
        let numbers = Dataset(source: "n.csv", columns: [Column("text", .numeric([1]))])
        #expect(sentence { try Self.encoder("ngrams").encoded(numbers) }.contains("trained on texts"))
        let other = Dataset(source: "n.csv", columns: [Column("sentence", .text(["a"]))])
        #expect(sentence { try Self.encoder("ngrams").encoded(other) }.contains("lacks the column 'text'"))
    }

    @Test
    func `A linear model of a bag of n-grams tells languages apart, and answers one row as it answers all`() throws {
        let german = [
            "der Hund schläft nicht", "die Katze ist schwarz", "das Haus und der Garten", "wir gehen nach Hause",
        ]
        let english = ["the dog does not sleep", "the cat is black", "the house and the garden", "we are going home"]
        let rows = Self.rows((german + english).flatMap { [$0, $0 + "."] })
        let labels = (0..<16).map { Int32($0 / 8) }
        let encoder = try FeatureEncoder(fittedTo: rows, text: TextFeatures(readers: [Family.linear.reader]))
        let set = TransferSet(
            task: .classification(["de", "en"]), encoder: encoder, features: try encoder.encoded(rows), labels: labels,
            values: Matrix(rows: 0, columns: 0), weights: nil)
        let model = try LinearEstimator().fitted(
            to: set, validation: nil, context: FittingContext(loss: .labelsOnly(.probabilities)))
        let asked = Self.rows(["der Garten ist schwarz", "the garden is black", ""])
        let features = try encoder.encoded(asked)
        let answers = model.outputs(for: features).matrix
        #expect(answers.argmax().prefix(2) == [0, 1])
        // The sum over the row's tokens, by the tensors that are written down.
        let weights = try model.description.floats("weights", shape: [65_538, 2])
        let bias = try model.description.floats("bias", shape: [2])
        for row in 0..<2 {
            let ids = features.row(row).filter { $0 > 0 }.map { Int($0) }
            let scores = (0..<2).map { output in
                bias[output] + ids.reduce(0) { $0 + weights[$1 * 2 + output] } / Float(ids.count).squareRoot()
            }
            #expect(abs(answers[row, 0] - 1 / (1 + Float(exp(Double(scores[1] - scores[0]))))) < 1e-5)
        }
        let session = model.session()
        for row in 0..<3 {
            var one: [Float] = [0, 0]
            var span = one.mutableSpan
            session.predict(Array(features.row(row)).span, into: &span)
            #expect(abs(one[0] - answers[row, 0]) < 1e-6)
        }
        let file = try Artifact(model: model, metadata: ArtifactMetadata()).encoded()
        #expect(try Artifact(bytes: file, path: "m").model.outputs(for: features).matrix == answers)
    }

    @Test(arguments: ["spunge", "mixup", "noise"])
    func `Made-up texts are of words that training texts have`(strategy: String) throws {
        let rows = Self.rows(["one two three four five six seven", "red green blue", ""])
        let encoder = try FeatureEncoder(fittedTo: rows)
        #expect(
            encoder.isChanged(by: TransferStrategy(rawValue: strategy), kinds: Catalogue.standard.dataKinds)
                && !encoder.isChanged(by: .munge, kinds: Catalogue.standard.dataKinds))
        let made = RowSynthesiser(rows: rows, features: try encoder.encoded(rows))
            .made(30, by: TransferStrategy(rawValue: strategy), seed: 3)
        let texts = try made.columns[0].requiredTexts()
        let words = Set("one two three four five six seven red green blue".split(separator: " "))
        #expect(texts.allSatisfy { $0.split(separator: " ").allSatisfy(words.contains) })
        #expect(Set(texts).count > 4)
    }
}
