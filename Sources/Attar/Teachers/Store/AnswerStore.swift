internal import Foundation
internal import GRDB

/// A folder that keeps teachers' answers, so that no row is asked twice and no answer is lost.
///
/// `index.sqlite` knows the questions (which teacher, about which columns, kept in which form), the shards that hold their answers, and answers
/// that came in small numbers; `shards/` holds answers in bulk, as safetensors. A shard is written under a temporary name, renamed, and only
/// then entered in the index, in one transaction: a process that is killed loses what it had not handed over yet, and nothing else. Several
/// processes may use one store at once; SQLite's lock on the index orders them.
public final class AnswerStore: Sendable {
    /// The folder.
    public let path: String
    let index: DatabaseQueue

    /// The file that tells a store from other folders.
    static let indexName = "index.sqlite"
    /// The folder where nobody names one.
    public static let usualFolder = "attar-answers"
    /// The version of the tables and shards.
    private static let version = 1

    /// Opens a store; makes it where there is none.
    ///
    /// - Throws: `AttarError`: `unwritableFile` where the folder cannot be made; `malformedArtifact` where it holds something else, or is a
    ///   newer version's.
    public init(_ path: String) throws {
        self.path = path
        let manager = FileManager.default
        let file = "\(path)/\(Self.indexName)"
        if !manager.fileExists(atPath: file), let contents = try? manager.contentsOfDirectory(atPath: path),
            contents.contains(where: { !$0.hasPrefix(".") })
        {
            throw AttarError(
                .unwritableFile, "'\(path)' is a folder with other files, not a store of answers",
                remedy: "Give an empty folder, or a name that does not exist yet")
        }
        do {
            try manager.createDirectory(atPath: "\(path)/shards", withIntermediateDirectories: true)
        } catch {
            throw AttarError(
                .unwritableFile, "the folder '\(path)' for the teacher's answers cannot be made",
                remedy: "Check the path and its permissions", underlying: error)
        }
        var configuration = Configuration()
        // Another process that writes is waited for; a shard is written in well under a second.
        configuration.busyMode = .timeout(60)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        }
        do {
            index = try DatabaseQueue(path: file, configuration: configuration)
            try index.write(Self.prepare)
        } catch let error as AttarError {
            throw error
        } catch {
            throw Self.unusable(path, error)
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

    private static func prepare(_ database: Database) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else {
            throw AttarError(
                .malformedArtifact, "the store of answers has version \(found), and this attar reads up to \(version)",
                remedy: "Use a newer attar")
        }
        guard found == 0 else { return }
        try database.execute(
            sql: """
                CREATE TABLE question (
                    id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, teacher TEXT NOT NULL, columns TEXT NOT NULL, form TEXT NOT NULL,
                    task TEXT NOT NULL, kind TEXT, created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
                    UNIQUE (fingerprint, columns, form));
                CREATE TABLE shard (
                    id INTEGER PRIMARY KEY, question INTEGER NOT NULL REFERENCES question, file TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL);
                CREATE INDEX shardsOfQuestion ON shard (question);
                CREATE TABLE recent (
                    id INTEGER PRIMARY KEY, question INTEGER NOT NULL REFERENCES question, rows INTEGER NOT NULL, keys BLOB NOT NULL,
                    answers BLOB NOT NULL, columns BLOB NOT NULL);
                CREATE INDEX recentOfQuestion ON recent (question);
                CREATE TABLE spending (
                    id INTEGER PRIMARY KEY, question INTEGER NOT NULL REFERENCES question, requests INTEGER NOT NULL,
                    tokensRead INTEGER NOT NULL, tokensWritten INTEGER NOT NULL, cost REAL,
                    finished TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
                PRAGMA user_version = \(version);
                """)
    }

    /// Reads from the index or writes to it in one transaction, with a sentence where that fails.
    func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            return try index.write(body)
        } catch let error as AttarError {
            throw error
        } catch {
            throw Self.unusable(path, error)
        }
    }

    private static func unusable(_ path: String, _ error: any Error) -> AttarError {
        let words = (error as? DatabaseError)?.message ?? "\(error)"
        return AttarError(
            .unwritableFile, "the index of the store '\(path)' cannot be used: \(words)",
            remedy: "Check its permissions and the space on the disk, or give another --store", underlying: error)
    }
}
