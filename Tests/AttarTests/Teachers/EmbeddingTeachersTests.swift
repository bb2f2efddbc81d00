import Attar
import Compute
import Foundation
import Testing

/// Teachers that answer with a point a row: programs, endpoints, ONNX files.
struct EmbeddingTeachersTests {
    private static let rows = Dataset(source: "r", columns: [Column("text", .text(["a", "bcd", "ef"]))])

    private static func settings(_ change: (inout TeacherSettings) throws -> Void = { _ in }) throws -> TeacherSettings
    {
        var settings = TeacherSettings()
        settings.task = .embedding
        settings.model = "tiny"
        settings.timeout = try Quantity("5s")
        try change(&settings)
        return settings
    }

    @Test(arguments: ["embedding", "values"])
    func `A program's points are an embedding, and it is told what is asked for`(_ key: String) async throws {
        let script = PythonProgram.answering(
            "return {'id': id, '\(key)': [len(row['text']), 0.5, -1]}",
            at: "greeting = json.loads(sys.stdin.readline())\nassert greeting['task'] == 'embedding', greeting")
        try await PythonProgram.inFolder(script) { command, _ in
            let teacher = try ProcessTeacher(command: command, settings: Self.settings(), for: Self.rows)
            #expect(teacher.task == .embedding(width: 3))
            let outputs = try await teacher.predict(Self.rows)
            #expect(
                outputs
                    == Answers(.values, Matrix(rows: 3, columns: 3, elements: [1, 0.5, -1, 3, 0.5, -1, 2, 0.5, -1])))
        }
    }

    @Test func `What a program calls an embedding needs no settings`() async throws {
        let script = PythonProgram.answering("return {'id': id, 'embedding': [0.25, 0.75]}")
        try await PythonProgram.inFolder(script) { command, _ in
            let teacher = try ProcessTeacher(command: command, settings: TeacherSettings(), for: Self.rows)
            #expect(teacher.task == .embedding(width: 2))
        }
    }

    private static func opened(
        _ address: String, _ change: (inout TeacherSettings) throws -> Void = { _ in }
    ) throws -> any PartialTeacher {
        var retry = RetryPolicy()
        retry.firstWait = 0.001
        let teacher = try HTTPTeacher.opened(
            address, settings: settings(change), for: rows, environment: [:], retry: retry)
        return try #require(teacher as? any PartialTeacher)
    }

    /// An answer with each text's length, in the reverse order of the texts.
    private static func answer(to request: LoopbackServer.Request) -> String {
        let texts = request.json["input"] as? [String] ?? []
        let items = texts.enumerated().reversed().map { #"{"index":\#($0),"embedding":[\#($1.count),-1.5]}"# }
        return
            #"{"object":"list","data":[\#(items.joined(separator: ","))],"usage":{"prompt_tokens":\#(texts.count),"total_tokens":\#(texts.count)}}"#
    }

    @Test(arguments: ["/v1", "/v1/embeddings"])
    func `An endpoint of embeddings gets texts in batches, and its points go back to their rows`(
        _ path: String
    ) async throws {
        try await LoopbackServer.running { request, _ in
            .json(Self.answer(to: request))
        } _: { address, server in
            let teacher = try Self.opened("\(address)\(path)") {
                $0.batch = 2
                $0.workers = 1
                $0.costPerMillionTokens = [1000, 0]
            }
            #expect(teacher.task == .embedding(width: 2) && teacher.isMetered)
            let outputs = try await teacher.predict(Self.rows)
            #expect(outputs == Answers(.values, Matrix(rows: 3, columns: 2, elements: [1, -1.5, 3, -1.5, 2, -1.5])))
            #expect(server.seen.allSatisfy { $0.path == "/v1/embeddings" && $0.json["model"] as? String == "tiny" })
            #expect(server.seen.map { ($0.json["input"] as? [String])?.count } == [1, 2, 1])
            #expect(teacher.spending?.tokensRead == 4)
            #expect(abs((teacher.spending?.cost ?? 0) - 0.004) < 1e-9)
        }
    }

    @Test func `Answers that are no embeddings get one sentence`() async throws {
        let cases = [
            (#"{"choices":[]}"#, "is not that of an endpoint of embeddings"),
            (#"{"data":[]}"#, "it gives 0 embeddings for 1 texts"),
            (#"{"data":[{"index":7,"embedding":[1]}]}"#, "it gives 1 embeddings for 1 texts"),
        ]
        for (body, phrase) in cases {
            try await LoopbackServer.running { _, _ in
                .json(body)
            } _: { address, _ in
                #expect(await problem { _ = try Self.opened("\(address)/v1/embeddings") }.contains(phrase))
            }
        }
        try await LoopbackServer.running { _, _ in
            .json("{}")
        } _: { address, server in
            let unnamed = await problem { _ = try Self.opened("\(address)/v1/embeddings") { $0.model = nil } }
            #expect(unnamed.contains("needs the name of a model"))
            var table = TeacherSettings()
            table.model = "tiny"
            let numbers = Dataset(source: "n", columns: [Column("x", .numeric([1]))])
            let texts = await problem {
                _ = try HTTPTeacher.opened(
                    "\(address)/v1/embeddings", settings: table, for: numbers, environment: [:], retry: RetryPolicy())
            }
            #expect(texts.contains("has no column of text"))
            #expect(server.seen.isEmpty)
        }
    }

    @Test func `A text model's points are the means of its tokens', and it reads ids as well as texts`() async throws {
        try ONNXFixtures.useRuntime()
        let folder = try fixtures("text")
        let teacher = try ONNXTeacher(
            path: folder.appendingPathComponent("tiny-teacher.onnx").path,
            settings: Self.settings {
                $0.tokenizer = folder.appendingPathComponent("cased-pieces-tokenizer.json").path
            }, for: Self.rows)
        #expect(teacher.task == .embedding(width: 16))
        let tokenizer = try #require(teacher.tokenizer)
        let outputs = try await teacher.predict(Self.rows)
        let ids = ["a", "bcd", "ef"].map { tokenizer.encode($0) }
        let length = ids.map(\.count).max() ?? 0
        let padded = ids.flatMap { $0.map(Float.init) + [Float](repeating: 0, count: length - $0.count) }
        let same = try await teacher.predict(
            Dataset(source: "ids", columns: [Column("input_ids", .tensor(padded, shape: [length]))]))
        #expect(same == outputs)
    }
}
