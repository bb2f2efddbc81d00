internal import Compute

extension QuantizationRecord {
    /// Compares the answers to some rows.
    ///
    /// - Parameters:
    ///   - bytes: the network's answers in bytes.
    ///   - floats: its answers in floats.
    init(_ bytes: Matrix, against floats: Matrix, on rows: TransferSet) {
        guard rows.task.form == .probabilities else {
            let agreement = Self.r2(bytes.elements, floats.elements, columns: max(1, floats.columns))
            self.init(rows: rows.count, agreement: agreement, accuracy: nil)
            return
        }
        let (own, other) = (bytes.argmax(), floats.argmax())
        func share(_ rows: [Int], _ holds: (Int) -> Bool) -> Double {
            Double(rows.count(where: holds)) / Double(max(1, rows.count))
        }
        let agreement = share(Array(own.indices)) { own[$0] == other[$0] }
        let labelled = rows.labels.indices.filter { rows.labels[$0] >= 0 }
        let accuracy =
            labelled.isEmpty
            ? nil
            : Accuracy(
                int8: share(labelled) { own[$0] == rows.labels[$0] },
                float32: share(labelled) { other[$0] == rows.labels[$0] })
        self.init(rows: rows.count, agreement: agreement, accuracy: accuracy)
    }

    /// 1 − Σ(a − b)²/Σ(b − mean b)², with a mean for each column; 1 where both are constant and the same.
    private static func r2(_ a: [Float], _ b: [Float], columns: Int) -> Double {
        var means = [Double](repeating: 0, count: columns)
        for index in b.indices { means[index % columns] += Double(b[index]) }
        for column in means.indices { means[column] /= Double(max(1, b.count / columns)) }
        var (residual, total) = (0.0, 0.0)
        for index in b.indices {
            let (difference, distance) = (Double(a[index] - b[index]), Double(b[index]) - means[index % columns])
            residual += difference * difference
            total += distance * distance
        }
        return total > 0 ? 1 - residual / total : residual == 0 ? 1 : 0
    }
}
