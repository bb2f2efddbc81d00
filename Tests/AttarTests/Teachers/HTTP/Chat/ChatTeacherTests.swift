import Attar
import Compute
import Foundation
import Synchronization
import Testing

/// Language models behind chat endpoints, over real sockets.
struct ChatTeacherTests {
    private static func rows(_ texts: [String]) -> Dataset {
        Dataset(
            source: "r",
            columns: [Column("text", .text(texts)), Column("stars", .numeric(texts.map { Float($0.count) }))],
            target: Target(name: "y", classes: ["negative", "positive"], labels: texts.indices.map { Int32($0 % 2) }))
    }

    /// An answer with the text, and if given how likely its first token and others were.
    private static func answer(_ text: String, _ likely: [(String, Double)]? = nil, tokens: (Int, Int) = (10, 2))
        -> String
    {
        var logprobs = ""
        if let likely {
            let top = likely.map { #"{"token":"\#($0.0)","logprob":\#(log($0.1))}"# }.joined(separator: ",")
            logprobs =
                #","logprobs":{"content":[{"token":"\#(likely[0].0)","logprob":\#(log(likely[0].1)),"top_logprobs":[\#(top)]}]}"#
        }
        return
            #"{"choices":[{"message":{"role":"assistant","content":"\#(text)"}\#(logprobs)}],"usage":{"prompt_tokens":\#(tokens.0),"completion_tokens":\#(tokens.1)}}"#
    }

    private static func opened(
        _ address: String, _ rows: Dataset, _ change: (inout TeacherSettings) throws -> Void = { _ in }
    ) throws -> any PartialTeacher {
        var settings = TeacherSettings()
        settings.model = "tiny"
        settings.timeout = try Quantity("5s")
        try change(&settings)
        var retry = RetryPolicy()
        retry.firstWait = 0.001
        let teacher = try HTTPTeacher.opened(
            "\(address)/v1", settings: settings, for: rows, environment: [:], retry: retry)
        return try #require(teacher as? any PartialTeacher)
    }

    @Test func `What a server says of its tokens cannot overflow what is counted, nor count backwards`() async throws {
        try await LoopbackServer.running { request, number in
            .json(Self.answer("positive", tokens: number % 2 == 0 ? (.max, .max) : (.min, -7)))
        } _: { address, _ in
            let rows = Self.rows(["a", "b", "c", "d"])
            let teacher = try Self.opened(address, rows) { $0.workers = 1 }
            _ = try await teacher.predict(rows)
            let spent = try #require(teacher.spending)
            #expect(spent.requests >= 4 && spent.tokensRead > 0 && spent.tokensRead % (1 << 32) == 0)
        }
    }

    @Test func `Probabilities come from how likely tokens were, and the rest is noted`() async throws {
        try await LoopbackServer.running { request, _ in
            let good = request.body.contains("lovely")
            return .json(
                good
                    ? Self.answer("positive", [("pos", 0.6), (" Negative", 0.2), ("POSITIVE", 0.1), ("The", 0.1)])
                    : Self.answer("negative", [("neg", 0.8), ("positive", 0.2)]))
        } _: { address, server in
            let rows = Self.rows(["lovely", "awful"])
            let teacher = try Self.opened(address, rows) {
                $0.question = "Is {{this}} good: {text} ({stars})?"
                $0.costPerMillionTokens = [1000, 5000]
            }
            #expect(teacher.isMetered && server.seen.isEmpty, "nothing is asked before rows are")
            let outputs = try await teacher.predict(rows)
            for (number, expected) in zip(outputs.matrix.elements, [0.2 / 0.9, 0.7 / 0.9, 0.8, 0.2] as [Float]) {
                #expect(abs(number - expected) < 1e-6)
            }
            #expect(teacher.answerNotes.contains { $0.contains("5.0 %") }, "\(teacher.answerNotes)")
            let spent = try #require(teacher.spending)
            #expect(spent.requests == 2 && spent.tokensRead == 20 && spent.tokensWritten == 4)
            #expect(abs((spent.cost ?? 0) - 0.04) < 1e-9)
            let body = try #require(server.seen.first { $0.body.contains("lovely") })
            #expect(body.path == "/v1/chat/completions" && body.body.contains("Is {this} good: lovely (6)?"))
            #expect(body.json["temperature"] as? Int == 0 && body.json["model"] as? String == "tiny")
        }
    }

    @Test func `Without them answers are tied to the classes, and noted as labels`() async throws {
        try await LoopbackServer.running { request, _ in
            if request.body.contains("\"logprobs\"") {
                return .json(#"{"error":"logprobs are not supported"}"#, status: 400)
            }
            if request.body.contains("json_schema") {
                return .json(#"{"error":"unknown field response_format"}"#, status: 422)
            }
            return .json(Self.answer(request.body.contains("lovely") ? "Positive." : " negative"))
        } _: { address, server in
            let rows = Self.rows(["lovely", "awful", "lovely"])
            let teacher = try Self.opened(address, rows) { $0.workers = 1 }
            let outputs = try await teacher.predict(rows)
            #expect(outputs.matrix.elements == [0, 1, 1, 0, 0, 1])
            #expect(teacher.answerNotes.contains { $0.contains("no soft targets") })
            #expect(server.seen.count == 5, "each refusal is heard once")
        }
    }

    @Test func `A server that knows schemas is given the classes`() async throws {
        try await LoopbackServer.running { request, _ in
            let format = request.json["response_format"] as? [String: Any]
            return .json(Self.answer(format == nil ? "I think it is rather nice" : #"{\"label\": \"positive\"}"#))
        } _: { address, server in
            let rows = Self.rows(["lovely"])
            let teacher = try Self.opened(address, rows)
            let outputs = try await teacher.predict(rows)
            #expect(outputs.matrix.elements == [0, 1])
            #expect(server.seen.last?.body.contains(#""enum":["negative","positive"]"#) == true)
        }
    }

    @Test func `An answer that is no class is one sentence, with the row`() async throws {
        try await LoopbackServer.running { _, _ in
            .json(Self.answer("perhaps", [("perhaps", 1)]))
        } _: { address, _ in
            let rows = Self.rows(["lovely"])
            let teacher = try Self.opened(address, rows)
            let said = await problem { _ = try await teacher.predict(rows) }
            #expect(said.contains("asked about r, row 1") && said.contains("answers 'perhaps'"), "\(said)")
            #expect(said.contains("negative, positive") && said.contains("--question"))
        }
    }

    @Test func `The limit of cost is kept, though requests run side by side`() async throws {
        try await LoopbackServer.running { request, _ in
            usleep(5000)
            return .json(Self.answer("positive", [("positive", 0.9), ("negative", 0.1)], tokens: (1000, 0)))
        } _: { address, server in
            let rows = Self.rows((0..<40).map { "text \($0)" })
            let teacher = try Self.opened(address, rows) {
                $0.costPerMillionTokens = [1000, 0]
                $0.maxCost = 10.5
                $0.workers = 4
            }
            let received = Mutex(0)
            let error = await #expect(throws: AttarError.self) {
                try await teacher.predict(rows) { positions, _ in received.withLock { $0 += positions.count } }
            }
            #expect(
                error?.code == .limitReached && error?.problem.contains("10 of 40 rows") == true,
                "\(String(describing: error))")
            #expect(received.withLock { $0 } == 10 && server.seen.count == 10)
        }
    }

    @Test func `A failure costs no answer that was on its way`() async throws {
        try await LoopbackServer.running { request, _ in
            if request.body.contains("text 3") { return .json(#"{"error":"too long"}"#, status: 413) }
            usleep(50_000)
            return .json(Self.answer("positive", [("positive", 1)]))
        } _: { address, server in
            let rows = Self.rows((0..<8).map { "text \($0)" })
            let received = Mutex<Set<Int>>([])
            let teacher = try Self.opened(address, rows) { $0.workers = 4 }
            let said = await problem {
                try await teacher.predict(rows) { positions, _ in received.withLock { $0.formUnion(positions) } }
            }
            #expect(said.contains("status 413") && said.contains("r, row 4"), "\(said)")
            #expect(received.withLock { $0.isSuperset(of: [0, 1, 2]) })
            #expect(received.withLock { $0.count } == server.seen.count - 1, "what was asked was kept")
        }
    }

    @Test(arguments: [
        ("Is it good?", "names no column"), ("Is {txt} good?", "'txt'"), ("Is {text good?", "not closed"),
    ])
    func `A question that asks nothing of a row is refused`(_ question: String, _ words: String) {
        let error = #expect(throws: AttarError.self) {
            try Self.opened("http://127.0.0.1:9", Self.rows(["a", "b"])) { $0.question = question }
        }
        #expect(
            error?.code == .invalidSetting && error?.description.contains(words) == true, "\(String(describing: error))"
        )
    }

    @Test func `Model, classes and prices have to be there`() {
        let rows = Self.rows(["a", "b"])
        for (change, words) in [
            ({ $0.model = nil }, "--teacher-model"), ({ $0.maxCost = 1 }, "--cost-per-million-tokens"),
        ] as [((inout TeacherSettings) -> Void, String)] {
            let error = #expect(throws: AttarError.self) { try Self.opened("http://127.0.0.1:9", rows, change) }
            #expect(error?.remedy.contains(words) == true)
        }
        let error = #expect(throws: AttarError.self) {
            try Self.opened("http://127.0.0.1:9", Dataset(source: "r", columns: rows.columns))
        }
        #expect(error?.remedy.contains("--classes") == true)
    }

    @Test func `The fingerprint follows the question, the model and the classes`() throws {
        let rows = Self.rows(["a", "b"])
        let prints = try [
            { _ in }, { $0.question = "{text}?" }, { $0.model = "other" }, { $0.classes = ["positive", "negative"] },
        ]
        .map { (change: (inout TeacherSettings) -> Void) in
            try Self.opened("http://127.0.0.1:9", rows, change).fingerprint
        }
        #expect(Set(prints).count == 4)
        #expect(try Self.opened("http://127.0.0.1:9", rows) { $0.workers = 9 }.fingerprint == prints[0])
    }
}
