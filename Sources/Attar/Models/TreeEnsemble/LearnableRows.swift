internal import Compute

/// The rows of a transfer set that have something to teach, for families that learn one blended target a row.
///
/// Rows of weight 0, and rows with neither a label nor a teacher's answer, are left out before anything is measured on the
/// features, so that they have no effect at all.
struct LearnableRows {
    /// The encoded rows, (rows, encoder.width).
    let features: Matrix
    /// What to learn: probabilities that sum to 1 or values, (rows, task.width).
    let targets: Matrix
    /// How much each row counts, above 0, with mean 1: settings such as the least weight of a leaf then mean the same whatever
    /// unit the weights are in.
    let weights: [Float]

    /// Number of rows.
    var count: Int { features.rows }

    private init(features: Matrix, targets: Matrix, weights: [Float]) {
        (self.features, self.targets, self.weights) = (features, targets, weights)
    }

    /// For each column of a regression's targets a power of two near its deviation; 1 for probabilities. Trees drop splits
    /// that gain less than 10⁻⁶, which in a small unit would be all of them, and squares overflow in a large one.
    func units(for task: LearningTask) -> [Float] {
        guard task.form == .values else { return [Float](repeating: 1, count: targets.columns) }
        return meanTargets().enumerated().map { column, mean in
            var squares = 0.0
            for row in 0..<count {
                let distance = Double(targets[row, column]) - Double(mean)
                squares += distance * distance
            }
            let deviation = Float((squares / Double(max(1, count))).squareRoot())
            return deviation.isNormal ? Float(sign: .plus, exponent: deviation.exponent, significand: 1) : 1
        }
    }

    /// The same rows with targets in the given units, one a column.
    func inUnits(_ units: [Float]) -> LearnableRows {
        if units.allSatisfy({ $0 == 1 }) { return self }
        let elements = targets.elements.enumerated().map { $1 / units[$0 % units.count] }
        return LearnableRows(
            features: features,
            targets: Matrix(rows: targets.rows, columns: targets.columns, elements: elements), weights: weights)
    }

    /// The rows that can be learned from; may be none.
    init(_ set: TransferSet, labelShare: Double) {
        let targets = set.blendedTargets(labelShare: labelShare)
        let labels = set.labelOfEachRow
        let kept = (0..<set.count).filter { row in
            let target = targets.row(row)
            guard set.weights[row] > 0, target.allSatisfy(\.isFinite) else { return false }
            return set.task.form == .values || set.isTaught(row) || labels[row] >= 0
        }
        let all = kept.count == set.count
        features = all ? set.features : set.features.selecting(rows: kept)
        self.targets = all ? targets : targets.selecting(rows: kept)
        let chosen = all ? set.weights : kept.map { set.weights[$0] }
        let mean = chosen.reduce(0) { $0 + Double($1) } / Double(max(1, chosen.count))
        weights = chosen.map { Float(Double($0) / mean) }
    }

    /// The rows that can be learned from.
    ///
    /// - Throws: `AttarError` (`invalidTarget`) where there is none.
    static func required(_ set: TransferSet, labelShare: Double) throws -> LearnableRows {
        let rows = LearnableRows(set, labelShare: labelShare)
        guard rows.count > 0 else {
            throw AttarError(
                .invalidTarget, "no row has both a weight above 0 and a target",
                remedy: "Give at least one row to learn from")
        }
        return rows
    }

    /// The weighted mean of each target's column.
    func meanTargets() -> [Float] {
        var sums = [Double](repeating: 0, count: targets.columns)
        for row in 0..<count {
            for column in sums.indices { sums[column] += Double(weights[row] * targets[row, column]) }
        }
        let total = weights.reduce(0) { $0 + Double($1) }
        return sums.map { Float($0 / total) }
    }
}
