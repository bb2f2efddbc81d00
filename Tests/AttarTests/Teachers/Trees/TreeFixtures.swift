import Attar
import Compute
import Foundation
import Testing

/// Models that XGBoost and LightGBM trained, with their own answers: `scripts/fixtures/trees.py`.
struct TreeFixtures: Decodable {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let file: String
        let data: String
        let target: String?
        let asked: String?
        let answers: [[Double]]
        /// How many notes the teacher has besides the one on classes without names.
        let notes: Int

        var testDescription: String { name }
    }

    struct Refused: Decodable, Sendable, CustomTestStringConvertible {
        let file: String
        let says: String

        var testDescription: String { file }
    }

    let cases: [Case]
    let refused: [Refused]

    static let folder: URL = {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
        return URL(fileURLWithPath: "\(cache)/attar/fixtures/models/trees")
    }()

    static let loaded = Result {
        do {
            return try JSONDecoder().decode(
                TreeFixtures.self, from: Data(contentsOf: folder.appendingPathComponent("cases.json")))
        } catch {
            throw AttarError(
                .unreadableFile, "the models of trees are not in \(folder.path)", remedy: "Run scripts/fixtures.sh",
                underlying: error)
        }
    }

    static func path(_ file: String) -> String { folder.appendingPathComponent(file).path }

    /// The rows of a case: made ones beside the models, or bundled ones.
    static func rows(_ name: String, target: String?) throws -> Dataset {
        let made = path(name)
        let rows = try Dataset.read(
            FileManager.default.fileExists(atPath: made) ? made : bundledData(name))
        return try target.map { try rows.taking(target: $0) } ?? rows
    }

    /// A data set in the project's own folder.
    static func bundledData(_ name: String, file: String = #filePath) -> String {
        var folder = URL(fileURLWithPath: file)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("Datasets/\(name)").path
    }
}

/// The largest distance between answers and what they should be, each measured against 1 or the value itself, whichever is more.
func relativeError(_ answers: Matrix, _ expected: [[Double]]) -> Double {
    guard answers.rows == expected.count, answers.columns == expected.first?.count else { return .infinity }
    var largest = 0.0
    for (row, values) in expected.enumerated() {
        for (column, value) in values.enumerated() {
            largest = max(largest, abs(Double(answers[row, column]) - value) / max(1, abs(value)))
        }
    }
    return largest
}
