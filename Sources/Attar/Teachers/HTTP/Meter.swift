internal import Foundation
internal import Synchronization

/// Counts what asking a server takes, keeps to its limits, and spaces requests in time.
final class Meter: Sendable {
    /// A limit that is reached: what it is called, and its value.
    struct LimitReached: Error {
        let flag: String
        let value: String
    }

    private struct State {
        var spending = Spending()
        /// Requests that may cost something and were not counted yet.
        var open = 0
        /// The most that a request has cost; nil before the first.
        var dearest: Double?
        /// When the next request may go.
        var next = ContinuousClock.now
    }

    private let state = Mutex(State())
    private let maxRequests: Int?
    private let maxCost: Double?
    private let interval: Duration?
    private let perRequest: Double
    private let perToken: (read: Double, written: Double)
    private let hasPrices: Bool

    /// Takes limits and prices from the settings.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a limit of cost without prices.
    init(_ settings: TeacherSettings) throws {
        maxRequests = settings.maxRequests
        maxCost = settings.maxCost
        interval = settings.requestsPerSecond.map { .seconds(1 / $0) }
        perRequest = settings.costPerRequest ?? 0
        let tokens = settings.costPerMillionTokens ?? [0, 0]
        perToken = (tokens[0] / 1e6, tokens[1] / 1e6)
        hasPrices = settings.costPerRequest != nil || settings.costPerMillionTokens != nil
        if maxCost != nil, !hasPrices {
            throw AttarError(
                .invalidSetting, "--max-cost needs prices",
                remedy: "Give --cost-per-million-tokens or --cost-per-request")
        }
        if hasPrices { state.withLock { $0.spending.cost = 0 } }
    }

    /// What was spent so far.
    var spending: Spending { state.withLock { $0.spending } }

    /// Takes the right to send one request, and waits for its turn.
    ///
    /// A limit of cost is kept by taking each request on its way for as dear as the dearest so far; until the first has told what it costs, it is
    /// alone.
    /// - Throws: `LimitReached`; `CancellationError` where `isStopped` says so while it waits.
    func begin(isStopped: () -> Bool) throws {
        while true {
            let turn: Duration? = try state.withLock { state in
                if let maxRequests, state.spending.requests >= maxRequests {
                    throw LimitReached(flag: "--max-requests", value: "\(maxRequests)")
                }
                if let maxCost {
                    let ahead = (state.dearest ?? perRequest) * Double(state.open + 1)
                    if (state.spending.cost ?? 0) + ahead > maxCost || (state.spending.cost ?? 0) >= maxCost {
                        if state.open > 0 { return nil }
                        throw LimitReached(flag: "--max-cost", value: "\(maxCost)")
                    }
                    if state.dearest == nil, state.open > 0 { return nil }
                }
                state.open += 1
                state.spending.requests += 1
                guard let interval else { return .zero }
                let now = ContinuousClock.now
                let turn = max(now, state.next)
                state.next = turn + interval
                return turn - now
            }
            guard let turn else {
                // Others are on their way, and tell what they cost when they are back.
                try Self.wait(.milliseconds(5), isStopped: isStopped)
                continue
            }
            do {
                try Self.wait(turn, isStopped: isStopped)
            } catch {
                state.withLock {
                    $0.open -= 1
                    $0.spending.requests -= 1
                }
                throw error
            }
            return
        }
    }

    /// Counts a request that is back.
    ///
    /// - Parameters:
    ///   - isPaid: whether it was answered.
    ///   - read: tokens that the server says it has read; `written` likewise.
    func end(isPaid: Bool, read: Int = 0, written: Int = 0) {
        // What a server says of itself is no reason to count backwards, or beyond what numbers hold.
        let (read, written) = (Self.tokens.clamping(read), Self.tokens.clamping(written))
        state.withLock { state in
            state.open -= 1
            state.spending.tokensRead += read
            state.spending.tokensWritten += written
            guard isPaid else { return }
            let cost = perRequest + Double(read) * perToken.read + Double(written) * perToken.written
            if hasPrices { state.spending.cost = (state.spending.cost ?? 0) + cost }
            state.dearest = max(state.dearest ?? 0, cost)
        }
    }

    /// The tokens that one request can have.
    private static let tokens = 0...1 << 32

    /// Waits, on a thread of the caller's own.
    static func wait(_ duration: Duration, isStopped: () -> Bool) throws {
        let end = ContinuousClock.now + duration
        while true {
            if isStopped() { throw CancellationError() }
            let left = end - .now
            if left <= .zero { return }
            Thread.sleep(forTimeInterval: min(0.1, left / .seconds(1)))
        }
    }
}

extension ClosedRange<Int> {
    fileprivate func clamping(_ number: Int) -> Int { Swift.min(Swift.max(number, lowerBound), upperBound) }
}
