internal import Compute

/// A student's loss on its outputs and, beside it, on its hidden tensors.
struct TaughtLoss: LossFunction {
    /// One comparison of hidden tensors.
    struct Part: Sendable {
        /// What is computed.
        let comparison: any FeatureComparison.Type
        /// The factor before it.
        let weight: Double
        /// Which of the graph's taps it is about.
        let tap: Int
    }

    /// The loss on the outputs.
    let outputs: DistillationLoss
    /// The comparisons that are added.
    let parts: [Part]

    func scratchCount(rows: Int, taps: UnsafeBufferPointer<LossTap>) -> Int {
        parts.map { $0.comparison.scratchCount(rows: rows, tap: taps[$0.tap]) }.max() ?? 0
    }

    func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
        var value = outputs.evaluate(batch, gradient: gradient)
        // A validator shows none: epochs are chosen by the outputs.
        if batch.taps.isEmpty { return value }
        for tap in batch.taps { tap.gradient?.update(repeating: 0, count: batch.rows * tap.width) }
        for index in parts.indices {
            let part = parts[index]
            value += part.comparison.evaluate(batch, batch.taps[part.tap], weight: part.weight)
        }
        return value
    }
}
