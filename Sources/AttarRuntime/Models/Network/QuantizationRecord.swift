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

        package init(int8: Double, float32: Double) { (self.int8, self.float32) = (int8, float32) }
    }

    package init(rows: Int, agreement: Double, accuracy: Accuracy?) {
        (self.rows, self.agreement, self.accuracy) = (rows, agreement, accuracy)
    }

    /// The comparison in a sentence, for a model of the given task.
    func sentence(for task: LearningTask) -> String {
        let start = "On \(rows) rows that it learned from, the network in 8 bits"
        guard task.form == .probabilities else {
            return "\(start) has R² \((agreement * 100_000).rounded() / 100_000) to itself in 32 bits."
        }
        func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
        let same = "\(start) gives the class that it gives in 32 bits in \(percent(agreement))"
        guard let accuracy else { return "\(same)." }
        return "\(same), with an accuracy of \(percent(accuracy.int8)) against \(percent(accuracy.float32))."
    }
}
