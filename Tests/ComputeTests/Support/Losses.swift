import Compute

/// Cross-entropy with the hard label, written as plainly as possible.
struct PlainCrossEntropy: LossFunction {
    func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
        var sum = 0.0
        for row in 0..<batch.rows {
            let logits = (0..<batch.width).map { Double(batch.outputs[row * batch.width + $0]) }
            let largest = logits.max() ?? 0
            let exponentials = logits.map { exponential($0 - largest) }
            let total = exponentials.reduce(0, +)
            let label = Int(batch.labels?[row] ?? -1)
            let share = Double(batch.weights[row]) / batch.divisor
            if label >= 0 { sum -= share * logarithm(exponentials[label] / total) }
            for column in 0..<batch.width {
                let slope = exponentials[column] / total - (column == label ? 1 : 0)
                gradient?[row * batch.width + column] = label >= 0 ? Float(share * slope) : 0
            }
        }
        return sum
    }
}

/// The squared error to the values.
struct PlainSquaredError: LossFunction {
    func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
        var sum = 0.0
        for row in 0..<batch.rows {
            let share = Double(batch.weights[row]) / batch.divisor
            for index in row * batch.width..<(row + 1) * batch.width {
                let error = Double(batch.outputs[index] - (batch.values?[index] ?? 0))
                sum += share * error * error
                gradient?[index] = Float(share * 2 * error)
            }
        }
        return sum
    }
}
