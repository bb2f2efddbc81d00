internal import Foundation
internal import GRDB

/// A folder that keeps teachers' answers, so that no row is asked twice and no answer is lost.
///
/// `index.sqlite` knows the questions (which teacher, about which columns, kept in which form), the shards that hold their answers, and answers
/// that came in small numbers; `shards/` holds answers in bulk, as safetensors. A shard is written under a temporary name, renamed, and only
/// then entered in the index, in one transaction: a process that is killed loses what it had not handed over yet, and nothing else. Several
/// processes may use one store at once; SQLite's lock on the index orders them.
///
/// Nothing in a store is taken on trust, since it may have been copied, cut short or made by somebody else: what is read has its type, range and
/// length checked, and damage is one sentence.
public final class AnswerStore: Sendable {
    /// The folder.
    public let path: String
    /// Whether it can only be read, as one on a disk that may not be written to: answers are found in it, and none can be added.
    public let isReadOnly: Bool
    private let index: DatabaseQueue
    /// Where an index that may not be written to was copied to be read; nil where that was not needed.
    private let copy: URL?

    /// The file that tells a store from other folders.
    static let indexName = "index.sqlite"
    /// The folder in it that holds answers in bulk.
    static let shardsName = "shards"
    /// The folder where nobody names one.
    public static let usualFolder = "attar-answers"

    /// Opens a store; makes it where there is none. One that may not be written to is opened to be read.
    ///
    /// - Throws: `AttarError`: `unwritableFile` where the folder cannot be made; `malformedArtifact` where it holds something else, or is a
    ///   newer version's.
    public convenience init(_ path: String) throws {
        try self.init(path, onlyReading: !Self.isWritable(path))
    }

    /// The same for a store that is to be read only.
    package init(_ path: String, onlyReading: Bool) throws {
        self.path = path
        isReadOnly = onlyReading
        do {
            (index, copy) = try onlyReading ? Self.openedForReading(path) : (Self.openedForWriting(path), nil)
        } catch {
            throw Self.unusable(path, error)
        }
    }

    deinit {
        if let copy {
            try? index.close()
            try? FileManager.default.removeItem(at: copy)
        }
    }

    /// Opens a store that must be there already.
    ///
    /// - Throws: as `init(_:)`, and `AttarError` (`unreadableFile`) where there is none.
    public static func existing(_ path: String) throws -> AnswerStore {
        guard FileManager.default.fileExists(atPath: "\(path)/\(indexName)") else {
            throw AttarError(
                .unreadableFile, "there is no store of answers at '\(path)'",
                remedy: "Make one with 'attar label DATA --teacher T --out \(path)'")
        }
        return try AnswerStore(path)
    }

    /// Reads from the index or writes to it in one transaction, with a sentence where that fails.
    func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            return try isReadOnly ? index.read(body) : index.write(body)
        } catch {
            throw Self.unusable(path, error)
        }
    }

    /// Puts all that is kept into the index's own file: SQLite keeps the latest in another beside it, which whoever copies `index.sqlite` alone
    /// would miss. Where another process is in the middle of something, that one does it when it is done.
    func settle() {
        guard !isReadOnly else { return }
        try? index.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    }

    /// What is said of an index that cannot be used; sentences of our own stay as they are.
    static func unusable(_ path: String, _ error: any Error) -> any Error {
        if let fault = error as? StoreFault { return damaged(path, fault.text) }
        guard let error = error as? DatabaseError else { return error }
        let words = error.message ?? "\(error)"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT:
            return damaged(path, words)
        default:
            return AttarError(
                .unwritableFile, "the index of the store '\(path)' cannot be used: \(words)",
                remedy: "Check its permissions and the space on the disk, or give another --store", underlying: error)
        }
    }

    /// The sentence about an index that says what cannot be.
    static func damaged(_ path: String, _ problem: String) -> AttarError {
        AttarError(
            .malformedArtifact, "the index of the store '\(path)' is damaged: \(problem)",
            remedy: "Copy the whole folder again, or give another --store, whose answers are asked anew")
    }
}
