import Attar
import Compute
import Foundation
import Testing

struct TextTermsTests {
    private static func encoder(_ texts: [String], _ way: String = "terms") throws -> FeatureEncoder {
        try FeatureEncoder(
            fittedTo: Dataset(source: "t.csv", columns: [Column("note", .text(texts))]),
            text: TextFeatures(method: TextMethod(way)))
    }

    private static func features(_ encoder: FeatureEncoder, _ text: String) throws -> [String: Float] {
        let rows = Dataset(source: "asked", columns: [Column("note", .text([text]))])
        let row = try encoder.encoded(rows).row(0)
        return Dictionary(zip(encoder.features, row).filter { $1 != 0 }) { first, _ in first }
    }

    @Test func `Terms are words and pairs of words that several texts have, under their names`() throws {
        let encoder = try Self.encoder(["Free shipping!", "free SHIPPING today", "no shipping", "free, shipping"])
        #expect(
            Set(encoder.features)
                == ["note has 'free'", "note has 'shipping'", "note has 'free shipping'"])
        #expect(encoder.layout == .flat(width: 3))
        // A comma parts what a blank joins.
        #expect(
            try Self.features(encoder, "free, shipping").keys.sorted() == ["note has 'free'", "note has 'shipping'"])
        #expect(try Self.features(encoder, "nothing of it").isEmpty && Self.features(encoder, "").isEmpty)
    }

    @Test func `Values are those that scikit-learn's weights give, to a common length`() throws {
        // TfidfVectorizer(binary=True) on the same words: idf = ln((1 + n) / (1 + df)) + 1.
        let encoder = try Self.encoder(["a b", "a c", "a b", "b c", "d e"], "terms[8]")
        let values = try Self.features(encoder, "a c")
        let (a, c) = (log(6.0 / 4) + 1, log(6.0 / 3) + 1)
        let scale = (a * a + c * c).squareRoot()
        let found = (Double(values["note has 'a'"] ?? 0), Double(values["note has 'c'"] ?? 0))
        #expect(abs(found.0 / found.1 - a / c) < 1e-5)
        // Terms of the texts: a 3, b 3, c 2, "a b" 2; of five texts each has two on average.
        #expect(abs(found.0 - 2.0.squareRoot() * a / scale) < 1e-5)
    }

    @Test func `Of more terms than there is room for, those stay that part the texts best`() throws {
        let texts = (0..<100).map { row in
            "always" + (row % 3 == 0 ? " third" : " x\(row)") + (row % 50 == 0 ? " seldom" : " y\(row)")
        }
        let encoder = try Self.encoder(texts, "terms[8]")
        #expect(encoder.features.contains("note has 'third'"))
        let least = try TextFeatures(method: TextMethod("terms[8]"))
        #expect(least.method?.description == "terms[8]" && encoder.width <= 8)
    }

    @Test func `Scripts without blanks are cut into runs of characters`() throws {
        let encoder = try Self.encoder(["今天天气很好", "天气不好", "今天下雨"])
        #expect(encoder.features.contains("note has '天气'") && encoder.features.contains("note has '今天'"))
        #expect(try Self.features(encoder, "天气").keys.contains("note has '天气'"))
    }

    @Test func `Texts without a term that repeats have terms all the same`() throws {
        #expect(try Self.encoder(["one two", "three"]).width > 0)
        #expect(try Self.encoder(["", ""]).width == 1)
    }

    @Test func `Damaged terms are refused when a file is read`() throws {
        let encoder = try Self.encoder(["a b", "a c", "b c"])
        let text = try #require(String(data: JSONEncoder().encode(encoder), encoding: .utf8))
        let weights = try #require(text.firstMatch(of: /"weights":\[[^\]]*\]/)).output
        for damaged in ["\"weights\":[1]", "\"weights\":[1,1,0]"] {
            let bytes = Data(text.replacing(weights, with: damaged).utf8)
            #expect(sentence { try JSONDecoder().decode(FeatureEncoder.self, from: bytes) }.contains("damaged"))
        }
    }
}
