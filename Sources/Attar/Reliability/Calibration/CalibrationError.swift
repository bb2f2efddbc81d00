package import Compute

/// How far confidence and accuracy lie apart, bin by bin.
package enum CalibrationError {
    /// Bins of a diagram and of both errors.
    package static let bins = 15

    /// The adaptive calibration error: over bins of equally many rows, from the least confident on, the weighted mean of |accuracy −
    /// confidence|. Nguyen and O'Connor (EMNLP 2015); Nixon et al. (CVPR workshops 2019), of the answered class.
    ///
    /// Row i of n, in order of confidence (ties in the rows' order), stands in bin ⌊15 i / n⌋.
    /// - Parameters:
    ///   - probabilities: (rows, classes).
    ///   - labels: each row's class.
    ///   - weights: one a row.
    package static func adaptive(_ probabilities: Matrix, labels: [Int32], weights: [Float]) -> Double {
        let rows = labels.count
        let answers = probabilities.argmax()
        let confidence = answers.indices.map { probabilities[$0, Int(answers[$0])] }
        let order = (0..<rows).sorted { (confidence[$0], $0) < (confidence[$1], $1) }
        var gaps = [Double](repeating: 0, count: bins)
        for (place, row) in order.enumerated() {
            let correct = answers[row] == labels[row] ? 1.0 : 0
            gaps[place * bins / rows] += Double(weights[row]) * (correct - Double(confidence[row]))
        }
        let total = weights.reduce(0) { $0 + Double($1) }
        return total > 0 ? gaps.reduce(0) { $0 + abs($1) } / total : 0
    }
}

extension CalibrationEvidence {
    /// Reliability diagrams of classifiers.
    ///
    /// - Parameters:
    ///   - method: how the student is calibrated.
    ///   - temperature: where that is the method.
    ///   - fittedRows: rows that it was fitted on.
    ///   - errorBefore: the student's error on these rows without it.
    /// - Returns: nil for values.
    package init?(
        _ judged: JudgedRows, method: String = "none", temperature: Double? = nil, fittedRows: Int = 0,
        errorBefore: Double? = nil
    ) {
        guard judged.task.isClassification else { return nil }
        self.init(
            diagrams: judged.answers.map { Self.diagram($0, judged.target.labels, judged.weights) }, method: method,
            temperature: temperature, fittedRows: fittedRows, errorBefore: errorBefore, notes: [])
    }

    /// 15 bins of equal width, (0, 1/15], …, (14/15, 1], of the answered class's probability.
    package static func diagram(_ probabilities: Matrix, _ labels: [Int32], _ weights: [Float]) -> [Bin] {
        let bins = CalibrationError.bins
        let answers = probabilities.argmax()
        var members = [[Int]](repeating: [], count: bins)
        for (row, answer) in answers.enumerated() {
            let confidence = probabilities[row, Int(answer)]
            guard confidence.isFinite else { continue }
            members[min(bins - 1, max(0, Int((confidence * Float(bins)).rounded(.up)) - 1))].append(row)
        }
        return members.enumerated().map { bin, rows in
            let own = rows.map { weights[$0] }
            let total = own.reduce(0) { $0 + Double($1) }
            let sum = rows.reduce(0) { $0 + Double(weights[$1]) * Double(probabilities[$1, Int(answers[$1])]) }
            return Bin(
                low: Double(bin) / Double(bins), high: Double(bin + 1) / Double(bins), rows: rows.count,
                confidence: total > 0 ? sum / total : 0,
                accuracy: Estimate(share: rows.map { answers[$0] == labels[$0] ? 1 : 0 }, weights: own))
        }
    }
}
