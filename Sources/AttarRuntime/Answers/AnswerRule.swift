public import Compute

/// Which of a row's classes is answered, where that is not always the likeliest.
///
/// By costs it is the class that is expected to cost least, Σ over the classes of its probability times the cost (Elkan, IJCAI 2001). Where all wrong answers cost the same
/// that is the likeliest; of two classes it is the second from some probability on, and such a threshold can also be given as it is.
public struct AnswerRule: Hashable, Sendable {
    /// What it costs to answer class `a` where `c` is right, as `table[c][a]`; 0 or more, (classes, classes).
    public let table: [[Double]]
    /// Whether costs were meant, so that what answers cost says something, and not a threshold alone.
    public let hasCosts: Bool

    /// The class that is expected to cost least.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where the costs are not one for each two classes, or one of them is below 0 or no number.
    public init(costs table: [[Double]]) throws {
        guard table.count > 1, table.allSatisfy({ $0.count == table.count }) else {
            throw AttarError(.invalidSetting, "costs are not one for each two classes")
        }
        guard table.allSatisfy({ $0.allSatisfy { $0 >= 0 && $0.isFinite } }) else {
            throw AttarError(.invalidSetting, "a cost is below 0 or no number")
        }
        (self.table, hasCosts) = (table, true)
    }

    /// Of two classes the second from a probability of it on.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where the threshold does not lie between 0 and 1.
    public init(threshold: Double) throws {
        guard threshold > 0, threshold < 1 else {
            throw AttarError(.invalidSetting, "the threshold \(threshold) does not lie between 0 and 1")
        }
        (table, hasCosts) = ([[0, threshold], [1 - threshold, 0]], false)
    }

    /// The probability from which the second of two classes is answered; nil of more classes, and where it is never or always.
    public var threshold: Double? {
        guard table.count == 2 else { return nil }
        let (first, second) = (table[0][1] - table[0][0], table[1][0] - table[1][1])
        let share = first / (first + second)
        return share > 0 && share < 1 ? share : nil
    }

    /// The class that is answered: the one that is expected to cost least; of those that cost as much the likeliest, then the first.
    ///
    /// - Precondition: there is a probability for each class.
    public func answer(_ probabilities: ArraySlice<Float>) -> Int {
        precondition(
            probabilities.count == table.count, "\(probabilities.count) probabilities of \(table.count) classes")
        let start = probabilities.startIndex
        var best = (answer: 0, cost: Double.infinity)
        for answer in table.indices {
            var cost = 0.0
            for one in table.indices { cost += Double(probabilities[start + one]) * table[one][answer] }
            let isLikelier = probabilities[start + answer] > probabilities[start + best.answer]
            if cost < best.cost || (cost == best.cost && isLikelier) { best = (answer, cost) }
        }
        return best.answer
    }

    /// Each row's answer.
    ///
    /// - Parameter probabilities: (rows, classes).
    public func answers(_ probabilities: Matrix) -> [Int32] {
        (0..<probabilities.rows).map { Int32(answer(probabilities.row($0))) }
    }
}

extension AnswerRule: Codable {
    private enum CodingKeys: CodingKey { case costs, threshold }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let threshold = try container.decodeIfPresent(Double.self, forKey: .threshold) {
            try self.init(threshold: threshold)
        } else {
            try self.init(costs: try container.decode([[Double]].self, forKey: .costs))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if hasCosts {
            try container.encode(table, forKey: .costs)
        } else {
            try container.encode(table[0][1], forKey: .threshold)
        }
    }
}
