extension Requirement {
    /// Refuses metrics that a task does not have, before anything is trained.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    public func validate(for task: TaskKind) throws {
        for clause in clauses {
            guard case .comparison(let figure, _, let base, _) = clause.condition else { continue }
            guard let metric = figure.metric(of: task) else {
                let names = task.metrics.all.map(\.name).joined(separator: ", ")
                throw AttarError(
                    .invalidSetting,
                    "the requirement '\(clause.text)' asks for '\(figure.name)', which a \(task.name) does not have",
                    remedy: "Use one of its metrics: \(names)")
            }
            if base == .teacher, metric.isToTeacher {
                throw AttarError(
                    .invalidSetting,
                    "the requirement '\(clause.text)' compares with the teacher's '\(metric.name)', which is about the teacher itself",
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
                return verdict?.helped == true
                    ? nil : "'\(clause.text)' does not hold: distilling is not shown to help here"
            case .ship, .guarded:
                let kind = verdict?.decision?.kind
                let holds = kind == .ship || (clause.condition == .guarded && kind == .shipWithGuard)
                return holds
                    ? nil : "'\(clause.text)' does not hold: the decision is '\(kind?.rawValue ?? "not known")'"
            case .comparison(let figure, let sign, let base, let offset):
                let measured = figure.metrics.first { student[$0.name] != nil }
                guard let name = measured?.name, let own = figure.number(in: student, name) else {
                    return "'\(clause.text)' does not hold: \(figure.name) was not measured"
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
    fileprivate func number(in figures: Certificate.Figures, _ name: String) -> Double? {
        guard let estimate = figures[name] else { return nil }
        return switch part {
        case .value: estimate.value
        case .low: estimate.low
        case .high: estimate.high
        }
    }
}
