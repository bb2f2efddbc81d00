extension Decision {
    /// Judges a student by thresholds.
    ///
    /// It ships where all of them are kept. Where some are not, but a confidence is known above which answers are seldom wrong, it ships with a
    /// guard: that confidence was tried on labelled rows, so that it holds for probabilities that do not mean what they say, too. It does not ship where
    /// it is measurably worse than the same student without a teacher, or where too few rows were there to tell.
    ///
    /// - Parameters:
    ///   - difference: student minus labels alone, of the main metric; nil where there is no label-only student.
    ///   - figures: the student's figures.
    package init(
        _ thresholds: Thresholds, of task: TaskKind, figures: Certificate.Figures, difference: Estimate?,
        evidence: Evidence, hasTeacher: Bool, testRows: Int
    ) {
        var checks: [Check] = []
        func share(_ value: Double) -> String { "\((100 * value).formatted(digits: 1)) %" }
        func check(
            _ name: String, _ value: Double?, limit: Double, isMost: Bool = true, _ text: (Double) -> String
        ) {
            guard let value else { return }
            let holds = isMost ? value <= limit : value >= limit
            checks.append(Check(name: name, value: value, limit: limit, holds: holds, text: text(value)))
        }
        let main = task.metrics.main
        check("deficit", evidence.nonInferiority?.bound, limit: thresholds.deficit) { value in
            // As many digits as tell a bound from its limit.
            func text(_ value: Double, _ digits: Int) -> String { main.difference(value, digits: digits) }
            let usual = main.unit.digits
            let digits = (usual...usual + 2).first { text(value, $0) != text(thresholds.deficit, $0) } ?? usual
            return
                "With 95 % confidence it is at most \(value > 0 ? text(value, digits) : "0") below the teacher; allowed are \(text(thresholds.deficit, digits))"
        }
        check(
            "negativeFlips", figures[Metric.negativeFlips.name]?.value, limit: thresholds.negativeFlips
        ) {
            "It is wrong where the teacher is right on \(share($0)) of the rows; allowed are \(share(thresholds.negativeFlips))"
        }
        if let calibration = Check(
            calibration: figures[Metric.expectedCalibrationError.name]?.value, evidence.calibration?.chance,
            limit: thresholds.calibrationError)
        {
            checks.append(calibration)
        }
        let regressions = evidence.slices.map { $0.regressions.map(\.name) }
        check(
            "sliceRegressions", regressions.map { Double($0.count) }, limit: Double(thresholds.sliceRegressions)
        ) { _ in
            let names = (regressions ?? []).prefix(3).joined(separator: "; ")
            return names.isEmpty
                ? "It falls behind on none of \(evidence.slices?.tested ?? 0) slices of the rows"
                : "It falls behind on \(regressions?.count ?? 0) of \(evidence.slices?.tested ?? 0) slices of the rows: \(names)"
        }
        check(
            "agreementUnderShift", evidence.shift?.agreementKept, limit: thresholds.agreementUnderShift, isMost: false
        ) {
            "On corrupted rows it keeps \($0 > 0 ? share($0) : "nothing") of its agreement with the teacher; at least \(share(thresholds.agreementUnderShift)) is asked for"
        }
        let failed = checks.filter { !$0.holds }
        var obstacles: [String] = []
        if let difference, difference.high < 0 {
            obstacles.append("It is measurably worse than the same student without a teacher")
        }
        if testRows < Verdict.fewestRows {
            obstacles.append(
                "\(testRows) test rows are too few to tell: at least \(Verdict.fewestRows) are needed")
        }
        let guardrail = failed.isEmpty ? nil : Guard(evidence.selection, risk: thresholds.guardedRisk, hasTeacher)
        let kind: Kind =
            !obstacles.isEmpty ? .doNotShip : failed.isEmpty ? .ship : guardrail == nil ? .doNotShip : .shipWithGuard
        var reasons = obstacles + failed.map(\.text).filter { !obstacles.contains($0) }
        if kind == .doNotShip, !failed.isEmpty, guardrail == nil, task.judging.lossKind == .mistakes {
            reasons.append(
                "No confidence is known above which at most \(share(thresholds.guardedRisk)) of its answers are wrong")
        }
        reasons += checks.filter(\.holds).map(\.text)
        self.init(
            kind: kind, reasons: reasons.map { "\($0)." }, checks: checks,
            guardrail: kind == .shipWithGuard ? guardrail : nil)
    }
}

extension Decision.Guard {
    /// The guard with the lowest threshold that keeps a risk, from what selective answering is vouched for; nil where none is.
    fileprivate init?(_ selection: SelectiveEvidence?, risk: Double, _ hasTeacher: Bool) {
        let usable = (selection?.guarantees ?? []).filter { $0.risk <= risk + 1e-12 && $0.threshold != nil }
        guard let best = usable.max(by: { $0.risk < $1.risk }), let threshold = best.threshold,
            let coverage = best.coverage
        else { return nil }
        let action = hasTeacher ? "teacher" : "abstain"
        self.init(
            action: action, threshold: threshold, coverage: coverage,
            text:
                "Where its confidence is below \(threshold.formatted(digits: 3)), \(hasTeacher ? "let the teacher answer, or nobody" : "let nobody answer"): "
                + "it then answers \((100 * coverage).formatted(digits: 1)) % of the rows, and with \((100 * (1 - best.delta)).formatted(digits: 0)) % confidence at most "
                + "\((100 * best.risk).formatted(digits: 0)) % of those answers are wrong.")
    }
}
