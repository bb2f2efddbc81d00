import Foundation
import Synchronization
import Testing

/// A small HTTP server on a socket of this machine, which answers as a test wants it to, wrongly if need be. It ends with the test.
final class LoopbackServer: Sendable {
    /// What was asked.
    struct Request: Sendable {
        let method: String
        let path: String
        /// By name, in lower case.
        let headers: [String: String]
        let body: String

        /// The body's JSON object.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]) ?? [:]
        }
    }

    /// What is answered.
    enum Reply: Sendable {
        /// A JSON text with a status, as HTTP wants it.
        case json(String, status: Int = 200, headers: [String] = [])
        /// Bytes as they are; then the connection is closed.
        case raw([UInt8])
        /// Bytes one by one, for ever.
        case drip
        /// Nothing, until the other side has had enough.
        case silence
    }

    let port: Int
    private let listener: Int32
    private let requests = Mutex<[Request]>([])
    private let running = Mutex<(now: Int, most: Int)>((0, 0))
    private let answer: @Sendable (Request, Int) throws -> Reply

    /// Starts a server; `answer` gets each request and how many came before.
    init(_ answer: @escaping @Sendable (Request, Int) throws -> Reply) throws {
        self.answer = answer
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listening = listener
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listening, generic, length) == 0 && listen(listening, 64) == 0
                    && getsockname(listening, generic, &length) == 0
            }
        }
        try #require(bound, "no socket")
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listening, nil, nil)
                guard connection >= 0, let self else {
                    if connection >= 0 { close(connection) }
                    // Closed here and not where the server is stopped: the number may be another's while this thread still waits on it.
                    close(listening)
                    return
                }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    /// Calls the body with a server's address, and ends the server.
    static func running<Result>(
        _ answer: @escaping @Sendable (Request, Int) throws -> Reply,
        _ body: (_ address: String, _ server: LoopbackServer) async throws -> Result
    ) async throws -> Result {
        let server = try LoopbackServer(answer)
        defer { server.stop() }
        return try await body("http://127.0.0.1:\(server.port)", server)
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// All requests so far.
    var seen: [Request] { requests.withLock { $0 } }
    /// The most that were answered at the same time.
    var mostAtOnce: Int { running.withLock { $0.most } }

    private func serve(_ connection: Int32) {
        var mask = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &mask, nil)
        defer { close(connection) }
        var bytes: [UInt8] = []
        while let request = read(from: connection, &bytes) {
            let number = requests.withLock { requests in
                requests.append(request)
                return requests.count - 1
            }
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            defer { running.withLock { $0.now -= 1 } }
            switch (try? answer(request, number)) ?? .json("{}", status: 500) {
            case .json(let text, let status, let headers):
                let lines = [
                    "HTTP/1.1 \(status) X", "Content-Type: application/json", "Content-Length: \(text.utf8.count)",
                ]
                guard
                    write(Array(((lines + headers).joined(separator: "\r\n") + "\r\n\r\n" + text).utf8), to: connection)
                else { return }
            case .raw(let raw):
                _ = write(raw, to: connection)
                return
            case .drip:
                guard write(Array("HTTP/1.1 200 X\r\nContent-Length: 100000\r\n\r\n".utf8), to: connection) else {
                    return
                }
                while write([32], to: connection) { usleep(10_000) }
                return
            case .silence:
                var byte: UInt8 = 0
                while recv(connection, &byte, 1, 0) > 0 {}
                return
            }
        }
    }

    private func read(from connection: Int32, _ bytes: inout [UInt8]) -> Request? {
        var room = [UInt8](repeating: 0, count: 65536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    headers[parts[0].lowercased()] =
                        parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
                }
                let head = text[..<end.upperBound].utf8.count
                let length = Int(headers["content-length"] ?? "0") ?? 0
                if bytes.count >= head + length {
                    let words = lines[0].split(separator: " ")
                    let body = String(decoding: bytes[head..<head + length], as: UTF8.self)
                    bytes.removeFirst(head + length)
                    return Request(method: String(words[0]), path: String(words[1]), headers: headers, body: body)
                }
            }
            let count = recv(connection, &room, room.count, 0)
            if count <= 0 { return nil }
            bytes += room[..<count]
        }
    }

    private func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }
}

/// The sentence of the error that an opening or asking ends with; an empty text where it does not.
func problem(of body: () async throws -> Void) async -> String {
    do {
        try await body()
        return ""
    } catch {
        return "\(error)"
    }
}
