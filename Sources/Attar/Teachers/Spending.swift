internal import Foundation

/// What asking a teacher has taken: requests, tokens, money.
public struct Spending: Hashable, Codable, Sendable {
    /// Requests sent, with those that had to be repeated.
    public var requests = 0
    /// Tokens that a server says it has read.
    public var tokensRead = 0
    /// Tokens that a server says it has written.
    public var tokensWritten = 0
    /// The cost at the prices given, in their unit; nil where there are none.
    public var cost: Double?

    /// Nothing yet.
    public init() {}
}

extension Spending {
    /// What was spent since a point in time.
    public func since(_ before: Spending?) -> Spending {
        guard let before else { return self }
        var rest = Spending()
        rest.requests = requests - before.requests
        rest.tokensRead = tokensRead - before.tokensRead
        rest.tokensWritten = tokensWritten - before.tokensWritten
        rest.cost = cost.map { $0 - (before.cost ?? 0) }
        return rest
    }

    /// This and more.
    func adding(_ more: Spending) -> Spending {
        var sum = self
        sum.requests += more.requests
        sum.tokensRead += more.tokensRead
        sum.tokensWritten += more.tokensWritten
        if cost != nil || more.cost != nil { sum.cost = (cost ?? 0) + (more.cost ?? 0) }
        return sum
    }

    /// "1,003 requests, 61,000 tokens read and 2,006 written, cost 0.0087", as far as anything was counted.
    public var words: String {
        var parts = [Self.count(requests, "request")]
        if tokensRead > 0 || tokensWritten > 0 {
            parts.append("\(Self.grouped(tokensRead)) tokens read and \(Self.grouped(tokensWritten)) written")
        }
        if let cost { parts.append("cost \(Self.price(cost))") }
        return parts.joined(separator: ", ")
    }

    /// "1 request", "2,000 requests".
    static func count(_ count: Int, _ noun: String) -> String { "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")" }

    /// A price in two digits behind the point, in four below a cent, and below that in words.
    public static func price(_ cost: Double) -> String {
        if cost == 0 { return "0" }
        if abs(cost) < 0.00005 { return "less than 0.0001" }
        return String(format: abs(cost) < 0.01 ? "%.4f" : "%.2f", cost)
    }

    /// A whole number with commas between thousands.
    static func grouped(_ count: Int) -> String {
        let digits = Array(String(abs(count)))
        let groups = digits.enumerated().map { place, digit in
            place > 0 && (digits.count - place) % 3 == 0 ? ",\(digit)" : "\(digit)"
        }
        return (count < 0 ? "-" : "") + groups.joined()
    }
}
