import Attar
import Compute
import Foundation
import Synchronization
import Testing

/// Teachers of the Open Inference Protocol, over real sockets.
struct InferenceTeacherTests {
    private static let metadata =
        #"{"name":"m","versions":["2"],"platform":"test","inputs":[{"name":"x","datatype":"FP32","shape":[-1,2]}],"outputs":[{"name":"label","datatype":"INT64","shape":[-1]},{"name":"probabilities","datatype":"FP32","shape":[-1,2]}]}"#

    /// Rows with two numbers and two classes.
    private static func rows(_ count: Int) -> Dataset {
        Dataset(
            source: "r",
            columns: [
                Column("a", .numeric((0..<count).map(Float.init))), Column("b", .numeric((0..<count).map { _ in 0.5 })),
            ],
            target: Target(name: "y", classes: ["no", "yes"], labels: (0..<count).map { Int32($0 % 2) }))
    }

    /// The answer of a model that gives 1 / (1 + a) to the first class.
    private static func answer(_ request: LoopbackServer.Request) -> String {
        let inputs = request.json["inputs"] as? [[String: Any]] ?? []
        let data = inputs.first?["data"] as? [Double] ?? []
        let p = stride(from: 0, to: data.count, by: 2).map { 1 / (1 + data[$0]) }
        let numbers = p.map { "[\($0),\(1 - $0)]" }.joined(separator: ",")
        return
            #"{"model_name":"m","outputs":[{"name":"probabilities","datatype":"FP32","shape":[\#(p.count),2],"data":[\#(numbers)]}]}"#
    }

    private static func opened(
        _ address: String, _ rows: Dataset, environment: [String: String] = [:], mostBytes: Int? = nil,
        _ change: (inout TeacherSettings) throws -> Void = { _ in }
    ) throws -> any PartialTeacher {
        var settings = TeacherSettings()
        settings.timeout = try Quantity("2s")
        try change(&settings)
        var retry = RetryPolicy()
        retry.firstWait = 0.001
        retry.tries = 3
        let teacher = try HTTPTeacher.opened(
            "\(address)/v2/models/m", settings: settings, for: rows, environment: environment, retry: retry,
            mostBytes: mostBytes)
        return try #require(teacher as? any PartialTeacher)
    }

    @Test func `A model is asked as its server describes it`() async throws {
        try await LoopbackServer.running { request, _ in
            .json(request.method == "GET" ? Self.metadata : Self.answer(request))
        } _: { address, server in
            let rows = Self.rows(100)
            let teacher = try Self.opened(address, rows) {
                $0.batch = 7
                $0.workers = 3
            }
            #expect(teacher.task.names == ["no", "yes"])
            let outputs = try await teacher.predict(rows)
            #expect(outputs.kind == .probabilities)
            let expected = (0..<100).flatMap { row -> [Float] in
                let p = 1 / (1 + Double(row))
                return [Float(p), Float(1 - p)]
            }
            #expect(outputs.matrix.elements == expected)
            let body = try #require(server.seen.last?.json)
            let input = try #require((body["inputs"] as? [[String: Any]])?.first)
            #expect(input["name"] as? String == "x" && input["datatype"] as? String == "FP32")
            #expect((input["shape"] as? [Int])?.last == 2)
            #expect(((body["outputs"] as? [[String: Any]])?.first?["name"] as? String) == "probabilities")
            #expect(server.seen.filter { $0.method == "POST" }.count == 1 + 15)
            #expect(server.seen.allSatisfy { $0.path.hasPrefix("/v2/models/m") })
            #expect(teacher.spending?.requests == 17)
        }
    }

    @Test func `Columns go to inputs by name, texts as texts, and labels are noted`() async throws {
        let metadata =
            #"{"name":"m","inputs":[{"name":"words","datatype":"BYTES","shape":[-1,1]},{"name":"n","datatype":"INT64","shape":[-1]}],"outputs":[{"name":"class","datatype":"BYTES","shape":[-1]}]}"#
        try await LoopbackServer.running { request, _ in
            if request.method == "GET" { return .json(metadata) }
            let inputs = request.json["inputs"] as? [[String: Any]] ?? []
            let words = inputs[0]["data"] as? [String] ?? []
            let shapes = inputs.map { ($0["shape"] as? [Int] ?? []).count }
            guard shapes == [2, 1], inputs[1]["data"] as? [Int] == [3, 4] else { return .json("{}", status: 400) }
            let classes = words.map { "\"\($0 == "good \"one\"" ? "yes" : "no")\"" }.joined(separator: ",")
            return .json(#"{"outputs":[{"name":"class","datatype":"BYTES","shape":[2],"data":[\#(classes)]}]}"#)
        } _: { address, _ in
            let rows = Dataset(
                source: "r",
                columns: [Column("n", .numeric([3, 4])), Column("words", .text(["bad", "good \"one\""]))],
                target: Target(name: "y", classes: ["no", "yes"], labels: [0, 1]))
            let teacher = try Self.opened(address, rows)
            let outputs = try await teacher.predict(rows)
            #expect(outputs.matrix.elements == [1, 0, 0, 1])
            #expect(teacher.answerNotes.contains { $0.contains("no soft targets") })
        }
    }

    @Test(arguments: [
        "[-1,4294967296,4294967296,4294967296]", "[-1,9223372036854775807,2]", "[-1,-2]", "[-1,1000000,1000000]",
    ])
    func `Sizes that no model has are refused, in what a server says and in its answers`(_ shape: String) async throws {
        for isMetadata in [true, false] {
            try await LoopbackServer.running { request, _ in
                let text = request.method == "GET" ? Self.metadata : Self.answer(request)
                let wrong = (request.method == "GET") == isMetadata
                return .json(wrong ? text.replacing(/"shape":\[[-0-9]+,2\]/, with: "\"shape\":\(shape)") : text)
            } _: { address, _ in
                let words = await problem { _ = try Self.opened(address, Self.rows(4)) }
                #expect(
                    words.contains(isMetadata ? "lays down" : "in 'probabilities'") || words.contains("cannot be read"),
                    "\(words)")
            }
        }
    }

    @Test func `A server that is busy is asked again, and one that stays so is named`() async throws {
        try await LoopbackServer.running { request, number in
            if request.method == "GET" { return .json(Self.metadata) }
            return number % 3 == 2
                ? .json(Self.answer(request))
                : .json("{}", status: number % 3 == 0 ? 429 : 503, headers: ["Retry-After: 0"])
        } _: { address, server in
            let rows = Self.rows(10)
            let teacher = try Self.opened(address, rows) { $0.workers = 1 }
            let outputs = try await teacher.predict(rows)
            #expect(outputs.matrix.rows == 10)
            #expect(server.seen.count == 6)
        }
        try await LoopbackServer.running { _, _ in
            .json("overloaded", status: 503)
        } _: { address, server in
            let said = await problem { _ = try Self.opened(address, Self.rows(3)) }
            #expect(said.contains("status 503: 'overloaded', 3 times") && said.contains(address), "\(said)")
            #expect(server.seen.count == 3)
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 200 X\r\nContent-Length: 5000\r\n\r\n{\"outputs\":[", "ends before the length"),
        ("HTTP/1.1 200 X\r\nContent-Length: 12\r\n\r\n{\"outputs\":[{\"name\":\"probabilities\"}]}", "cannot be read"),
        (
            "HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<html>Hello</html>  ",
            "a page for people"
        ),
        ("HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\n{}", "it has no \"outputs\""),
        ("HTTP/1.1 200 X\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", "cannot be unpacked"),
        ("SSH-2.0-OpenSSH\r\n\r\n", "does not speak HTTP"), ("", "without an answer"),
        (
            "HTTP/1.1 200 X\r\nContent-Length: 91\r\n\r\n{\"outputs\":[{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[3,2],\"data\":[0.5,0.5,0.5]}]}",
            "gives 3 values of shape [3, 2]"
        ),
        ("HTTP/1.1 418 X\r\nContent-Length: 6\r\n\r\nteapot", "status 418: 'teapot'"),
        ("HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n", "nothing there"),
    ])
    func `What a server may get wrong is one sentence with address, row and remedy`(
        _ reply: String, _ words: String
    ) async throws {
        try await LoopbackServer.running { request, _ in
            request.method == "GET" ? .json(Self.metadata) : .raw(Array(reply.utf8))
        } _: { address, _ in
            let said = await problem { _ = try Self.opened(address, Self.rows(3)) }
            #expect(
                said.contains(words) && said.contains("\(address)/v2/models/m") && said.contains("r, row 1"), "\(said)")
            #expect(said.hasSuffix("."))
        }
    }

    @Test(arguments: [true, false])
    func `A server that is too slow, or drips, is given up`(_ drips: Bool) async throws {
        try await LoopbackServer.running { request, _ in
            request.method == "GET" ? .json(Self.metadata) : drips ? .drip : .silence
        } _: { address, server in
            let said = await problem {
                _ = try Self.opened(address, Self.rows(3)) { $0.timeout = try Quantity("0.3s") }
            }
            #expect(said.contains("longer than --timeout allows"), "\(said)")
            #expect(server.seen.count == 3, "asked twice, no more")
        }
    }

    /// A megabyte of blanks, packed into 6 kB: a literal, then the same again 258 times, again and again (RFC 1951, fixed codes).
    private static let bomb: [UInt8] = {
        var bits: [UInt8] = [1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0]
        for _ in 0..<4000 { bits += [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0] }
        bits += [UInt8](repeating: 0, count: 7 + 8)
        let packed = stride(from: 0, to: bits.count - 7, by: 8).map { start in
            (0..<8).reduce(UInt8(0)) { $0 | bits[start + $1] << UInt8($1) }
        }
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + packed
    }()

    @Test(arguments: [true, false])
    func `An answer that is too large is not read to its end, packed or not`(_ isPacked: Bool) async throws {
        try await LoopbackServer.running { request, _ in
            if request.method == "GET" { return .json(Self.metadata) }
            let body = isPacked ? Self.bomb : [UInt8](repeating: 32, count: 300_000)
            let encoding = isPacked ? "Content-Encoding: gzip\r\n" : ""
            return .raw(Array("HTTP/1.1 200 X\r\n\(encoding)Content-Length: \(body.count)\r\n\r\n".utf8) + body)
        } _: { address, _ in
            let said = await problem { _ = try Self.opened(address, Self.rows(3), mostBytes: 100_000) }
            #expect(said.contains("more than 100000 bytes"), "\(said)")
        }
    }

    @Test func `A redirection is never followed, and its secrets are not shown`() async throws {
        try await LoopbackServer.running { _, _ in
            .json("{}")
        } _: { other, elsewhere in
            try await LoopbackServer.running { _, _ in
                .json(
                    "", status: 307,
                    headers: [
                        "Location: \(other.replacingOccurrences(of: "http://", with: "http://me:secret@"))/x?key=hidden"
                    ])
            } _: { address, _ in
                let said = await problem {
                    _ = try Self.opened(address, Self.rows(3), environment: ["ATTAR_API_KEY": "k1"])
                }
                #expect(said.contains("points elsewhere") && said.contains("127.0.0.1:\(elsewhere.port)"), "\(said)")
                #expect(!said.contains("secret@") && !said.contains("hidden"), "\(said)")
                #expect(elsewhere.seen.isEmpty)
            }
        }
    }

    @Test func `The key is sent, and shown nowhere`() async throws {
        try await LoopbackServer.running { request, _ in
            .json("no access for \(request.headers["authorization"] ?? "none")", status: 401)
        } _: { address, server in
            let said = await problem {
                _ = try Self.opened(address, Self.rows(3), environment: ["ATTAR_API_KEY": "s3cr3t-k"])
            }
            #expect(server.seen.first?.headers["authorization"] == "Bearer s3cr3t-k")
            #expect(
                said.contains("status 401") && said.contains("ATTAR_API_KEY") && !said.contains("s3cr3t-k"), "\(said)")
        }
    }

    @Test func `Inputs that the data cannot fill are told before anything is asked`() async throws {
        for (columns, words) in [
            ([Column("a", .numeric([1, 2, 3]))], "takes 2 numbers a row in 'x' (FP32 [-1, 2]), but the data has 1"),
            (
                [Column("a", .numeric([1, 2, 3])), Column("t", .text(["x", "y", "z"]))],
                "the column 't' is text"
            ),
            (
                [Column("a", .numeric([1, .nan, 3])), Column("b", .numeric([1, 2, 3]))],
                "r, row 2: the column 'a' is missing"
            ),
        ] {
            try await LoopbackServer.running { _, _ in
                .json(Self.metadata)
            } _: { address, server in
                let rows = Dataset(
                    source: "r", columns: columns,
                    target: Target(name: "y", classes: ["no", "yes"], labels: [0, 1, 0]))
                let said = await problem { _ = try Self.opened(address, rows) }
                #expect(said.contains(words), "\(said)")
                #expect(server.seen.count == 1)
            }
        }
    }

    @Test func `The limit of requests ends the asking, with what was answered handed over`() async throws {
        try await LoopbackServer.running { request, _ in
            .json(request.method == "GET" ? Self.metadata : Self.answer(request))
        } _: { address, server in
            let rows = Self.rows(100)
            let teacher = try Self.opened(address, rows) {
                $0.batch = 10
                $0.maxRequests = 7
            }
            let received = Mutex<Set<Int>>([])
            let error = await #expect(throws: AttarError.self) {
                try await teacher.predict(rows) { positions, _ in received.withLock { $0.formUnion(positions) } }
            }
            #expect(error?.code == .limitReached)
            #expect(error?.problem.contains("--max-requests 7: 50 of 100 rows") == true, "\(String(describing: error))")
            #expect(received.withLock { $0 } == Set(0..<50) && server.seen.count == 7)
        }
    }

    @Test func `Requests keep the rate, run side by side, and a cancelled task abandons them`() async throws {
        try await LoopbackServer.running { request, number in
            if request.method == "GET" { return .json(Self.metadata) }
            if number == 1 { return .json(Self.answer(request)) }
            return .silence
        } _: { address, server in
            let rows = Self.rows(100)
            let teacher = try Self.opened(address, rows) {
                $0.batch = 10
                $0.workers = 3
                $0.timeout = try Quantity("1000s")
            }
            let task = Task { try await teacher.predict(rows) }
            while server.mostAtOnce < 3 { try await Task.sleep(for: .milliseconds(5)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(server.seen.count == 5)
        }
        try await LoopbackServer.running { request, _ in
            .json(request.method == "GET" ? Self.metadata : Self.answer(request))
        } _: { address, _ in
            let rows = Self.rows(10)
            let begun = ContinuousClock.now
            let teacher = try Self.opened(address, rows) {
                $0.batch = 1
                $0.requestsPerSecond = 50
            }
            _ = try await teacher.predict(rows)
            // The first goes at once, eleven wait for 20 ms each.
            #expect(ContinuousClock.now - begun >= .milliseconds(219))
        }
    }
}
