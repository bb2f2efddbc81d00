import Attar
import Foundation

/// Something of Attar's that reads what somebody else wrote: it gives what it read, or refuses it with an `AttarError`. Anything else (a trap, a
/// hang, a gigabyte, another error) is a finding.
package struct Surface: Sendable, CustomStringConvertible {
    package let name: String
    /// Inputs to begin with: most are right, some once brought a reader down.
    package let seeds: [[UInt8]]
    private let change: @Sendable ([UInt8], inout ByteMutator) -> [UInt8]
    private let read: @Sendable ([UInt8], _ folder: String) async throws -> Void

    package var description: String { name }

    /// - Parameters:
    ///   - seeds: files of the repository, as paths in it; those in `Benchmarks/Fuzz/Seeds/NAME` come by themselves.
    ///   - made: inputs that are made anew each time.
    ///   - change: makes another input of one.
    ///   - read: reads an input; may write into the folder, which is empty.
    init(
        _ name: String, seeds: [String] = [], made: [[UInt8]] = [],
        change: @escaping @Sendable ([UInt8], inout ByteMutator) -> [UInt8],
        read: @escaping @Sendable ([UInt8], _ folder: String) async throws -> Void
    ) {
        self.name = name
        self.seeds = made + Self.files(seeds, of: name)
        (self.change, self.read) = (change, read)
    }

    /// The input of one case, which follows from the seed.
    package func input(_ number: Int, seed: UInt64) -> [UInt8] {
        var mutator = ByteMutator(seed: seed, stream: "\(name) \(number)", others: seeds)
        return change(mutator.one(of: seeds), &mutator)
    }

    /// Reads an input.
    ///
    /// - Throws: `Finding` where it is refused otherwise than with a sentence of some length.
    package func read(_ input: [UInt8]) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attar-fuzz-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try await read(input, folder.path)
        } catch let error as AttarError {
            let length = error.description.utf8.count
            guard !error.problem.isEmpty, length < 5000 else { throw Finding("a sentence of \(length) bytes") }
        } catch {
            throw Finding(
                "the error \(String(describing: error).prefix(500)) of type \(type(of: error)) instead of a sentence")
        }
    }

    /// What is wrong.
    package struct Finding: Error, CustomStringConvertible {
        package let description: String
        init(_ description: String) { self.description = description }
    }

    /// Everything that reads.
    package static let all: [Surface] = tables + models + words + teachers

    /// A reader that falls for each of its inputs, on which the driver itself is tried; not among all others.
    package static let trap = Surface(
        "self-test", made: ["trap", "hang", "memory", "error", "sentence"].map { Array($0.utf8) },
        change: { bytes, _ in bytes },
        read: { bytes, _ in try await fall(for: String(decoding: bytes, as: UTF8.self)) })

    private static func fall(for word: String) async throws {
        switch word {
        case "trap": fatalError("a trap")
        case "hang": while true { usleep(1000) }
        case "memory":
            let bytes = [UInt8](repeating: 1, count: 1_200_000_000)
            if bytes.randomElement() == 0 { throw CancellationError() }
        case "error": throw CancellationError()
        default: throw AttarError(.malformedData, "a sentence")
        }
    }

    // MARK: - Seeds

    /// The repository's folder.
    static let repository = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardizedFileURL

    private static func files(_ paths: [String], of name: String) -> [[UInt8]] {
        let own = repository.appendingPathComponent("Benchmarks/Fuzz/Seeds/\(name)")
        let kept = (try? FileManager.default.contentsOfDirectory(atPath: own.path).sorted()) ?? []
        let urls = paths.map { repository.appendingPathComponent($0) } + kept.map { own.appendingPathComponent($0) }
        return urls.map { url in
            guard let data = try? Data(contentsOf: url) else { fatalError("the seed '\(url.path)' is missing") }
            return [UInt8](data)
        }
    }
}

/// Writes bytes to a file of the folder, and returns its path.
func written(_ bytes: [UInt8], _ name: String, in folder: String) throws -> String {
    let path = "\(folder)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
}
