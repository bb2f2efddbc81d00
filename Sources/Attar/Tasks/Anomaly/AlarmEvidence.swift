internal import Compute

/// Whether alarms keep what they promise: how many are raised on test rows that are no known anomalies, beside how many may be.
///
/// Thresholds are taken from test rows, which no student has learned from. What is measured here is cross-fitted: each fifth of the test rows is judged by thresholds from the
/// other four, so that no row judges a threshold that it helped to set.
public struct AlarmEvidence: EvidenceResult {
    public static let key = "alarms"
    public static let heading = "Alarms"

    /// What is seen where a share of false alarms is promised.
    public struct Level: Hashable, Codable, Sendable {
        /// The share that is promised not to be exceeded.
        public var promised: Double
        /// The share of the rows that are no known anomalies on which each model raises an alarm, with its 95 % interval.
        public var raised: SideBySide<Estimate>
        /// Two standard errors of that share of so many rows: 2 √(promised (1 − promised) / rows).
        public var tolerance: Double
        /// The share of all test rows on which student and teacher both raise an alarm, or neither does; nil without a teacher.
        public var agreement: Estimate?
        /// The share of known anomalies on which each model raises an alarm; nil where none are known.
        public var found: SideBySide<Estimate>?
    }

    /// At 1, 5 and 10 %, those for which there are enough rows.
    public var levels: [Level]
    /// Test rows that are no known anomalies: those that the artifact's promises stand on.
    public var rows: Int

    public var exhibits: [Exhibit] {
        let least = PredictionSets.percent(1 / Double(rows + 1))
        let text =
            "The artifact keeps the scores of \(rows) rows that the student has not learned from: attar predict --false-alarms raises an alarm on at most the share that is asked for of rows like these, from \(least) on."
        guard let first = levels.first else { return [.text(text)] }
        func cells(_ shares: SideBySide<Estimate>?) -> [String] {
            guard let shares else { return [] }
            return [Metric.falseAlarmRate.interval(shares.student)]
                + (shares.teacher.map { [Metric.falseAlarmRate.interval($0)] } ?? [])
        }
        let hasTeacher = first.raised.teacher != nil
        func columns(_ name: String) -> [String] { [name] + (hasTeacher ? ["\(name), teacher"] : []) }
        return [
            .text(text),
            .table(
                caption: "Alarms on test rows, each fifth by thresholds from the other four",
                header: ["promised", "within"] + columns("false alarms") + (first.agreement == nil ? [] : ["agreement"])
                    + (first.found == nil ? [] : columns("anomalies found")),
                rows: levels.map { level in
                    [
                        "at most \(PredictionSets.percent(level.promised))",
                        "± \(PredictionSets.percent((level.tolerance * 1e4).rounded() / 1e4))",
                    ] + cells(level.raised) + (level.agreement.map { [Metric.agreement.interval($0)] } ?? [])
                        + cells(level.found)
                }),
        ]
    }
}

extension Evidence {
    /// Whether alarms keep what they promise.
    public var alarms: AlarmEvidence? { self[AlarmEvidence.self] }
}

extension EvidencePart {
    /// Whether alarms keep what they promise.
    public static let alarms = EvidencePart(AlarmEvidence.self) { AlarmEvidence($0.judged) }
}

extension AlarmEvidence {
    private static let shares = [0.01, 0.05, 0.1]

    /// What is seen on test rows.
    package init(_ judged: JudgedRows) {
        let anomalies = judged.truth.anomalies
        let weighting = RowWeighting(judged.weights, units: judged.problem.units, dependence: judged.dependence)
        func estimate(_ counts: [Bool], _ rows: [Int]) -> Estimate {
            weighting.share(of: counts.map { $0 ? 1 : 0 }, at: rows, isDifference: false, .twoSided)
        }
        levels = Self.shares.compactMap { share in
            let alarms = judged.answers.optionalMap {
                Alarms($0.elements, anomalies: anomalies, weights: judged.weights, share: share)
            }
            guard let alarms else { return nil }
            let quiet = alarms.student.quiet
            return Level(
                promised: share, raised: alarms.map { estimate($0.raised, quiet) },
                tolerance: 2 * (share * (1 - share) / Double(quiet.count)).squareRoot(),
                agreement: alarms.teacher.map { teacher in
                    estimate(zip(alarms.student.raised, teacher.raised).map { $0 == $1 }, Array(quiet.indices))
                },
                found: anomalies.flatMap { $0.contains(true) ? $0 : nil }.map { anomalies in
                    alarms.map { estimate($0.raised, anomalies.indices.filter { anomalies[$0] }) }
                })
        }
        rows = judged.truth.quietRows?.count ?? judged.rows.count
    }
}
