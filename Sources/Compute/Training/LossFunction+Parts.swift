extension LossFunction {
    /// `evaluate`, cut over workers where the batch is large, such as all positions of sequences over a vocabulary.
    ///
    /// The parts' values are added in order.
    func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?, on workers: Workers) -> Double {
        // Blocks of 16 rows stay whole; a quarter of a million exponentials are worth another thread.
        let blocks = batch.rows / 16
        let parts = max(1, min(workers.count, blocks, (batch.rows * batch.width) >> 15))
        guard parts > 1, batch.taps.isEmpty, isSumOverRows else { return evaluate(batch, gradient: gradient) }
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: parts) { values in
            workers.run(parts) { part in
                let start = blocks * part / parts * 16
                let end = part == parts - 1 ? batch.rows : blocks * (part + 1) / parts * 16
                let rows = batch.rows(start..<end)
                values[part] = evaluate(rows, gradient: gradient.map { $0 + start * batch.width })
            }
            return values.reduce(0, +)
        }
    }
}

extension LossBatch {
    /// Some of the rows, which may cut sequences, with the whole batch's divisor and without taps.
    func rows(_ range: Range<Int>) -> LossBatch {
        let start = range.lowerBound
        var part = LossBatch(
            rows: range.count, width: width, outputs: outputs + start * width,
            softTargets: softTargets.map { $0 + start * width }, labels: labels.map { $0 + start },
            values: values.map { $0 + start * width }, weights: weights + start, divisor: divisor)
        part.listed = listed?.from(start)
        part.taughtWeights = taughtWeights.map { $0 + start }
        return part
    }
}
