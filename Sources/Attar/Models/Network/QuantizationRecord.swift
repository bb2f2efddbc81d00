internal import Compute

/// How a network in bytes compares with the network in floats that it was made of, on the rows that it was calibrated on.
public struct QuantizationRecord: Hashable, Codable, Sendable {
    /// Number of rows.
    public let rows: Int
    /// The share of rows in which both give the same class; of a regression R² of the bytes' answers to the floats'.
    public let agreement: Double
    /// The share of labelled rows that each gives the right class; nil for a regression, and where no row has a label.
    public let accuracy: Accuracy?

    /// The accuracy of both.
    public struct Accuracy: Hashable, Codable, Sendable {
        /// In bytes.
        public let int8: Double
        /// In floats.
        public let float32: Double
    }

    /// Compares the answers to some rows.
    ///
    /// - Parameters:
    ///   - bytes: the network's answers in bytes.
    ///   - floats: its answers in floats.
    init(_ bytes: Matrix, against floats: Matrix, on rows: TransferSet) {
        self.rows = rows.count
        guard rows.task.isClassification else {
            agreement = Self.r2(bytes.elements, floats.elements, columns: max(1, floats.columns))
            accuracy = nil
            return
        }
        let (own, other) = (bytes.argmax(), floats.argmax())
        func share(_ rows: [Int], _ holds: (Int) -> Bool) -> Double {
            Double(rows.count(where: holds)) / Double(max(1, rows.count))
        }
        agreement = share(Array(own.indices)) { own[$0] == other[$0] }
        let labelled = rows.labels.indices.filter { rows.labels[$0] >= 0 }
        accuracy =
            labelled.isEmpty
            ? nil
            : Accuracy(
                int8: share(labelled) { own[$0] == rows.labels[$0] },
                float32: share(labelled) { other[$0] == rows.labels[$0] })
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

    /// The comparison in a sentence, for a model of the given task.
    func sentence(for task: LearningTask) -> String {
        let start = "On \(rows) rows that it learned from, the network in 8 bits"
        guard task.isClassification else {
            return "\(start) has R² \((agreement * 100_000).rounded() / 100_000) to itself in 32 bits."
        }
        func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
        let same = "\(start) gives the class that it gives in 32 bits in \(percent(agreement))"
        guard let accuracy else { return "\(same)." }
        return "\(same), with an accuracy of \(percent(accuracy.int8)) against \(percent(accuracy.float32))."
    }
}
