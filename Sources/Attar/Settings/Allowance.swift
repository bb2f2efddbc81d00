internal import Foundation

/// How many of some rows may be something: a whole number of them, or a share such as 1%.
public enum Allowance: Hashable, Sendable {
    /// So many.
    case count(Int)
    /// A share, from 0 to 1.
    case share(Double)

    /// Reads `5` as five, `1%` as a hundredth.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for anything else; `0.01` could be either.
    public init(_ text: String) throws {
        let trimmed = text.filter { !$0.isWhitespace }
        if trimmed.hasSuffix("%"), let percent = Double(trimmed.dropLast()), (0...100).contains(percent) {
            self = .share(percent / 100)
        } else if let count = Int(trimmed), count >= 0 {
            self = .count(count)
        } else {
            throw AttarError(
                .invalidSetting, "'\(text)' is neither a share nor a whole number, 0 or more",
                remedy: "Write a share in percent, such as 1%, or a number of rows, such as 20")
        }
    }

    /// How many of so many rows that allows; a share above 0 allows one at least.
    public func most(of rows: Int) -> Int {
        switch self {
        case .count(let count): count
        case .share(let share): share > 0 ? max(1, Int(share * Double(rows))) : 0
        }
    }

    /// Whether it is a share.
    var isShare: Bool { if case .share = self { true } else { false } }

    /// As it is written.
    public var text: String {
        switch self {
        case .count(let count): "\(count)"
        case .share(let share):
            "\(Int(exactly: (share * 1e8).rounded() / 1e6).map { "\($0)" } ?? "\((share * 1e8).rounded() / 1e6)")%"
        }
    }
}
