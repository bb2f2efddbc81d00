internal import Compute
internal import Foundation

/// How a teacher's classes go with the labels of some rows, as they are named and as they could be meant.
struct ClassAgreement: Sendable {
    /// Number of rows.
    let rows: Int
    /// In how many the likeliest class is the label.
    let right: Int
    /// In how many it would be if the teacher's outputs were the classes in the order `order`.
    let rightAtBest: Int
    /// The classes in the order in which the outputs would have to be meant for that; nil where not all of them were seen.
    let order: [String]?
    /// The commonest label, and in how many rows it stands.
    let commonest: (name: String, rows: Int)
    /// In how many rows as many answers of each class would be right by chance.
    let byChance: Double
    /// The logarithm of a bound for the chance that answers which have nothing to do with the labels go with them as well as they do at best.
    private let chanceOfBest: Double
    /// How many classes were answered, or stand as labels.
    private let seen: Int

    /// Gains that cannot come from chance nor from a poor teacher: half of the rows, or a fifth of them where chance gives that once in ten thousand times.
    private static let (certainGain, likelyGain, mostChance) = (0.5, 0.2, -9.2)

    /// How many rows there have to be for each class that was seen.
    private static let rowsOfClass = 4

    /// Counts answers and labels; nil where there are none of both, or the teacher has other classes.
    init?(_ answers: Answers, _ task: LearningTask, _ target: Target) {
        guard task.form == .probabilities, case .classes(let labels) = target.truth, task.names.count > 1,
            task.names.count == target.task.names.count
        else { return nil }
        let places = TruthWord.positions(of: target.task.names, among: task.names)
        guard Set(places).count == places.count, !places.contains(nil) else { return nil }
        let known = zip(answers.matrix.argmax(), labels).compactMap { answer, label in
            label < 0 ? nil : places[Int(label)].map { (answer: Int(answer), label: $0) }
        }
        guard !known.isEmpty else { return nil }
        let count = task.names.count
        var (ofAnswer, ofLabel) = ([Int](repeating: 0, count: count), [Int](repeating: 0, count: count))
        var pairs: [Int: [Int: Int]] = [:]
        for (answer, label) in known {
            ofAnswer[answer] += 1
            ofLabel[label] += 1
            pairs[answer, default: [:]][label, default: 0] += 1
        }
        rows = known.count
        right = known.count { $0.answer == $0.label }
        let most = ofLabel.indices.max { (ofLabel[$0], $1) < (ofLabel[$1], $0) } ?? 0
        commonest = (task.names[most], ofLabel[most])
        byChance = zip(ofAnswer, ofLabel).reduce(0) { $0 + Double($1.0 * $1.1) } / Double(known.count)

        // Only classes that were seen can be told apart.
        let answered = ofAnswer.indices.filter { ofAnswer[$0] > 0 }
        let labelled = ofLabel.indices.filter { ofLabel[$0] > 0 }
        let side = max(answered.count, labelled.count)
        seen = side
        let gains = (0..<side).map { row in
            (0..<side).map { column in
                row < answered.count && column < labelled.count ? pairs[answered[row]]?[labelled[column]] ?? 0 : 0
            }
        }
        let best = Assignment.best(gains)
        rightAtBest = best.indices.reduce(0) { $0 + gains[$1][best[$1]] }
        let expected = best.indices.reduce(0.0) { sum, row in
            row < answered.count && best[row] < labelled.count
                ? sum + Double(ofAnswer[answered[row]]) * Double(ofLabel[labelled[best[row]]]) : sum
        }
        chanceOfBest =
            lgamma(Double(side) + 1)
            + Self.tail(rightAtBest, of: rows, share: expected / Double(rows) / Double(rows))
        order =
            answered.count == count && labelled.count == count
            ? answered.indices.map { task.names[labelled[best[$0]]] } : nil
    }

    /// Whether the outputs stand for the classes in another order than was taken for granted.
    var areInAnotherOrder: Bool {
        // Where there are hardly more rows than classes, some order always fits.
        guard rows >= Self.rowsOfClass * seen else { return false }
        let gain = Double(rightAtBest - right) / Double(rows)
        return gain >= Self.certainGain || gain >= Self.likelyGain && chanceOfBest < Self.mostChance
    }

    /// The logarithm of the chance of so many hits or more, each with that share.
    private static func tail(_ hits: Int, of rows: Int, share: Double) -> Double {
        guard share > 0, share < 1, hits > 0 else { return 0 }
        let terms = (hits...rows).map { hits -> Double in
            lgamma(Double(rows) + 1) - lgamma(Double(hits) + 1) - lgamma(Double(rows - hits) + 1)
                + Double(hits) * log(share) + Double(rows - hits) * log(1 - share)
        }
        let most = terms.max() ?? 0
        return most + log(terms.reduce(0) { $0 + exp($1 - most) })
    }
}
