import Attar
import Compute
import Foundation
import Synchronization

/// A teacher that counts what it is asked, and fails where it is told to.
final class CountingTeacher: PartialTeacher {
    let task: LearningTask
    let fingerprint: Fingerprint
    private let asked = Mutex<[Int]>([])
    /// The number of rows after which it fails; nil for never.
    let failure: Int?
    private let width: Int
    private let salt: Float

    init(classes: Int = 3, named name: String = "counting", failingAfter failure: Int? = nil, salt: Float = 0) {
        task = .classification((0..<classes).map { "c\($0)" })
        width = classes
        fingerprint = Fingerprint(hex: name)
        self.failure = failure
        self.salt = salt
    }

    /// The identifiers of all rows that were asked, in order.
    var questions: [Int] { asked.withLock { $0 } }

    /// Requests, one a row.
    var spending: Spending? {
        var spending = Spending()
        spending.requests = questions.count
        spending.cost = 0.5 * Double(questions.count)
        return spending
    }

    /// The answer to a row is told from its first column.
    static func answer(_ x: Float, classes: Int, salt: Float = 0) -> [Float] {
        let logits = (0..<classes).map { Float(($0 * 7 + Int(x * 3)) % 5) + x / 10 + salt * Float($0) }
        return Matrix(rows: 1, columns: classes, elements: logits).softmax().elements
    }

    func predict(
        _ rows: Dataset, receiving: @escaping @Sendable ([Int], Answers) throws -> Void
    ) async throws {
        let xs = numbers(rows, "x")
        for start in stride(from: 0, to: rows.count, by: 10) {
            let block = Array(start..<min(rows.count, start + 10))
            if let failure, questions.count + block.count > failure {
                throw AttarError(.unusableTeacher, "the teacher is tired")
            }
            asked.withLock { $0 += block.map { rows.identifiers[$0] } }
            let elements = block.flatMap { Self.answer(xs[$0], classes: width, salt: salt) }
            try receiving(block, Answers(.probabilities, Matrix(rows: block.count, columns: width, elements: elements)))
        }
    }

    /// Rows of one number each.
    static func rows(_ numbers: [Float], name: String = "x") -> Dataset {
        Dataset(source: "rows", columns: [Column(name, .numeric(numbers))])
    }
}

/// Runs the body with the path of a folder that does not exist yet, and removes it.
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attar-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}
