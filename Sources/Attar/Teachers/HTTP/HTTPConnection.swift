internal import CCurl
internal import Foundation

/// A request to a server.
struct HTTPRequest: Sendable {
    let address: String
    /// What is sent as JSON; nil asks for what stands at the address.
    let body: [UInt8]?
}

/// What a server answered.
struct HTTPResponse: Sendable {
    let status: Int
    let body: [UInt8]
    /// Seconds that it asks to wait, 0 where it asks for none.
    let retryAfter: Int
    /// Where it points to, where it answers from nowhere itself.
    let location: String?
}

/// Why there is no answer.
struct HTTPFailure: Error {
    /// The number that libcurl gives it.
    let code: UInt32
    /// As a part of a sentence: "it …".
    let words: String
    /// Whether another try may help.
    var mayPass = false
}

/// Says to all connections of one asking that no answer is wanted any more.
final class Abandonment: @unchecked Sendable {
    // Set once, from 0 to 1; threads that see it late abandon their request a little later.
    fileprivate let flag = attar_curl_flag_new()

    /// Ends the requests on their way.
    func abandon() { attar_curl_flag_set(flag) }

    deinit { attar_curl_flag_free(flag) }
}

/// A connection to a server that is kept from request to request. Belongs to one thread. A thin shim around libcurl.
final class HTTPConnection {
    private let handle: UnsafeMutableRawPointer
    private let answer: UnsafeMutablePointer<attar_curl_answer>
    private let abandonment: Abandonment
    private var headers: UnsafeMutablePointer<curl_slist>?
    private let limit: Int

    private static let isReady = attar_curl_start()

    /// Makes a connection.
    ///
    /// - Parameters:
    ///   - key: sent with each request.
    ///   - address: the server's; proxies of the environment are not used for one on this machine.
    ///   - timeout: the longest that a request may take, in seconds.
    ///   - limit: the most bytes of an answer, once unpacked.
    init(
        to address: ServerAddress, key: ServerKey?, timeout: Double, limit: Int, abandonment: Abandonment
    ) throws {
        guard Self.isReady, let handle = curl_easy_init(), let answer = attar_curl_answer_new(limit, abandonment.flag)
        else {
            throw AttarError(.unusableTeacher, "libcurl cannot be started", remedy: "Check the installation of libcurl")
        }
        self.handle = handle
        self.answer = answer
        self.abandonment = abandonment
        self.limit = limit
        var lines = ["Content-Type: application/json", "Accept: application/json", "Expect:"]
        if let key { lines.append(key.header) }
        for line in lines { headers = curl_slist_append(headers, line) }
        attar_curl_set_headers(handle, headers)
        attar_curl_set_answer(handle, answer)
        attar_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        attar_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        attar_curl_set_long(handle, CURLOPT_TIMEOUT_MS, max(1, Int(timeout * 1000)))
        attar_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(min(30, timeout) * 1000)))
        attar_curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        attar_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        attar_curl_set_text(handle, CURLOPT_ACCEPT_ENCODING, "")
        attar_curl_set_text(handle, CURLOPT_USERAGENT, "attar/\(AttarVersion.current)")
        if address.isLoopback { attar_curl_set_text(handle, CURLOPT_NOPROXY, "*") }
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headers)
        attar_curl_answer_free(answer)
    }

    /// Sends a request and waits for the answer, of whatever status.
    func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
        attar_curl_answer_clear(answer)
        attar_curl_set_text(handle, CURLOPT_URL, request.address)
        if let body = request.body {
            attar_curl_set_long(handle, CURLOPT_POST, 1)
            attar_curl_set_body(handle, body, Int64(body.count))
        } else {
            attar_curl_set_long(handle, CURLOPT_HTTPGET, 1)
        }
        let code = curl_easy_perform(handle)
        guard code == CURLE_OK else { throw failure(code) }
        let count = answer.pointee.count
        let body = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            if let start = room.baseAddress { attar_curl_copy(answer, start) }
            filled = count
        }
        return HTTPResponse(
            status: attar_curl_long(handle, CURLINFO_RESPONSE_CODE), body: body,
            retryAfter: Int(clamping: attar_curl_retry_after(handle)),
            location: attar_curl_text(handle, CURLINFO_REDIRECT_URL).map { String(cString: $0) })
    }

    private func failure(_ code: CURLcode) -> HTTPFailure {
        let number = code.rawValue
        let passing = HTTPFailure(code: number, words: String(cString: curl_easy_strerror(code)), mayPass: true)
        let lasting = HTTPFailure(code: number, words: passing.words)
        switch code {
        case CURLE_WRITE_ERROR where answer.pointee.exceeded:
            return HTTPFailure(code: number, words: "it answers with more than \(limit) bytes")
        case CURLE_OPERATION_TIMEDOUT:
            return HTTPFailure(code: number, words: "it takes longer than --timeout allows", mayPass: true)
        case CURLE_PARTIAL_FILE:
            return HTTPFailure(
                code: number, words: "its answer ends before the length that it announced", mayPass: true)
        case CURLE_GOT_NOTHING:
            return HTTPFailure(code: number, words: "it closes the connection without an answer", mayPass: true)
        case CURLE_COULDNT_CONNECT:
            return HTTPFailure(code: number, words: "nothing answers at that address", mayPass: true)
        case CURLE_COULDNT_RESOLVE_HOST: return HTTPFailure(code: number, words: "the name of the host is not known")
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR: return passing
        case CURLE_BAD_CONTENT_ENCODING:
            return HTTPFailure(code: number, words: "its answer cannot be unpacked")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
            return HTTPFailure(code: number, words: "it does not speak HTTP")
        default: return lasting
        }
    }

    /// Whether a failure is that of a request that was abandoned, or that took too long.
    static func isAbandoned(_ failure: HTTPFailure) -> Bool { failure.code == CURLE_ABORTED_BY_CALLBACK.rawValue }
    static func isLate(_ failure: HTTPFailure) -> Bool { failure.code == CURLE_OPERATION_TIMEDOUT.rawValue }
}
