import Attar
import Foundation

/// The folder of what a script of `scripts/fixtures` made.
///
/// - Throws: where it is missing, with what to do.
func fixtures(_ name: String) throws -> URL {
    let cache =
        ProcessInfo.processInfo.environment["XDG_CACHE_HOME"].map { URL(fileURLWithPath: $0) }
        ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache")
    let folder = cache.appendingPathComponent("attar/fixtures/models/\(name)")
    guard FileManager.default.fileExists(atPath: folder.path) else {
        throw AttarError(.unreadableFile, "there is no folder '\(folder.path)'", remedy: "Run scripts/fixtures.sh")
    }
    return folder
}

/// The values of a file of JSON lines.
func jsonLines<Value: Decodable>(_ url: URL, as type: Value.Type = Value.self) throws -> [Value] {
    let text = try String(contentsOf: url, encoding: .utf8)
    return try text.split(separator: "\n").map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
}
