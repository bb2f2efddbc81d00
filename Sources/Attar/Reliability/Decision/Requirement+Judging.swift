extension Requirement {
    /// Refuses metrics that a task does not have, before anything is trained.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    public func validate(for kind: LearningTask.Kind) throws {
        let regression: Set<Metric> = [.r2, .mse, .mae, .r2ToTeacher, .rankCorrelation, .bytes, .latencyMicroseconds]
        let classification = Set(MetricText.order).subtracting([.r2, .mse, .mae, .r2ToTeacher])
        for clause in clauses {
            guard case .comparison(let figure, _, let base, _) = clause.condition else { continue }
            guard (kind == .classification ? classification : regression).contains(figure.metric) else {
                throw AttarError(
                    .invalidSetting,
                    "the requirement '\(clause.text)' asks for '\(figure.metric.rawValue)', which a \(kind) does not have",
                    remedy: kind == .classification
                        ? "Use accuracy, ece or others of its metrics" : "Use r2, mse or others of its metrics")
            }
            let toTeacher: Set<Metric> = [
                .agreement, .churn, .klToTeacher, .negativeFlips, .r2ToTeacher, .rankCorrelation,
            ]
            if base == .teacher, toTeacher.contains(figure.metric) {
                throw AttarError(
                    .invalidSetting,
                    "the requirement '\(clause.text)' compares with the teacher's '\(figure.metric.rawValue)', which is about the teacher itself",
                    remedy: "Compare with a number")
            }
        }
    }

    /// The clauses that do not hold, as sentences; empty where all do.
    ///
    /// - Parameter verdict: nil where there is none: then the words about it do not hold.
    public func failures(
        student: Certificate.Figures, labelsOnly: Certificate.Figures, teacher: Certificate.Figures, verdict: Verdict?
    ) -> [String] {
        clauses.compactMap { clause in
            switch clause.condition {
            case .helped:
                return verdict?.helped == true ? nil : "'\(clause.text)' does not hold: distilling did not help here"
            case .ship, .guarded:
                let kind = verdict?.decision?.kind
                let holds = kind == .ship || (clause.condition == .guarded && kind == .shipWithGuard)
                return holds
                    ? nil : "'\(clause.text)' does not hold: the decision is '\(kind?.rawValue ?? "not known")'"
            case .comparison(let figure, let sign, let base, let offset):
                let name = figure.metric.rawValue
                guard let own = figure.number(in: student) else {
                    return "'\(clause.text)' does not hold: \(name) was not measured"
                }
                var right = offset
                if let base {
                    let figures = base == .teacher ? teacher : labelsOnly
                    guard let other = figures[name]?.value else {
                        return "'\(clause.text)' does not hold: \(name) of \(base.rawValue) was not measured"
                    }
                    right += other
                }
                return sign.holds(own, right)
                    ? nil
                    : "'\(clause.text)' does not hold: \(name)\(figure.part == .value ? "" : ".\(figure.part.rawValue)") is "
                        + "\(own.formatted(digits: 4)), where \(sign.rawValue.replacing("<=", with: "≤").replacing(">=", with: "≥")) \(right.formatted(digits: 4)) is asked for"
            }
        }
    }
}

extension Requirement.Figure {
    fileprivate func number(in figures: Certificate.Figures) -> Double? {
        guard let estimate = figures[metric.rawValue] else { return nil }
        return switch part {
        case .value: estimate.value
        case .low: estimate.low
        case .high: estimate.high
        }
    }
}
