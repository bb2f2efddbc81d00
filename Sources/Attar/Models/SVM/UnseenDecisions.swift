internal import Compute

/// Decision values of rows by machines that had not seen them, from which the way to probabilities is fitted.
struct UnseenDecisions {
    /// The classes in the order of the final machine's groups.
    private let classes: [Int32]
    /// Each row's decision values, (rows, pairs of `classes`); 0 where a fold had no row of a class.
    private var decisions: [Float] = []
    private var labels: [Int32] = []

    /// None yet.
    init(classes: [Int32]) { self.classes = classes }

    private var pairCount: Int { classes.count * (classes.count - 1) / 2 }

    /// Takes over a fold's decision values, whose pairs are those of another order of classes.
    mutating func add(_ values: Matrix, order: [Int32], labels: [Int32]) {
        let positions = classes.map { order.firstIndex(of: $0) }
        for row in 0..<values.rows {
            for (first, own) in positions.enumerated() {
                for other in positions.dropFirst(first + 1) {
                    guard let own, let other else {
                        decisions.append(0)
                        continue
                    }
                    let (low, high) = (min(own, other), max(own, other))
                    // Pairs before those of `low`, then those of `low` before `high`.
                    let pair = low * (2 * order.count - low - 1) / 2 + high - low - 1
                    decisions.append(own < other ? values[row, pair] : -values[row, pair])
                }
            }
        }
        self.labels += labels
    }

    /// The sigmoid of each pair, and the temperature of what they couple to.
    func coupling() -> PairCoupling {
        var sigmoids: [Float] = []
        var pair = 0
        for (first, own) in classes.enumerated() {
            for other in classes.dropFirst(first + 1) {
                let rows = labels.indices.filter { labels[$0] == own || labels[$0] == other }
                let sigmoid = PairSigmoid(
                    fittedTo: rows.map { decisions[$0 * pairCount + pair] }, isFirst: rows.map { labels[$0] == own })
                sigmoids += [Float(sigmoid.slope), Float(sigmoid.offset)]
                pair += 1
            }
        }
        let plain = PairCoupling(classes: classes, sigmoids: sigmoids, temperature: 1)
        guard classes.count > 2, !labels.isEmpty else { return plain }
        let unseen = Matrix(rows: labels.count, columns: pairCount, elements: decisions)
        let logits = plain.coupled(unseen).centredLogits(lowest: TemperatureScaling.lowest)
        let groups = labels.map { label in Int32(classes.firstIndex(of: label) ?? -1) }
        let scaling = TemperatureScaling(fittedTo: logits, labels: groups)
        return PairCoupling(classes: classes, sigmoids: sigmoids, temperature: Float(scaling.temperature))
    }
}
