package import Compute

/// What calibrating a classifier came to: the temperature, and the rows that it was found on.
package struct Calibration: Hashable, Sendable {
    /// The temperature; 1 where the probabilities are better left alone.
    package var scaling = TemperatureScaling.identity
    /// Rows that decided; none of them had been learned from by who answered it.
    package var rows = 0

    /// Rows that a temperature is worth looking for on.
    package static let fewestRows = 100
    private static let folds = 5
    /// What a temperature has to gain in log loss, in nats a row, besides two standard errors.
    private static let leastGain = 1e-3

    /// Nothing is changed.
    package init() {}

    /// The temperature that lowers the log loss of rows that had no part in finding it, or none where that gain is not clear: it has to be two
    /// standard errors above 0.
    ///
    /// - Parameters:
    ///   - probabilities: answers to rows that the model had not learned from, (rows, classes).
    ///   - labels: each row's class.
    ///   - weights: one a row; nil weighs all the same.
    ///   - seed: the folds follow from it.
    package init(unseen probabilities: Matrix, labels: [Int32], weights: [Float]?, seed: UInt64) {
        let kept = labels.indices.filter {
            labels[$0] >= 0 && (weights?[$0] ?? 1) > 0 && probabilities.row($0).allSatisfy(\.isFinite)
        }
        rows = kept.count
        guard kept.count >= Self.fewestRows else { return }
        func fitted(_ rows: [Int]) -> TemperatureScaling {
            TemperatureScaling(
                fittedTo: probabilities.selecting(rows: rows).centredLogits(lowest: TemperatureScaling.lowest),
                labels: rows.map { labels[$0] }, weights: weights.map { weights in rows.map { weights[$0] } })
        }
        var generator = SeededGenerator(seed: seed, stream: "calibration folds")
        let shuffled = kept.shuffled(using: &generator)
        var (sum, squares, total) = (0.0, 0.0, 0.0)
        for fold in 0..<Self.folds {
            let held = stride(from: fold, to: shuffled.count, by: Self.folds).map { shuffled[$0] }
            let others = shuffled.indices.filter { $0 % Self.folds != fold }.map { shuffled[$0] }
            let before = probabilities.selecting(rows: held)
            let after = fitted(others).calibrated(before)
            for (place, row) in held.enumerated() {
                let label = Int(labels[row])
                let lowest = TemperatureScaling.lowest
                let gain = Double(
                    Float.log(max(lowest, after[place, label])) - Float.log(max(lowest, before[place, label])))
                let weight = Double(weights?[row] ?? 1)
                sum += weight * gain
                squares += weight * gain * gain
                total += weight
            }
        }
        let mean = sum / total
        let error = (max(0, squares / total - mean * mean) / Double(kept.count)).squareRoot()
        if mean > max(Self.leastGain, 2 * error) { scaling = fitted(kept) }
    }
}
