import Attar
import Compute
import Foundation
import Testing

/// Files that earlier versions wrote, one of each version of the format and each family: `Released/make_released.py` says how.
struct ReleasedArtifactTests {
    /// One file, and what the version that wrote it answered.
    struct Released: Decodable, Sendable {
        let format: Int
        let family: String
        let rows: String
        let answers: [[Double]]
        /// Where a rule says which class is answered.
        let labels: [String]?
        /// At a coverage of 0.8.
        let sets: [[String]]?
        let low: [[Double]]?
        let high: [[Double]]?
    }

    private static let files: [String: Released] = {
        do {
            return try JSONDecoder().decode(
                [String: Released].self, from: Data(contentsOf: URL(fileURLWithPath: path("answers.json"))))
        } catch { preconditionFailure("Released/answers.json cannot be read: \(error)") }
    }()

    static let names = files.keys.sorted()

    private static func path(_ name: String) -> String {
        Bundle.module.bundleURL.appendingPathComponent("Released").appendingPathComponent(name).path
    }

    private static func file(_ name: String) throws -> SafetensorsFile {
        try SafetensorsFile(bytes: Array(Data(contentsOf: URL(fileURLWithPath: path("\(name).attar")))), path: name)
    }

    /// Products whose sums run in another order where vectors are wider end in other last digits; where a number stood between two bytes, it takes
    /// the other one, which is a 250th of its range.
    private static func tolerance(_ released: Released) -> Double { released.format == 2 ? 0.02 : 1e-4 }

    @Test func `There is a file of every version of the format`() {
        #expect(Set(Self.files.values.map(\.format)) == Set(1...Artifact.formatVersion))
    }

    @Test(arguments: names)
    func `A file of an earlier version answers as it did`(name: String) async throws {
        let released = try #require(Self.files[name])
        let artifact = try Artifact.read(Self.path("\(name).attar"))
        #expect(artifact.formatVersion == released.format)
        #expect(artifact.model.description.family == released.family)
        let rows = try Dataset.read(
            Self.path("rows/\(released.rows)"), options: ReadingOptions(types: artifact.model.encoder.schema))
        let answers = try await artifact.model.predict(rows)
        #expect(relativeError(answers.matrix, released.answers) < Self.tolerance(released))

        #expect((artifact.model.answerRule != nil) == (released.labels != nil))
        if let labels = released.labels {
            let answers: LabelledAnswers = try await artifact.model.answers(to: rows)
            #expect(
                answers.map(\.label) == labels && labels != answers.matrix.argmax().map { answers.task.names[Int($0)] })
        }

        #expect((artifact.sets != nil) == (released.sets != nil || released.low != nil))
        if let sets = released.sets {
            let found = try #require(artifact.sets).sets(of: answers, identifiers: rows.identifiers, coverage: 0.8)
            #expect(found.map { $0.map { artifact.model.task.names[$0] } } == sets)
        }
        if let low = released.low, let high = released.high {
            let ends = try #require(artifact.sets).intervals(
                around: answers, features: artifact.model.encoder.encoded(rows), coverage: 0.8)
            #expect(relativeError(ends.low, low) < Self.tolerance(released))
            #expect(relativeError(ends.high, high) < Self.tolerance(released))
        }
    }

    @Test(arguments: names)
    func `A file of an earlier version is written again with the same tensors and record`(name: String) throws {
        let old = try Self.file(name)
        let again = try SafetensorsFile(bytes: Artifact.read(Self.path("\(name).attar")).encoded(), path: name)
        #expect(again.tensors == old.tensors)
        let (before, now) = (try Self.document(old), try Self.document(again))
        for (key, value) in before where key != "attar" { #expect(now[key] == value, "\(key)") }
    }

    /// The document in a file's header.
    private static func document(_ file: SafetensorsFile) throws -> [String: JSONValue] {
        try JSONDecoder().decode([String: JSONValue].self, from: Data(#require(file.metadata["attar"]).utf8))
    }
}
