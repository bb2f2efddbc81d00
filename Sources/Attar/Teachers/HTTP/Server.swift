internal import Foundation

/// How often and after what time a request is tried again.
package struct RetryPolicy: Sendable {
    /// The most tries of a request, from 1.
    package var tries = 6
    /// Seconds before the second try; doubled each time, and varied by half so that many do not come at once.
    package var firstWait = 0.5
    /// The longest wait of our own, in seconds.
    package var longestWait = 30.0
    /// The longest wait that a server may ask for, in seconds.
    package var longestRetryAfter = 300

    package init() {}

    func wait(afterTry number: Int) -> Double {
        min(longestWait, firstWait * pow(2, Double(number - 1))) * Double.random(in: 0.75...1.25)
    }
}

/// A server that is asked over HTTP: one address, its key, its limits, and the sentences about what goes wrong.
final class Server: Sendable {
    let address: ServerAddress
    let meter: Meter
    private let key: ServerKey?
    private let timeout: Double
    private let retry: RetryPolicy
    private let limit: Int
    /// The variable to put a key into, for messages.
    private let keyVariable: String

    /// The most bytes of an answer, once unpacked; and the longest that a request may take, in seconds.
    static let mostBytes = 1 << 26
    static let defaultTimeout = 60.0

    init(
        _ address: ServerAddress, settings: TeacherSettings, environment: [String: String], retry: RetryPolicy,
        limit: Int = Server.mostBytes
    ) throws {
        self.address = address
        self.retry = retry
        self.limit = limit
        key = try ServerKey(for: address, named: settings.keyVariable, in: environment)
        keyVariable = settings.keyVariable ?? ServerKey.variable
        timeout = settings.timeout?.amount ?? Self.defaultTimeout
        meter = try Meter(settings)
    }

    /// A connection for one thread.
    func connection(_ abandonment: Abandonment) throws -> HTTPConnection {
        try HTTPConnection(to: address, key: key, timeout: timeout, limit: limit, abandonment: abandonment)
    }

    /// Sends a request, again where that may help, and returns the answer where its status says that all is well, or where it is one of those
    /// the caller wants to see.
    ///
    /// The caller tells the meter what the answer took, with `meter.end`, in each case where this returns.
    /// - Parameters:
    ///   - what: what is asked about, for messages: "data.csv, line 7".
    ///   - statuses: statuses of failures that are returned, too.
    ///   - reading: an answer as it is to be taken, where it says of itself that it is none.
    /// - Throws: `AttarError` (`unusableTeacher`), over a `RowTrouble` where another row may be answered; `Meter.LimitReached`, `CancellationError`.
    func answer(
        to request: HTTPRequest, over connection: HTTPConnection, about what: String, accepting statuses: [Int] = [],
        reading: (HTTPResponse) -> HTTPResponse = { $0 }, isStopped: () -> Bool
    ) throws -> HTTPResponse {
        var number = 1
        while true {
            try meter.begin(isStopped: isStopped)
            let (problem, remedy, wait): (String, String, Double)
            var isOfRow = false
            do {
                let response = reading(try connection.send(request))
                if (200..<300).contains(response.status) || statuses.contains(response.status) { return response }
                meter.end(isPaid: false)
                let isPassing = response.status == 429 || response.status == 408 || response.status >= 500
                guard isPassing, response.retryAfter <= retry.longestRetryAfter else {
                    throw refusal(response, about: what)
                }
                problem = "it answers with status \(response.status)\(excerpt(response.body))"
                // A gateway without a server behind it, or one that has too much to do, says nothing of the row.
                isOfRow = response.status >= 500 && !(502...504).contains(response.status)
                remedy = "Ask again later, with fewer --workers or a lower --requests-per-second"
                wait = max(retry.wait(afterTry: number), Double(response.retryAfter))
            } catch let failure as HTTPFailure {
                meter.end(isPaid: false)
                if HTTPConnection.isAbandoned(failure) { throw CancellationError() }
                // Waiting twice for a server that is too slow is enough.
                let isLast = HTTPConnection.isLate(failure) && number > 1
                guard failure.mayPass, !isLast else {
                    throw unusable(
                        what, failure.words, Self.remedy(for: failure), isOfRow: HTTPConnection.isLate(failure))
                }
                problem = failure.words
                remedy = Self.remedy(for: failure)
                wait = retry.wait(afterTry: number)
            }
            guard number < retry.tries else {
                throw unusable(what, "\(problem), \(number) times", remedy, isOfRow: isOfRow)
            }
            number += 1
            try Meter.wait(.seconds(wait), isStopped: isStopped)
        }
    }

    /// A sentence about an answer.
    ///
    /// - Parameter isOfRow: whether another row may be answered all the same.
    func unusable(_ what: String, _ problem: String, _ remedy: String, isOfRow: Bool = false) -> AttarError {
        let problem = shown(problem)
        return AttarError(
            .unusableTeacher, "the teacher '\(address.text)', asked about \(what): \(problem)", remedy: remedy,
            underlying: isOfRow ? RowTrouble(reason: problem) : nil)
    }

    /// A text as it may be shown: without the key.
    func shown(_ text: String) -> String { key?.hidden(in: text) ?? text }

    /// The sentence about a limit that ended the asking.
    func limitReached(_ limit: Meter.LimitReached, answered: Int, of count: Int) -> AttarError {
        AttarError(
            .limitReached,
            "the teacher '\(address.text)' was asked until \(limit.flag) \(limit.value): \(answered) of \(count) rows are answered after \(meter.spending.words)",
            remedy: "Raise \(limit.flag) and run again: answers that a label store keeps are not asked for again")
    }

    /// The beginning of an answer, to be put behind a sentence.
    func excerpt(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(4000), as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(
            separator: " ")
        if text.isEmpty { return " and nothing else" }
        if text.hasPrefix("<") { return " and a page for people: '\(text.prefix(80))…'" }
        let shown = shown(text)
        return ": '\(shown.prefix(240))\(shown.count > 240 ? "…" : "")'"
    }

    /// The sentence about a status that ends the asking.
    func refusal(_ response: HTTPResponse, about what: String) -> AttarError {
        switch response.status {
        case 300..<400:
            let place = response.location.map { " to '\(ServerAddress.masked($0))'" } ?? ""
            return unusable(
                what, "it points elsewhere\(place) (status \(response.status)), which is not followed",
                "Give that address itself, if you trust it")
        case 401, 403:
            return unusable(
                what, "it refuses with status \(response.status)\(excerpt(response.body))",
                "Put a valid key into the environment variable \(keyVariable)")
        case 404:
            return unusable(
                what, "it has nothing there (status 404)\(excerpt(response.body))",
                "Check the address, and the model's name")
        default:
            let wait = response.retryAfter > retry.longestRetryAfter ? " and asks to wait \(response.retryAfter) s" : ""
            return unusable(
                what, "it answers with status \(response.status)\(wait)\(excerpt(response.body))",
                "See the server's log, or its documentation", isOfRow: (400..<500).contains(response.status))
        }
    }

    private static func remedy(for failure: HTTPFailure) -> String {
        HTTPConnection.isLate(failure)
            ? "Give a longer --timeout or a smaller --batch" : "Check that the server runs, and its address"
    }
}
