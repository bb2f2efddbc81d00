import Foundation
import Synchronization

/// A server on this machine that answers each request with the next of some texts, whatever is asked; the last of them again and again.
///
/// A text that begins with "HTTP/" goes out as it is; any other is the body of an answer with the status 200.
final class AnswerServer: Sendable {
    let port: Int
    private let listener: Int32
    private let answers: [[UInt8]]
    private let count = Mutex(0)

    struct NoSocket: Error {}

    init(_ answers: [[UInt8]]) throws {
        self.answers = answers.isEmpty ? [[]] : answers
        listener = socket(AF_INET, Self.stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listening = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listening, generic, length) == 0 && listen(listening, 8) == 0
                    && getsockname(listening, generic, &length) == 0
            }
        }
        guard isBound else { throw NoSocket() }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listening, nil, nil)
                if connection < 0 { break }
                serve(connection)
            }
            close(listening)
        }
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    #if canImport(Glibc)
        private static let stream = Int32(SOCK_STREAM.rawValue)
    #else
        private static let stream = SOCK_STREAM
    #endif

    /// Answers what comes over a connection, one request at a time. Requests are told by their headers' end and length alone.
    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            while let length = Self.request(in: bytes) {
                bytes.removeFirst(length)
                let number = count.withLock { count in
                    count += 1
                    return count - 1
                }
                let answer = answers[min(number, answers.count - 1)]
                let isWhole = answer.starts(with: Array("HTTP/".utf8))
                let head = "HTTP/1.1 200 OK\r\nContent-Length: \(answer.count)\r\n\r\n"
                let sent = (isWhole ? [] : Array(head.utf8)) + answer
                guard sent.withUnsafeBytes({ send(connection, $0.baseAddress, $0.count, Self.quietly) }) == sent.count,
                    !isWhole
                else { return }
            }
            let count = recv(connection, &room, room.count, 0)
            if count <= 0 { return }
            bytes += room[..<count]
        }
    }

    #if canImport(Glibc)
        private static let quietly = Int32(MSG_NOSIGNAL)
    #else
        private static let quietly: Int32 = 0
    #endif

    /// Bytes of the first request; nil where it has not come whole.
    private static func request(in bytes: [UInt8]) -> Int? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
        let length =
            head.split(whereSeparator: \.isNewline).first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
        return bytes.count >= end.upperBound + length ? end.upperBound + length : nil
    }
}
