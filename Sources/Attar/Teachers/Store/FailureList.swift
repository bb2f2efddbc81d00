internal import Foundation
internal import Synchronization

/// The rows that a teacher had no usable answer to, one a line of `failures.jsonl` in the folder of its answers: for people, and so that they are not asked, and paid, again.
///
/// Without a folder they are remembered as long as the list lives.
final class FailureList: Sendable {
    /// One line.
    private struct Entry: Codable {
        /// Where the row stands: "data.csv, line 7".
        let row: String
        let reason: String
        let teacher: String
        /// The question and the row's contents, by which it is known again.
        let question: String
        let key: String
    }

    /// The file's name in the store.
    static let fileName = "failures.jsonl"

    private let path: String?
    private let teacher: String
    private let question: String
    private let rows: Mutex<[RowKey: String]>

    /// The rows of a question that are listed already.
    ///
    /// - Parameters:
    ///   - teacher: what it is called.
    ///   - isForgiven: whether rows that are listed are to be asked again.
    init(of question: StoredQuestion, in store: AnswerStore?, named teacher: String, isForgiven: Bool) {
        let list = store.map { "\($0.path)/\(Self.fileName)" }
        path = store?.isReadOnly == true ? nil : list
        self.teacher = teacher
        self.question = question.mark
        var known: [RowKey: String] = [:]
        if !isForgiven {
            for entry in Self.entries(in: list) where entry.question == question.mark {
                // A line whose key is none, as a hand may have left it, stands for no row.
                if let key = RowKey(hex: entry.key) { known[key] = entry.reason }
            }
        }
        rows = Mutex(known)
    }

    /// Why a row has no usable answer; nil where it has one, or was not asked.
    func reason(for key: RowKey) -> String? { rows.withLock { $0[key] } }

    /// How many rows there are.
    var count: Int { rows.withLock { $0.count } }

    /// Where people find them; nil where they are only remembered.
    var place: String? { path }

    /// Adds a row.
    ///
    /// - Throws: `AttarError` (`unwritableFile`).
    func add(_ key: RowKey, row: String, reason: String) throws {
        try rows.withLock { rows in
            guard rows.updateValue(reason, forKey: key) == nil, let path else { return }
            let entry = Entry(row: row, reason: reason, teacher: teacher, question: question, key: key.hex)
            try Self.append([entry], to: path)
        }
    }

    /// Strikes rows that have an answer now, of whatever run.
    func strike(_ isAnswered: (RowKey) -> Bool) throws {
        guard let path else { return }
        let all = Self.entries(in: path)
        var seen: Set<String> = []
        // What is listed last of a row is what happened last.
        let left = all.reversed().filter { entry in
            guard entry.question == question, let key = RowKey(hex: entry.key) else { return true }
            return !isAnswered(key) && seen.insert(entry.key).inserted
        }.reversed()
        guard left.count < all.count else { return }
        if left.isEmpty {
            try? FileManager.default.removeItem(atPath: path)
        } else {
            // Whole, as all that is listed of other questions stands in it, too.
            try OutputFile.write(Array(Self.lines(Array(left))), to: path)
        }
    }

    /// The lines that can be read: one that a killed run has not finished is none.
    private static func entries(in path: String?) -> [Entry] {
        guard let path, let data = FileManager.default.contents(atPath: path) else { return [] }
        return data.split(separator: UInt8(ascii: "\n")).compactMap { try? JSONDecoder().decode(Entry.self, from: $0) }
    }

    private static func lines(_ entries: [Entry]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try entries.reduce(into: Data()) { $0 += try encoder.encode($1) + [UInt8(ascii: "\n")] }
    }

    private static func append(_ entries: [Entry], to path: String) throws {
        do {
            if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(fileURLWithPath: path)) }
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            defer { try? file.close() }
            var lines = Data()
            let end = try file.seekToEnd()
            if end > 0 {
                // A line that was cut short must not swallow the next.
                try file.seek(toOffset: end - 1)
                if try file.read(upToCount: 1) != Data([UInt8(ascii: "\n")]) { lines.append(UInt8(ascii: "\n")) }
            }
            try file.write(contentsOf: lines + Self.lines(entries))
        } catch {
            throw AttarError(
                .unwritableFile, "the list '\(path)' of rows without an answer cannot be written",
                remedy: "Check its permissions and the space on the disk", underlying: error)
        }
    }
}

extension RowKey {
    /// Its 32 digits.
    var hex: String {
        [first, second].map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// A key of its digits; nil where they are none.
    init?(hex: String) {
        guard hex.utf8.count == 32, let first = UInt64(hex.prefix(16), radix: 16),
            let second = UInt64(hex.suffix(16), radix: 16)
        else { return nil }
        self.init(first: first, second: second)
    }
}

extension StoredQuestion {
    /// What tells it from other questions in any store.
    fileprivate var mark: String {
        var hasher = FingerprintHasher()
        hasher.combine(fingerprint.hex)
        for column in columns { hasher.combine(column) }
        return hasher.finished().hex
    }
}
