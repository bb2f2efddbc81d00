internal import CKernels
internal import Compute

/// Which rows a teacher is asked where it cannot be asked all.
public struct QuestionSampling: Hashable, Codable, Sendable {
    /// The ways of choosing rows.
    public enum Method: String, Hashable, Codable, Sendable, CaseIterable {
        /// All rows alike.
        case random
        /// Each time the row that is farthest from all that were chosen, so that no row is far from one that was asked.
        /// Source: Gonzalez, "Clustering to minimize the maximum intercluster distance" (1985); for active learning Sener and Savarese (ICLR 2018).
        case kCentre = "k-centre"
        /// In rounds the rows of which students of what was answered so far are least sure: those of the greatest entropy of their mean
        /// probabilities, or of the greatest variance of their values. Source: Settles, "Active Learning Literature Survey" (2009), sections 3.1, 3.2.
        case uncertainty
    }

    /// Rows to ask, above 0.
    public var count: Int
    /// How they are chosen.
    public var method: Method
    /// Rounds in which they are asked, from 1; after each it is measured how well a student does.
    public var rounds: Int
    /// The student that is measured, and whose doubts decide.
    public var student: String
    /// The choice follows from it.
    public var seed: UInt64

    /// Asks that many rows.
    public init(
        count: Int, method: Method = .random, rounds: Int = 5, student: String = "mlp[32]", seed: UInt64 = 1
    ) {
        (self.count, self.method, self.rounds, self.student, self.seed) = (count, method, rounds, student, seed)
    }

    /// Refuses settings out of their range.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    public func validate() throws {
        func require(_ holds: Bool, _ problem: @autoclosure () -> String) throws {
            if !holds { throw AttarError(.invalidSetting, problem()) }
        }
        try require(count >= 20, "ask is \(count), but must be at least 20, as a few of the rows measure the student")
        try require((1...100).contains(rounds), "rounds is \(rounds), but must be from 1 to 100")
        let specification = try Specification(student)
        try Family.named(specification.name).estimator(specification).validate()
    }
}

/// Rows of numbers among which each time the one is taken that is farthest from all taken so far.
struct FarthestFirst {
    private let features: Matrix
    private var distances: [Float]
    private var next: Int

    /// Begins with the row nearest the mean of all, which encoded rows have near 0.
    init(_ features: Matrix) {
        self.features = features
        distances = [Float](repeating: .infinity, count: features.rows)
        let norms = (0..<features.rows).map { features.row($0).reduce(Float(0)) { $0 + $1 * $1 } }
        next = norms.indices.min { norms[$0] < norms[$1] } ?? 0
    }

    /// Takes a row as given, so that others keep their distance from it.
    mutating func take(_ row: Int) {
        next = attar_farthest_row(features.elements, features.rows, features.columns, row, &distances)
    }

    /// The next rows; fewer where the rest repeats rows that were taken.
    mutating func taking(_ count: Int) -> [Int] {
        var taken: [Int] = []
        while taken.count < count, distances.indices.contains(next), distances[next] > 0 {
            let row = next
            taken.append(row)
            take(row)
        }
        return taken
    }
}
