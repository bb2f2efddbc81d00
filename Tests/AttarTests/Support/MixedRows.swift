import Attar
import Compute

/// Rows whose class follows from a text and a number together, and from neither alone.
enum MixedTable {
    private static let moods = [
        ["the soup was cold and the waiter rude", "we waited an hour and left hungry", "never again, a sad evening"],
        [
            "a warm welcome and a lovely meal", "the best fish in town, kind people",
            "we laughed all night and ate well",
        ],
    ]
    private static let ends = ["on Monday", "with our aunt", "before the play", "near the harbour", "in the rain"]

    /// Notes of one of two moods, which say 1 or −1, and numbers from −1.5 to 1.5; the class tells whether their sum is above 0.
    static func rows(_ count: Int, seed: UInt64 = 1) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "mixed")
        var notes: [String] = []
        var numbers: [Float] = []
        var labels: [Int32] = []
        for row in 0..<count {
            let mood = row % 2
            let number = 3 * generator.uniform() - 1.5
            let own = moods[mood][generator.index(below: 3)]
            notes.append("\(own) \(ends[generator.index(below: ends.count)])")
            numbers.append(number)
            labels.append(Float(2 * mood - 1) + number > 0 ? 1 : 0)
        }
        return Dataset(
            source: "mixed.csv", columns: [Column("bill", .numeric(numbers)), Column("note", .text(notes))],
            target: Target(name: "again", classes: ["no", "yes"], labels: labels))
    }

    /// The same rows with one of the columns alone.
    static func rows(_ count: Int, only column: String, seed: UInt64 = 1) -> Dataset {
        let all = rows(count, seed: seed)
        return all.with(columns: all.columns.filter { $0.name == column })
    }

    /// A model of some family, and the share of new rows that it answers rightly.
    static func fitted(
        _ text: String, on rows: Dataset, way: String? = nil
    ) throws -> (model: any Model, encoder: FeatureEncoder) {
        let specification = try Specification(text)
        let family = try Family.named(specification.name)
        let features = TextFeatures(method: try way.map { try TextMethod($0) }, readers: [family.reader])
        let encoder = try FeatureEncoder(fittedTo: rows, text: features)
        let estimator = try family.estimator(specification)
        try estimator.validate(for: encoder)
        let set = try TransferSet(rows, encoder: encoder)
        return (try estimator.fitted(to: set, validation: nil, context: .labels(set.task)), encoder)
    }
}
