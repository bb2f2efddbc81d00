/// Matthews' correlation of answers and labels, from how often classes occur and how their rows are answered.
///
/// It is 1 where all answers are right and 0 for answers that know nothing, whatever the classes' shares. Of several classes it is that of Gorodkin
/// (Computational Biology and Chemistry 28, 2004).
struct MatthewsCorrelation {
    /// The share of each class.
    private let shares: [Double]
    /// Of each class, the share of its rows that are answered with it.
    private let recalls: [Double]
    /// Of each class, where the answers to its rows go that are wrong; they add up to 1.
    private let wrong: [[Double]]
    /// The share of rows that are answered with each class.
    private let answered: [Double]

    /// (c s − Σ p t) / √((s² − Σ p²) (s² − Σ t²)), with c rows right of s, p answered and t labelled of each class; 0 where answers or labels do not vary.
    static func value(labelled: some Sequence<Double>, answered: some Sequence<Double>, right: Double) -> Double {
        var (all, both, labelledSquares, answeredSquares) = (0.0, 0.0, 0.0, 0.0)
        for (labelled, answered) in zip(labelled, answered) {
            (all, both) = (all + labelled, both + labelled * answered)
            labelledSquares += labelled * labelled
            answeredSquares += answered * answered
        }
        let varies = (all * all - answeredSquares) * (all * all - labelledSquares)
        // Sums that cancel leave less than a trillionth of what they were made of.
        guard varies > 1e-12 * all * all * all * all else { return 0 }
        return min(1, max(-1, (right * all - both) / varies.squareRoot()))
    }

    /// The correlation with an interval: that of each class's recall and that of its share, each by itself, say how far the correlation may be off (Zou and
    /// Donner, Statistics in Medicine 27, 2008). Resampling tells too little of it where a class has few rows: with a single one, it is found always or never.
    static func estimate(
        labels: [Int32], answers: [Int32], classes: Int, _ weighting: RowWeighting, _ level: ConfidenceLevel
    ) -> Estimate {
        let hits: [Float] = zip(labels, answers).map { $0 == $1 ? 1 : 0 }
        let worth = MeanMoments(hits, weighting).worth
        guard worth > 0 else { return Estimate(value: 0, low: -1, high: 1) }
        var members = [[Int]](repeating: [], count: classes)
        for (row, label) in labels.enumerated() where label >= 0 && weighting.weights[row] > 0 {
            members[Int(label)].append(row)
        }
        let found = MatthewsCorrelation(members, answers, weighting)
        let value = found.value
        var (below, above) = (0.0, 0.0)
        func add(_ reached: [Double]) {
            let (least, most) = (reached.min() ?? value, reached.max() ?? value)
            below += max(0, value - least) * max(0, value - least)
            above += max(0, most - value) * max(0, most - value)
        }
        for one in 0..<classes {
            let share = Binomial.estimate(found.shares[one] * worth, of: worth, level)
            let recall =
                members[one].isEmpty
                ? Estimate(value: 0, low: 0, high: 1)
                : weighting.share(of: hits, at: members[one], isDifference: false, level)
            if members[one].isEmpty {
                // A class that is not seen may be as frequent as that allows, and then be found or not.
                add([recall.low, recall.high].map { found.value(with: one, share: share.high, recall: $0) })
            } else {
                add([recall.low, recall.high].map { found.value(with: one, share: share.value, recall: $0) })
                add([share.low, share.high].map { found.value(with: one, share: $0, recall: recall.value) })
            }
        }
        return Estimate(
            value: value, low: max(-1, value - below.squareRoot()), high: min(1, value + above.squareRoot()))
    }

    private init(_ members: [[Int]], _ answers: [Int32], _ weighting: RowWeighting) {
        let classes = members.count
        var table = [[Double]](repeating: [Double](repeating: 0, count: classes), count: classes)
        for (one, rows) in members.enumerated() {
            for row in rows { table[one][Int(answers[row])] += weighting.weight(row) }
        }
        let sizes = table.map { $0.reduce(0, +) }
        let total = max(sizes.reduce(0, +), .leastNonzeroMagnitude)
        let answered = (0..<classes).map { one in table.reduce(0) { $0 + $1[one] } / total }
        shares = sizes.map { $0 / total }
        recalls = (0..<classes).map { sizes[$0] > 0 ? table[$0][$0] / sizes[$0] : 0 }
        wrong = (0..<classes).map { one in
            // Where no wrong answer is seen, they go where answers go.
            var others = sizes[one] > table[one][one] ? table[one] : answered
            others[one] = 0
            var sum = others.reduce(0, +)
            if sum == 0 {
                others = (0..<classes).map { $0 == one ? 0 : 1 }
                sum = others.reduce(0, +)
            }
            return sum > 0 ? others.map { $0 / sum } : others
        }
        self.answered = answered
    }

    private var value: Double {
        Self.value(
            labelled: shares, answered: answered, right: zip(shares, recalls).reduce(0) { $0 + $1.0 * $1.1 })
    }

    /// What it would be if a class had another share and recall, and the others made room.
    private func value(with one: Int, share: Double, recall: Double) -> Double {
        let room = 1 - shares[one]
        guard room > 0 else { return value }
        let scale = (1 - share) / room
        var (labelled, given) = (shares, answered)
        var right = 0.0
        for other in shares.indices {
            let own = shares[one] * (other == one ? recalls[one] : (1 - recalls[one]) * wrong[one][other])
            let moved = share * (other == one ? recall : (1 - recall) * wrong[one][other])
            given[other] = scale * max(0, answered[other] - own) + moved
            labelled[other] = other == one ? share : scale * shares[other]
            right += labelled[other] * (other == one ? recall : recalls[other])
        }
        return Self.value(labelled: labelled, answered: given, right: right)
    }
}
