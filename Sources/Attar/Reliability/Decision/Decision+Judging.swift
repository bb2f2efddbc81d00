extension Decision {
    /// What a student is judged by, besides its thresholds.
    package struct Grounds {
        /// The student's figures.
        package var figures: Certificate.Figures
        /// Student minus labels alone, of the main metric; nil where there is no label-only student.
        package var difference: Estimate?
        /// What the test rows say besides.
        package var evidence: Evidence
        /// Whether there is a teacher who can answer in the student's place.
        package var hasTeacher: Bool
        /// Rows that all of it stands on.
        package var testRows: Int

        package init(
            figures: Certificate.Figures, difference: Estimate? = nil, evidence: Evidence, hasTeacher: Bool,
            testRows: Int
        ) {
            (self.figures, self.difference, self.evidence) = (figures, difference, evidence)
            (self.hasTeacher, self.testRows) = (hasTeacher, testRows)
        }
    }

    /// Judges a student by thresholds.
    ///
    /// It ships where all of them are kept. Where some are not, but a confidence is known above which answers are seldom wrong, it ships with a
    /// guard: that confidence was tried on labelled rows, so that it holds for probabilities that do not mean what they say, too. It does not ship where a leak
    /// voids the figures, where it knows no more of the rows than someone who has not seen them, where it gives a class up, where it is measurably worse than the same student without a teacher, or
    /// where too few rows were there to tell: no guard helps against those.
    package init(_ thresholds: Thresholds, of task: TaskKind, _ grounds: Grounds) {
        var checks = Self.checks(thresholds, of: task, grounds)
        let classes = grounds.evidence.classes.flatMap { ClassJudgement($0, allowing: thresholds.recallDeficit) }
        if let check = classes?.check { checks.append(check) }
        if let skill = grounds.evidence.skill?.student { checks.insert(Check(skill), at: 0) }
        let failed = checks.filter { !$0.holds }
        var obstacles = grounds.evidence.leaks?.obstacles ?? []
        obstacles += failed.filter { Self.unguarded.contains($0.name) }.map(\.text)
        if let difference = grounds.difference, difference.high < 0 {
            let main = task.metrics.main
            obstacles.append(
                "The student is measurably worse than the same student without a teacher: \(main.label) \(main.change(difference))"
            )
        }
        if grounds.testRows < Verdict.fewestRows {
            obstacles.append(
                "\(grounds.testRows) test rows are too few to tell: at least \(Verdict.fewestRows) are needed")
        }
        let guardrail =
            failed.isEmpty || !obstacles.isEmpty
            ? nil : Guard(grounds.evidence.selection, risk: thresholds.guardedRisk, grounds.hasTeacher)
        let kind: Kind =
            !obstacles.isEmpty ? .doNotShip : failed.isEmpty ? .ship : guardrail == nil ? .doNotShip : .shipWithGuard
        var reasons = obstacles + failed.map(\.text).filter { !obstacles.contains($0) }
        if kind == .doNotShip, obstacles.isEmpty, task.judging.lossKind == .mistakes {
            reasons.append(
                "No confidence is known that keeps some rows from the student, answers at least \(Self.share(Guard.leastCoverage)) of them, and leaves at most \(Self.share(thresholds.guardedRisk)) of its answers wrong"
            )
        }
        reasons += checks.filter(\.holds).map(\.text)
        var remarks = classes?.remarks ?? []
        if !grounds.hasTeacher {
            remarks.append(
                "No teacher was given, so it was not looked at what the student loses of it: on any rows, on single classes or slices, or under shift."
            )
        }
        self.init(
            kind: kind, reasons: reasons.map { "\($0)." }, checks: checks,
            guardrail: kind == .shipWithGuard ? guardrail : nil, remarks: remarks.isEmpty ? nil : remarks)
    }

    /// The checks against which no guard helps: a student that is sure of itself there is wrong all the same.
    private static let unguarded: Set<String> = ["skill", "recallDeficit"]

    static func share(_ value: Double) -> String { "\((100 * value).formatted(digits: 1)) %" }

    /// What was measured against its limit.
    private static func checks(_ thresholds: Thresholds, of task: TaskKind, _ grounds: Grounds) -> [Check] {
        let (evidence, figures, main) = (grounds.evidence, grounds.figures, task.metrics.main)
        var checks: [Check] = []
        func check(
            _ name: String, _ value: Double?, limit: Double, isMost: Bool = true, _ text: (Double) -> String
        ) {
            guard let value else { return }
            let holds = isMost ? value <= limit : value >= limit
            checks.append(Check(name: name, value: value, limit: limit, holds: holds, text: text(value)))
        }
        check("deficit", evidence.nonInferiority?.bound, limit: thresholds.deficit) { value in
            // As many digits as tell a bound from its limit.
            func text(_ value: Double, _ digits: Int) -> String { main.difference(value, digits: digits) }
            let usual = main.unit.digits
            let digits = (usual...usual + 2).first { text(value, $0) != text(thresholds.deficit, $0) } ?? usual
            let place = value > 0 ? "at most \(text(value, digits))" : "not"
            return
                "With 95 % confidence the student's \(main.label) is \(place) below the teacher's; allowed are \(text(thresholds.deficit, digits))"
        }
        if task.judging.followsTeacher {
            let fidelity = task.metrics.fidelity
            check("disagreement", figures[fidelity.name].map { 1 - $0.low }, limit: thresholds.disagreement) { _ in
                let least = figures[fidelity.name].map { fidelity.figure($0.low) } ?? ""
                let asked = fidelity.figure(1 - thresholds.disagreement)
                return task.judging.lossKind == .mistakes
                    ? "The student answers as its teacher does on at least \(least) of rows like these (95 % interval); asked for are \(asked)"
                    : "The student's \(fidelity.label) is at least \(least) (95 % interval); asked for is \(asked)"
            }
        }
        check(
            "negativeFlips", figures[Metric.negativeFlips.name]?.value, limit: thresholds.negativeFlips
        ) {
            "The student is wrong where the teacher is right on \(share($0)) of the rows; allowed are \(share(thresholds.negativeFlips))"
        }
        if let calibration = Check(
            calibration: figures[Metric.expectedCalibrationError.name]?.value, evidence.calibration?.chance,
            limit: thresholds.calibrationError)
        {
            checks.append(calibration)
        }
        if let slices = evidence.slices, slices.tested > 0 {
            let names = slices.regressions.map(\.name)
            let whom = slices.comparedWith == "labelsOnly" ? "the same student without a teacher" : "the teacher"
            check("sliceRegressions", Double(names.count), limit: Double(thresholds.sliceRegressions)) { _ in
                names.isEmpty
                    ? "The student falls behind \(whom) on none of \(slices.tested) slices of the rows"
                    : "The student falls behind \(whom) on \(names.count) of \(slices.tested) slices of the rows: \(names.prefix(3).joined(separator: "; "))"
            }
        }
        check(
            "agreementUnderShift", evidence.shift?.agreementKept, limit: thresholds.agreementUnderShift, isMost: false
        ) {
            "On corrupted rows the student keeps \($0 > 0 ? share($0) : "nothing") of its agreement with the teacher; at least \(share(thresholds.agreementUnderShift)) is asked for"
        }
        return checks
    }
}

extension Decision.Check {
    /// Whether a student knows anything.
    fileprivate init(_ skill: Skill) {
        self.init(
            name: "skill", value: skill.gain?.low ?? skill.ranking?.low ?? 0,
            limit: skill.gain == nil ? skill.floor : 0,
            holds: skill.isShown, text: skill.text)
    }
}
