import Attar
import Compute
import Foundation
import Testing

/// Static embeddings as any other student: from rows, the teacher's answers to them, and a desk.
struct StaticEstimatorTests {
    /// A text model that answers at once.
    private final class Teaching: Desk {
        let teacher: ONNXTeacher
        init(_ teacher: ONNXTeacher) { self.teacher = teacher }
        var task: LearningTask { teacher.task }
        var tokenizer: Tokenizer? { teacher.tokenizer }

        func answers(to rows: Dataset, holdingOut fold: Int?) throws -> Answers {
            try teacher.answers(to: rows)
        }
    }

    /// The same with no answer to some of the rows.
    private final class Silent: Desk {
        let desk: Teaching
        let isKnown: @Sendable (Int) -> Bool
        init(_ desk: Teaching, _ isKnown: @escaping @Sendable (Int) -> Bool) {
            (self.desk, self.isKnown) = (desk, isKnown)
        }
        var task: LearningTask { desk.task }
        var tokenizer: Tokenizer? { desk.tokenizer }

        func answers(to rows: Dataset, holdingOut fold: Int?) throws -> Answers {
            let answers = try desk.answers(to: rows, holdingOut: fold)
            var matrix = answers.matrix
            for row in 0..<matrix.rows where !isKnown(row) {
                for column in 0..<matrix.columns { matrix[row, column] = 1_000 }
            }
            return Answers(answers.kind, .dense(matrix), known: (0..<matrix.rows).map(isKnown))
        }
    }

    private struct Line: Decodable { let text: String }

    private static func lines() throws -> [String] {
        try jsonLines(fixtures("text").appendingPathComponent("languages.jsonl"), as: Line.self).map(\.text)
    }

    /// A teacher of sentences, and a transfer set of some of them.
    private static func taught(_ count: Int) throws -> (TransferSet, Teaching, [String]) {
        try ONNXFixtures.useRuntime()
        let folder = try fixtures("text")
        let lines = try lines()
        let rows = Dataset(source: "lines", columns: [Column("text", .text(Array(lines.prefix(count))))])
        var settings = TeacherSettings()
        settings.task = .embedding
        settings.tokenizer = folder.appendingPathComponent("cased-pieces-tokenizer.json").path
        let teacher = try ONNXTeacher(
            path: folder.appendingPathComponent("tiny-teacher.onnx").path, settings: settings, for: rows)
        let encoder = try FeatureEncoder(
            fittedTo: rows, text: TextFeatures(tokenizer: teacher.tokenizer, readers: [Family.staticEmbedding.reader]))
        let set = TransferSet(
            task: teacher.task, encoder: encoder, features: try encoder.encoded(rows),
            softTargets: try teacher.answers(to: rows).matrix, truth: .none)
        return (set, Teaching(teacher), Array(lines.suffix(100)))
    }

    private static func fitted(_ text: String, _ set: TransferSet, _ desk: (any Desk)?) throws -> StaticModel {
        var context = FittingContext(loss: .labelsOnly(.values), seed: 1)
        context.desk = desk
        return try #require(
            try StaticEstimator(Specification(text)).fitted(to: set, validation: nil, context: context) as? StaticModel)
    }

    private static func likeness(_ model: StaticModel, _ desk: Teaching, _ texts: [String]) throws -> Double {
        let rows = Dataset(source: "t", columns: [Column("text", .text(texts))])
        return try #require(
            SimilarityCorrelation(model.embeddings(of: texts), desk.teacher.answers(to: rows).matrix)
        ).value
    }

    @Test func `Training on rows brings similarities nearer to the teacher's, the same way each time`() throws {
        let (set, desk, held) = try Self.taught(1350)
        let estimator = try StaticEstimator(Specification("static[8,epochs=8]"))
        let trained = try Self.fitted("static[8,epochs=8]", set, desk)
        let untrained = try #require(estimator.untrained as? StaticEstimator)
        #expect(untrained.epochs == 0 && untrained.untrained == nil)
        let before = try Self.likeness(Self.fitted("static[8,epochs=0]", set, desk), desk, held)
        #expect(try Self.likeness(trained, desk, held) > before + 0.02)
        #expect(before > 0.3)
        #expect(try Self.fitted("static[8,epochs=8]", set, desk).fingerprint == trained.fingerprint)
    }

    @Test func `A token without an answer is no answer, and has no vector`() throws {
        let (set, desk, held) = try Self.taught(20)
        let model = try Self.fitted("static[8]", set.selecting([]), Silent(desk) { $0 % 10 != 3 })
        #expect(try Self.likeness(model, desk, held) > 0.4)
        let words = sentence { try Self.fitted("static[8]", set.selecting([]), Silent(desk) { _ in false }) }
        #expect(words.contains("the teacher has no usable answer to any token"), "\(words)")
    }

    @Test func `A vocabulary alone becomes an embedding of length 1 that an artifact keeps to the bit`() throws {
        let (set, desk, held) = try Self.taught(20)
        let model = try Self.fitted("static[8]", set.selecting([]), desk)
        #expect(model.task == .embedding(width: 8) && model.description.family == "static")
        #expect(try Self.likeness(model, desk, held) > 0.5)
        let texts = ["Знание — сила", "the rose", "Größere Öfen", ""]
        let direct = model.embeddings(of: texts)
        let rows = Dataset(source: "t", columns: [Column("text", .text(texts))])
        let encoded = model.outputs(for: try model.encoder.encoded(rows)).matrix
        for row in 0..<4 {
            let squares = direct.row(row).reduce(0) { $0 + $1 * $1 }
            #expect(abs(squares - (row == 3 ? 0 : 1)) < 1e-5)
            for column in 0..<8 { #expect(abs(direct[row, column] - encoded[row, column]) < 1e-5) }
        }
        let bytes = try Artifact(model: model, metadata: ArtifactMetadata()).encoded()
        let read = try #require(try Artifact(bytes: bytes, path: "m").model as? StaticModel)
        #expect(read.embeddings(of: texts) == direct)
    }

    @Test func `A teacher that knows its rows only gives a token what it said of the texts with it`() throws {
        final class Known: Desk {
            let task: LearningTask
            let answersKnownRowsOnly = true
            init(_ task: LearningTask) { self.task = task }
            func answers(to rows: Dataset, holdingOut fold: Int?) throws -> Answers {
                throw AttarError(.unusableTeacher, "asked about '\(rows.source)'")
            }
        }
        let (set, desk, held) = try Self.taught(1350)
        let known = try Self.fitted("static[8,epochs=8]", set, Known(set.task))
        // What it has read it keeps; of other texts it knows what their words have meant, which for a teacher of random weights is little.
        let texts = Array(try Self.lines().prefix(100))
        let (own, others) = (try Self.likeness(known, desk, texts), try Self.likeness(known, desk, held))
        #expect(own > 0.7 && others > 0.08, "\(own), \(others)")
        let nobody = sentence { try Self.fitted("static[8]", set.selecting([]), Known(set.task)) }
        #expect(nobody.contains("Give the texts that it has answered"))
    }

    @Test func `Whoever reads no ids is asked about tokens as texts`() throws {
        let (set, desk, _) = try Self.taught(20)
        final class Texts: Desk {
            let teacher: ONNXTeacher
            init(_ teacher: ONNXTeacher) { self.teacher = teacher }
            var task: LearningTask { teacher.task }

            func answers(to rows: Dataset, holdingOut fold: Int?) throws -> Answers {
                guard case .text(let texts)? = rows.column(named: "text")?.storage else {
                    throw AttarError(.schemaMismatch, "no texts")
                }
                #expect(!texts.contains { $0.hasPrefix("##") && $0.count > 2 })
                return try teacher.answers(to: rows)
            }
        }
        let model = try Self.fitted("static[8]", set, Texts(desk.teacher))
        #expect(model.task.width == 8)
    }

    @Test func `What cannot be learned is refused with a sentence`() throws {
        let (set, desk, _) = try Self.taught(20)
        func message(_ body: () throws -> Void) -> String {
            do {
                try body()
                return ""
            } catch { return "\(error)" }
        }
        #expect(message { _ = try Self.fitted("static[8]", set, nil) }.contains("there is no teacher to ask"))
        #expect(
            message { _ = try Self.fitted("static[64]", set, desk) }.contains("the teacher's vectors have 16 numbers"))
        #expect(message { _ = try Self.fitted("static[9999]", set, desk) }.contains("1 to 4096"))
        let numbers = Dataset(source: "n", columns: [Column("x", .numeric([1, 2]))])
        #expect(
            message {
                _ = try FeatureEncoder(fittedTo: numbers, text: TextFeatures(readers: [Family.staticEmbedding.reader]))
            }
            .contains("needs the teacher's tokenizer"))
        let encoder = try FeatureEncoder(fittedTo: numbers)
        #expect(message { try StaticEstimator().validate(for: encoder) }.contains("static reads one column of texts"))
    }
}
