package import Compute

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
        guard judged.task.form == .probabilities, case .classes(let labels) = judged.truth else { return nil }
        self.init(
            diagrams: judged.answers.map { answers in
                Self.diagram(answers, labels, judged.weights).map { $0.widened(by: judged.dependence) }
            }, method: method,
            temperature: temperature, fittedRows: fittedRows, errorBefore: errorBefore, notes: [])
    }

    /// 15 bins of equal width, (0, 1/15], …, (14/15, 1], of the answered class's probability.
    package static func diagram(_ probabilities: Matrix, _ labels: [Int32], _ weights: [Float]) -> [Bin] {
        let bins = RowStatistics.bins
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

extension CalibrationEvidence.Bin {
    /// The same with a share of right answers that may be further off.
    fileprivate func widened(by dependence: FoldDependence) -> Self {
        var bin = self
        bin.accuracy = dependence.widened(accuracy, in: 0...1)
        return bin
    }
}
