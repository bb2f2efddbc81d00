import Attar
import Compute
import Foundation
import Testing

struct StaticDistillerTests {
    private static func distilled(
        _ specification: String, corpus: Int = 0, test: Int = 0, tokenizer: String? = "cased-pieces-tokenizer.json"
    ) async throws -> StaticDistillation {
        try ONNXFixtures.useRuntime()
        let folder = try fixtures("text")
        struct Line: Decodable { let text: String }
        let lines = try jsonLines(folder.appendingPathComponent("languages.jsonl"), as: Line.self).map(\.text)
        func rows(_ texts: some Sequence<String>) -> Dataset? {
            let texts = Array(texts)
            return texts.isEmpty ? nil : Dataset(source: "lines", columns: [Column("text", .text(texts))])
        }
        var settings = TeacherSettings()
        settings.tokenizer = tokenizer.map { folder.appendingPathComponent($0).path }
        var distiller = StaticDistiller(try StaticEstimator(Specification(specification)))
        distiller.threads = 2
        return try await distiller.distilled(
            teacher: folder.appendingPathComponent("tiny-teacher.onnx").path, settings: settings,
            corpus: rows(lines.prefix(corpus)), test: rows(lines.suffix(test)))
    }

    @Test
    func `A teacher's vocabulary becomes an embedding of length 1 that finds the same sentences alike`() async throws {
        let distillation = try await Self.distilled("static[8]", test: 100)
        let model = try #require(distillation.artifact.model as? StaticModel)
        #expect(model.task == .embedding(width: 8) && model.description.family == "static")
        let spearman = try #require(distillation.certificate.student["spearman"])
        #expect(spearman.value > 0.5 && spearman.low <= spearman.value && spearman.value <= spearman.high)
        let texts = ["Знание — сила", "the rose", "Größere Öfen", ""]
        let direct = model.embeddings(of: texts)
        let rows = Dataset(source: "t", columns: [Column("text", .text(texts))])
        let encoded = model.outputs(for: try model.encoder.encoded(rows)).matrix
        for row in 0..<4 {
            let squares = direct.row(row).reduce(0) { $0 + $1 * $1 }
            #expect(abs(squares - (row == 3 ? 0 : 1)) < 1e-5)
            for column in 0..<8 { #expect(abs(direct[row, column] - encoded[row, column]) < 1e-5) }
        }
        let bytes = try distillation.artifact.encoded()
        let read = try #require(try Artifact(bytes: bytes, path: "m").model as? StaticModel)
        #expect(read.embeddings(of: texts) == direct)
        #expect(distillation.artifact.formatVersion == 2)
        // Two bytes a number, and the tokenizer.
        #expect(bytes.count < 2 * 8 * model.vocabularySize + 60_000)
    }

    @Test
    func `Training on a corpus brings the student's similarities nearer to the teacher's, the same way each time`()
        async throws
    {
        let distillation = try await Self.distilled("static[8,epochs=8]", corpus: 1500)
        let trained = try #require(distillation.certificate.student["spearman"])
        let untrained = try #require(distillation.certificate.untrained?["spearman"])
        #expect(trained.value > untrained.value + 0.02)
        #expect(distillation.certificate.testRows == 150 && distillation.certificate.trainingRows == 1350)
        let again = try await Self.distilled("static[8,epochs=8]", corpus: 1500)
        #expect(again.artifact.model.fingerprint == distillation.artifact.model.fingerprint)
    }

    @Test func `What cannot be distilled is refused with a sentence`() async throws {
        func message(_ specification: String, tokenizer: String? = "cased-pieces-tokenizer.json") async -> String {
            do {
                _ = try await Self.distilled(specification, tokenizer: tokenizer)
                return ""
            } catch { return "\(error)" }
        }
        #expect(await message("static[8]", tokenizer: nil).contains("needs the teacher's tokenizer"))
        #expect(await message("static[9999]").contains("1 to 4096"))
        #expect(await message("static[64]").contains("the teacher's vectors have 16 numbers"))
        #expect(await message("static[8,depth=3]").contains("depth"))
        #expect(await message("static[8]", tokenizer: "lines.jsonl").contains("lines.jsonl"))
    }
}

extension StaticModel {
    fileprivate var vocabularySize: Int { description.tensors["vectors"]?.shape[0] ?? 0 }
}
