internal import Foundation
internal import GRDB

extension AnswerStore {
    /// The version of the tables and shards.
    private static let version = 1

    /// Whether a store may be written to; one that is not there yet may, as far as is known.
    static func isWritable(_ path: String) -> Bool {
        let file = "\(path)/\(indexName)"
        return access(file, F_OK) != 0 || access(file, W_OK) == 0 && access(path, W_OK) == 0
    }

    /// Opens the index of a store, and makes it where there is none: first of all, so that a process that is killed at any moment leaves a folder
    /// that is a store or an empty one.
    static func openedForWriting(_ path: String) throws -> DatabaseQueue {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw AttarError(
                .unwritableFile, "the folder '\(path)' for the teacher's answers cannot be made",
                remedy: "Check the path and its permissions", underlying: error)
        }
        // Starts of several processes come one after the other: a change of SQLite's journal does not wait for others as all else does.
        let lock = FolderLock(path)
        defer { lock.release() }
        try refuseOtherFiles(path)
        var configuration = Configuration()
        // Another process that writes is waited for; a shard is written in well under a second.
        configuration.busyMode = .timeout(60)
        configuration.prepareDatabase { database in
            // Functions in the schema of somebody else's index are not run.
            try database.execute(
                sql: "PRAGMA trusted_schema = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        }
        let index = try DatabaseQueue(path: "\(path)/\(indexName)", configuration: configuration)
        try index.write { try prepare($0, path) }
        return index
    }

    /// Opens an index that may not be written to.
    ///
    /// SQLite has to write even to read, where what is in its journal has not been put into the file or nobody has it open; then a copy of the index
    /// is read.
    static func openedForReading(_ path: String) throws -> (DatabaseQueue, copy: URL?) {
        let file = "\(path)/\(indexName)"
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA trusted_schema = OFF") }
        var reading = configuration
        reading.readonly = true
        if let index = try? DatabaseQueue(path: file, configuration: reading) {
            try index.read { try check($0, path) }
            return (index, nil)
        }
        let manager = FileManager.default
        let copy = manager.temporaryDirectory.appendingPathComponent("attar-index-\(UUID().uuidString)")
        do {
            try manager.createDirectory(at: copy, withIntermediateDirectories: true)
            for ending in ["", "-wal"] where manager.fileExists(atPath: file + ending) {
                try manager.copyItem(atPath: file + ending, toPath: copy.path + "/\(indexName)\(ending)")
                // The copy has the original's permissions.
                chmod(copy.path + "/\(indexName)\(ending)", 0o600)
            }
            let index = try DatabaseQueue(path: copy.path + "/\(indexName)", configuration: configuration)
            try index.read { try check($0, path) }
            return (index, copy)
        } catch {
            try? manager.removeItem(at: copy)
            throw error
        }
    }

    /// Refuses a folder that is something else than a store: one with an index is a store, and so is one in which a start was cut short.
    private static func refuseOtherFiles(_ path: String) throws {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: path)) ?? []
        guard !names.contains(indexName) else { return }
        let others = names.filter { !$0.hasPrefix(".") && !$0.hasPrefix("\(indexName)-") && $0 != shardsName }
        guard others.isEmpty else {
            throw AttarError(
                .unwritableFile, "'\(path)' is a folder with other files, not a store of answers",
                remedy: "Give an empty folder, or a name that does not exist yet")
        }
        let shards = (try? manager.contentsOfDirectory(atPath: "\(path)/\(shardsName)")) ?? []
        guard shards.allSatisfy({ $0.hasPrefix(".") }) else {
            throw AttarError(
                .malformedArtifact, "'\(path)' holds answers, but the index that knows whose they are is gone",
                remedy: "Copy '\(indexName)' there again, or give another --store, whose answers are asked anew")
        }
    }

    /// Checks the version, and makes the tables where there are none yet.
    private static func prepare(_ database: Database, _ path: String) throws {
        guard try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 else { return try check(database, path) }
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

    private static func check(_ database: Database, _ path: String) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else {
            throw AttarError(
                .malformedArtifact, "the store of answers has version \(found), and this attar reads up to \(version)",
                remedy: "Use a newer attar")
        }
        guard found == version else { throw damaged(path, "its version is \(found)") }
    }
}

/// One process at a time in a folder. Where a file system knows no locks there is none; SQLite's own then order all but the first moment.
private struct FolderLock {
    private let descriptor: Int32

    init(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        while descriptor >= 0, flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    func release() { if descriptor >= 0 { close(descriptor) } }
}
