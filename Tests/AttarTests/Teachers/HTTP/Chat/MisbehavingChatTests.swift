import Attar
import Compute
import Foundation
import Synchronization
import Testing

/// Chat endpoints that refuse, filter, think aloud and break: no paid run ends over one row.
struct MisbehavingChatTests {
    /// What the endpoint does with a row, by the row's text.
    @Sendable private static func reply(_ request: LoopbackServer.Request) -> LoopbackServer.Reply {
        func message(_ content: String, finish: String = "stop") -> LoopbackServer.Reply {
            .json(
                #"{"choices":[{"message":{"content":\#(content)},"finish_reason":"\#(finish)"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}"#
            )
        }
        func has(_ word: String) -> Bool { request.body.contains(word) }
        if request.json["logprobs"] != nil {
            return .json(#"{"error":{"message":"You are not allowed to request logprobs"}}"#, status: 403)
        }
        if has("refused") { return message(#""I'm sorry, I can't help with that.""#) }
        if has("filtered") {
            return .json(#"{"error":{"message":"The response was filtered","code":"content_filter"}}"#, status: 400)
        }
        if has("empty") { return message("null") }
        if has("broken") { return .json(#"{"error":{"message":"upstream failed","code":400}}"#) }
        if has("cut") { return message(#""<think>Hmm, let me see""#, finish: "length") }
        if has("thoughtful") { return message(#""<think>Not negative…</think>\n\nThe sentiment is **Positive**.""#) }
        return message(has("lovely") ? #""POSITIVE!""# : #""negative""#)
    }

    private static let texts =
        ["lovely", "awful", "refused", "filtered", "empty", "broken", "cut", "thoughtful"]
        + (0..<12).map { "awful \($0)" }

    private static func rows(_ texts: [String] = texts) -> Dataset {
        Dataset(source: "reviews.csv", columns: [Column("text", .text(texts))])
    }

    private static func settings(_ change: (inout TeacherSettings) -> Void = { _ in }) -> TeacherSettings {
        var settings = TeacherSettings()
        settings.model = "tiny"
        settings.workers = 1
        settings.classes = ["negative", "positive"]
        settings.question = "What is the mood of: {text}"
        change(&settings)
        return settings
    }

    private static func labelled(
        _ address: String, _ rows: Dataset = rows(), in folder: String,
        _ change: (inout TeacherSettings) -> Void = { _ in }
    ) async throws -> Labelling {
        try await Labelling(
            of: TeacherSource("\(address)/v1"), on: rows, in: folder, settings: settings(change))
    }

    private static func failures(in folder: String) throws -> [[String: String]] {
        try String(contentsOfFile: "\(folder)/failures.jsonl", encoding: .utf8).split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String])
        }
    }

    @Test func `Rows without a usable answer are listed with the reason, and all others are answered`() async throws {
        try await withFolder { folder in
            try await LoopbackServer.running { request, _ in
                Self.reply(request)
            } _: { address, server in
                let done = try await Self.labelled(address, in: folder) { $0.maxFailures = .count(5) }
                #expect(done.answered == 15 && done.failed == 5 && done.asked == 15)
                let listed = try Self.failures(in: folder)
                let reasons = Dictionary(
                    listed.map { ($0["row"] ?? "", $0["reason"] ?? "") }, uniquingKeysWith: { first, _ in first })
                #expect(reasons.count == 5 && listed.count == 5)
                for (row, words) in [
                    (3, "which is none of the classes negative, positive"), (4, "status 400"), (5, "answers nothing"),
                    (6, "an error in the place of an answer: 'upstream failed'"),
                    (7, "cut off before the model has answered"),
                ] {
                    #expect(reasons["reviews.csv, row \(row)"]?.contains(words) == true, "\(reasons)")
                }
                #expect(done.notes.contains { $0.contains("labels without probabilities") }, "\(done.notes)")
                #expect(
                    done.notes.contains { $0.contains("no usable answer to 5 rows") && $0.contains("failures.jsonl") })
                let seen = server.seen.count
                let again = try await Self.labelled(address, in: folder) { $0.maxFailures = .count(5) }
                #expect(again.answered == 15 && again.failed == 5 && again.asked == 0)
                #expect(server.seen.count == seen, "what failed is not paid again")
                #expect(again.notes.contains { $0.contains("labels without probabilities") })
            }
        }
    }

    @Test func `The answers behind reasoning and words are the right classes`() async throws {
        try await withFolder { folder in
            try await LoopbackServer.running { request, _ in
                Self.reply(request)
            } _: { address, _ in
                let rows = Self.rows(["lovely", "awful", "thoughtful"])
                let source = try TeacherSource("\(address)/v1")
                let teacher = try source.teacher(for: rows, settings: Self.settings { $0.store = folder })
                let answers = try await teacher.predict(rows)
                #expect(answers.matrix.elements == [0, 1, 1, 0, 0, 1] && answers.known == nil)
            }
        }
    }

    @Test func `Without the option the first such row ends the run, and the message says how to go on`() async throws {
        for (word, words) in [
            ("filtered", "Change that row or --question"), ("refused", "Ask more clearly with --question"),
            ("cut", "--answer-tokens"), ("broken", "server's log"),
        ] {
            try await withFolder { folder in
                try await LoopbackServer.running { request, _ in
                    Self.reply(request)
                } _: { address, _ in
                    let said = await problem {
                        _ = try await Self.labelled(address, Self.rows(["lovely", word]), in: folder)
                    }
                    #expect(said.contains("asked about reviews.csv, row 2") && said.contains(words), "\(said)")
                    #expect(said.contains("go on without such rows with --max-failures"), "\(said)")
                    let done = try await Self.labelled(address, Self.rows(["lovely", word]), in: folder) {
                        $0.maxFailures = .share(0.5)
                    }
                    #expect(done.answered == 1 && done.failed == 1 && done.asked == 0, "the first answer was kept")
                }
            }
        }
    }

    @Test func `More failures than are allowed end the run, and so does a list that is too long before it asks`()
        async throws
    {
        try await withFolder { folder in
            try await LoopbackServer.running { request, _ in
                Self.reply(request)
            } _: { address, server in
                let said = await problem {
                    _ = try await Self.labelled(address, in: folder) { $0.maxFailures = .share(0.1) }
                }
                #expect(said.contains("no usable answer to 3 rows, where --max-failures allows 10% (2)"), "\(said)")
                #expect(said.contains("failures.jsonl") && said.contains("--retry-failures"))
                let seen = server.seen.count
                let again = await problem {
                    _ = try await Self.labelled(address, in: folder) { $0.maxFailures = .share(0.1) }
                }
                #expect(again.contains("3 rows, where --max-failures allows 10% (2)") && server.seen.count == seen)
            }
        }
    }

    @Test func `Rows are asked again where that is wished, and leave the list once they are answered`() async throws {
        try await withFolder { folder in
            let isMended = Atomic(false)
            try await LoopbackServer.running { request, _ in
                if isMended.load(ordering: .relaxed), request.body.contains("filtered") {
                    return .json(#"{"choices":[{"message":{"content":[{"type":"text","text":"negative"}]}}]}"#)
                }
                return Self.reply(request)
            } _: { address, _ in
                let rows = Self.rows(["lovely", "filtered", "refused", "awful"])
                let change: (inout TeacherSettings) -> Void = { $0.maxFailures = .share(0.5) }
                _ = try await Self.labelled(address, rows, in: folder, change)
                isMended.store(true, ordering: .relaxed)
                let again = try await Self.labelled(address, rows, in: folder) {
                    change(&$0)
                    $0.retryFailures = true
                }
                #expect(again.answered == 3 && again.failed == 1 && again.asked == 1)
                #expect(try Self.failures(in: folder).map { $0["row"] } == ["reviews.csv, row 3"])
            }
        }
    }

    @Test func `A busy server inside an answer is tried again, and a key that is refused is no row's fault`()
        async throws
    {
        try await withFolder { folder in
            try await LoopbackServer.running { request, number in
                if number == 0 { return .json(#"{"error":{"message":"busy","code":429}}"#) }
                return Self.reply(request)
            } _: { address, server in
                let rows = Self.rows(["lovely"])
                var retry = RetryPolicy()
                retry.firstWait = 0.001
                let teacher = try HTTPTeacher.opened(
                    "\(address)/v1", settings: Self.settings(), for: rows, environment: [:], retry: retry)
                #expect(try await teacher.predict(rows).matrix.elements == [0, 1])
                #expect(server.seen.count == 3, "busy, without logprobs, answered")
            }
            try await LoopbackServer.running { _, _ in
                .json(#"{"error":{"message":"Forbidden"}}"#, status: 403)
            } _: { address, _ in
                let said = await problem {
                    _ = try await Self.labelled(address, in: folder) { $0.maxFailures = .share(1) }
                }
                #expect(said.contains("status 403") && said.contains("ATTAR_API_KEY"), "\(said)")
            }
        }
    }

    @Test func `A refusal without a reason is tried once without what not every server knows`() async throws {
        try await LoopbackServer.running { request, _ in
            request.json["logprobs"] != nil ? .json(#"{"error":"bad request"}"#, status: 400) : Self.reply(request)
        } _: { address, server in
            let rows = Self.rows(["lovely", "awful"])
            let teacher = try HTTPTeacher.opened(
                "\(address)/v1", settings: Self.settings(), for: rows, environment: [:], retry: RetryPolicy())
            #expect(try await teacher.predict(rows).matrix.elements == [0, 1, 1, 0])
            #expect(server.seen.count == 3, "it is learned once")
        }
    }

    @Test func `The most tokens of an answer are the user's to say`() async throws {
        try await LoopbackServer.running { request, _ in
            Self.reply(request)
        } _: { address, server in
            let rows = Self.rows(["lovely"])
            let teacher = try HTTPTeacher.opened(
                "\(address)/v1", settings: Self.settings { $0.answerTokens = 777 }, for: rows, environment: [:],
                retry: RetryPolicy())
            _ = try await teacher.predict(rows)
            #expect(server.seen.last?.json["max_tokens"] as? Int == 777)
        }
    }

    @Test func `A student learns from what was answered, and is tested where there is an answer`() async throws {
        try await withFolder { folder in
            try await LoopbackServer.running { request, _ in
                let isGood = request.body.contains("good")
                if request.body.contains("odd") { return .json(#"{"choices":[{"message":{"content":null}}]}"#) }
                return .json(#"{"choices":[{"message":{"content":"\#(isGood ? "positive" : "negative")"}}]}"#)
            } _: { address, _ in
                let texts = (0..<200).map { row in
                    "number \(row) was \(row % 2 == 0 ? "good" : "bad")\(row % 20 == 7 ? " and odd" : "")"
                }
                let labels = texts.indices.map { Int32($0 % 2 == 0 ? 1 : 0) }
                let rows = Dataset(
                    source: "reviews.csv", columns: [Column("text", .text(texts))],
                    target: Target(name: "mood", classes: ["negative", "positive"], labels: labels))
                var recipe = Recipe()
                recipe.teacher = "\(address)/v1"
                recipe.student = "linear"
                recipe.strategy = "teacher"
                recipe.evidence = .quick
                recipe.seeds = 1
                recipe.asking = Self.settings {
                    $0.store = folder
                    $0.maxFailures = .share(0.1)
                }
                let run = try await Distiller(recipe).distilled(on: rows)
                let listed = try Self.failures(in: folder).count
                #expect(listed == 10)
                let lost = 60 - run.certificate.testRows
                #expect(run.certificate.trainingRows == 140 && lost > 0 && lost < 10)
                #expect(
                    run.certificate.notes.contains { $0.contains("\(lost) of the 60 test rows: they are left out") })
                #expect(run.certificate.notes.contains { $0.contains("\(10 - lost) of the 140 training rows") })
            }
        }
    }
}
