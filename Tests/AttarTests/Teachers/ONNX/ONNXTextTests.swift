import Attar
import Compute
import Foundation
import Testing

/// A language model asked about texts, through Attar's own tokenizer.
struct ONNXTextTests {
    @Test(arguments: ["mean", "cls"])
    func `Embeddings of sentences equal Python's to the bit`(_ pooling: String) async throws {
        let folder = try fixtures("text_teacher")
        let rows = try Dataset.read(folder.appendingPathComponent("sentences.csv").path)
        let teacher = try ONNXFixtures.languageModel(for: rows, pooling: pooling)
        #expect(teacher.task == .embedding(width: 384))
        let answers = try await teacher.predict(rows)
        #expect(answers.matrix == (try ONNXFixtures.numbers(folder.appendingPathComponent("\(pooling).npy").path)))
    }

    @Test func `Texts fill ids, mask and types, padded to the longest and cut at the most`() throws {
        let rows = Dataset(
            source: "t.csv",
            columns: [
                Column("n", .numeric([1, 2, 3])),
                Column("text", .text(["Hello world", String(repeating: "word ", count: 60), ""])),
            ])
        let tensors = try ONNXFixtures.languageModel(for: rows, pooling: "mean").filled(rows)
        // The longest first: 40 tokens, then [CLS] hello world [SEP], then [CLS] [SEP].
        func line(_ ids: [Int64]) -> [Int64] { ids + .init(repeating: 0, count: 40 - ids.count) }
        let long: [Int64] = [101] + .init(repeating: 2773, count: 38) + [102]
        #expect(
            tensors["input_ids"]
                == ONNXTensor(shape: [3, 40], .int64(long + line([101, 7592, 2088, 102]) + line([101, 102]))))
        let mask = [40, 4, 2].flatMap { line([Int64](repeating: 1, count: $0)) }
        #expect(tensors["attention_mask"] == ONNXTensor(shape: [3, 40], .int64(mask)))
        #expect(tensors["token_type_ids"] == ONNXTensor(shape: [3, 40], .int64(.init(repeating: 0, count: 120))))
    }

    @Test func `Several columns of text, or none, are refused by name`() {
        let two = Dataset(source: "t.csv", columns: [Column("a", .text(["x"])), Column("b", .text(["y"]))])
        let words = sentence { try ONNXFixtures.languageModel(for: two, pooling: "mean") }
        #expect(words.contains("has 2 columns of text: a, b"), "\(words)")
        let none = Dataset(source: "t.csv", columns: [Column("a", .numeric([1]))])
        #expect(sentence { try ONNXFixtures.languageModel(for: none, pooling: "mean") }.contains("no column of text"))
    }
}
