internal import Compute

/// On which rows alarms are raised where a share of false ones is promised: each fifth of the rows by thresholds from the others, so that no row judges a threshold that it
/// helped to set.
struct Alarms {
    /// Of each row whether an alarm is raised.
    let raised: [Bool]
    /// The rows that are no known anomalies: alarms on them are false.
    let quiet: [Int]

    private static let folds = 5

    /// Raises alarms.
    ///
    /// - Parameters:
    ///   - anomalies: of each row whether it is known to be one; nil where that is not known, and any may be.
    ///   - share: how many of the rows that are no known anomalies may raise one.
    /// - Returns: nil where the rows are too few for the share.
    init?(_ scores: [Float], anomalies: [Bool]?, weights: [Float]?, share: Double) {
        let quiet = scores.indices.filter { anomalies?[$0] != true && weights?[$0] != 0 }
        // A fifth of the rows is judged by the others, so that these have to suffice.
        guard
            quiet.count - (quiet.count + Self.folds - 1) / Self.folds >= ScoreQuantiles.rowsNeeded(coverage: 1 - share)
        else { return nil }
        var generator = SeededGenerator(seed: 1, stream: "alarms")
        let order = Array(scores.indices).shuffled(using: &generator)
        var fold = [Int](repeating: 0, count: scores.count)
        for (place, row) in order.enumerated() { fold[row] = place % Self.folds }
        let isPlain = weights?.allSatisfy { $0 == weights?.first } ?? true
        let thresholds = (0..<Self.folds).map { held in
            let rows = quiet.filter { fold[$0] != held }
            return ScoreQuantiles(
                rows.map { Double(scores[$0]) },
                weights: isPlain ? nil : weights.map { weights in rows.map { weights[$0] } }
            ).threshold(coverage: 1 - share)
        }
        raised = scores.indices.map { Double(scores[$0]) > thresholds[fold[$0]] }
        self.quiet = quiet
    }
}
