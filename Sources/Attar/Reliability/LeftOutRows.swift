/// Rows of a run's data that it did without: those that the teacher has no usable answer to, and those that limits left no question for.
public struct LeftOutRows: Hashable, Codable, Sendable {
    /// How many training rows; with cross-fitted evidence these are test rows, too.
    public private(set) var trainingRows = 0
    /// How many test rows.
    public private(set) var testRows = 0
    /// The positions of the training rows in their file, from 0; nil where there are too many to list.
    public private(set) var training: [Int]? = []
    /// Those of the test rows.
    public private(set) var test: [Int]? = []
    /// Whether limits had a part in it: what they leave out follows from what was asked before, and how fast.
    public var isByLimits = false

    /// Rows that are listed at most: the list stands in the student's file.
    static let mostListed = 1_000

    /// No rows.
    init() {}

    /// Adds what is left out of some rows where others are kept.
    mutating func add(training: (all: Dataset, kept: Dataset), test: (all: Dataset, kept: Dataset)) {
        func missing(_ rows: (all: Dataset, kept: Dataset)) -> [Int] {
            Set(rows.all.identifiers).subtracting(rows.kept.identifiers).sorted()
        }
        func adding(_ more: [Int], to list: [Int]?, _ count: inout Int) -> [Int]? {
            count += more.count
            return count > Self.mostListed ? nil : list.map { ($0 + more).sorted() }
        }
        self.training = adding(missing(training), to: self.training, &trainingRows)
        self.test = adding(missing(test), to: self.test, &testRows)
    }

    /// The rows that a run went on with; nil where they are not listed.
    func kept(training: Dataset, test: Dataset, areTheSame: Bool) -> (training: Dataset, test: Dataset)? {
        guard let lost = self.training, let lostTest = areTheSame ? lost : self.test else { return nil }
        func without(_ rows: Dataset, _ lost: [Int]) -> Dataset {
            let lost = Set(lost)
            return lost.isEmpty
                ? rows : rows.selecting((0..<rows.count).filter { !lost.contains(rows.identifiers[$0]) })
        }
        return (without(training, lost), without(test, lostTest))
    }
}
