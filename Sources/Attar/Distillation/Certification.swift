internal import Compute

/// The end of a run: everyone is asked about the test rows, once, and what that says becomes evidence, decision, certificate and artifact.
struct Certification {
    /// What the run started from.
    let setup: RunSetup
    /// Who taught first: the teacher that the certificate is about.
    let teacher: TeacherAnswers
    /// What was chosen.
    let student: StudentSearch.Student
    /// The student and its twin, for each seed.
    let fits: RefittedStudents
    /// How each model of a chain did; empty where there is none.
    let stages: [Certificate.Stage]
    /// Students that learned from parts of the rows.
    let partial: PartialStudents
    /// What a reader has to know, so far.
    let notes: [String]
    /// What someone who knows nothing of a row answers, by the teacher's answers; nil where rows have labels.
    let taughtBaseline: Baseline?
    /// The teacher as it turned out on samples of the training rows; none where it was not run again.
    let reruns: [any Model]
    /// What others of the same recipe answer to rows that they have not seen, where the student has learned from all of them; else nil.
    let crossFitted: CrossFittedAnswers?

    var kind: TaskKind { setup.kind.deciding(by: fits.decision.rule) }
    private var plan: TransferPlan { student.choice.plan }
    private var shipped: any Model { fits.distilled[0] }

    /// The teacher as far as it can be asked about the test rows.
    private var asked: TeacherAnswers? { setup.unmeasuredTeacher == nil ? teacher : nil }

    /// Asks the test rows, and packs what was found.
    ///
    /// - Throws: as asking does; `AttarError` (`stopped`).
    func distillation() async throws -> Distillation {
        try report(
            RunProgress(phase: "asking the test rows", completed: 0, total: setup.test.rows.count, unit: "rows"),
            to: setup.progress)
        let measurement = try await Measurement(
            of: Measurement.Subjects(
                students: fits.distilled, twins: fits.labelsOnly, teacher: asked, crossFitted: crossFitted),
            on: setup.test, of: kind, background: background, seed: setup.settings.seed,
            catalogue: setup.distiller.catalogue, progress: setup.progress)
        var compared = Compared(measurement, seed: setup.settings.seed)
        compared.untrained = try await fits.untrained.asyncMap { try await evaluated($0) }
        var certificate = try certificate(measurement, compared)
        certificate.untrained = compared.untrained?.figures
        let usual = try setup.distiller.catalogue.task(kind.kind)
        certificate.withoutLabels = kind.judging.followsTeacher && usual.posing.needsTarget ? true : nil
        certificate.leftOut = setup.leftOut
        certificate.crossFitted = crossFitted.map {
            Certificate.CrossFitting(parts: $0.parts, rows: setup.test.rows.count)
        }
        let sets = try keptSets(measurement, notes: &certificate.notes)
        measurement.background.reliability.sets = sets?.method ?? .none
        measurement.background.reliability.allowsEmpty = setup.settings.allowEmpty
        let evidence = try await measurement.evidence()
        if let skill = evidence.skill?.teacher, !skill.ranks {
            certificate.notes.append("The teacher shows no skill on the test rows. \(skill.text).")
        }
        certificate.verdict.decision = Decision(
            setup.settings.thresholds, of: kind,
            Decision.Grounds(
                figures: certificate.student,
                difference: plan.isLabelsOnly ? nil : compared.difference?.estimates[kind.metrics.main],
                evidence: evidence, hasTeacher: measurement.teacher != nil, testRows: setup.test.rows.count))
        if asked != nil { certificate.teacher[.latencyMicroseconds] = try teacherLatency() }
        let packing = Packing(
            setup: setup, student: shipped, plain: fits.labelsOnly.first, teacher: teacher.teacher,
            learned: LearnedRows(setup.training.rows, readBy: setup.encoder), sets: sets)
        return try packing.distillation(certificate, evidence)
    }

    /// The figures of a model beside the shipped one.
    private func evaluated(_ model: any Model) async throws -> Evaluation {
        try await Measurement(
            of: Measurement.Subjects(students: [model], teacher: asked), on: setup.test, of: kind,
            seed: setup.settings.seed, catalogue: setup.distiller.catalogue, progress: setup.progress
        ).students[0]
    }

    /// What is known of the students besides the test rows.
    private var background: Measurement.Background {
        var background = Measurement.Background()
        background.training = setup.training
        background.leaks = setup.leaks
        if !setup.limits.asksChangedRows {
            background.sparesTeacher = "The teacher was not asked about changed rows, to keep to the limits of the run."
        }
        background.partial = partial
        background.baseline = setup.baseline ?? taughtBaseline
        background.reruns = reruns
        background.curves = [
            TrainingCurve("student", of: shipped, seed: fits.seeds[0]),
            fits.labelsOnly.first.flatMap { TrainingCurve("labelsOnly", of: $0, seed: fits.seeds[0]) },
        ].compactMap { $0 }
        background.reliability = StudentReliability(tree: tree, calibration: fits.calibration)
        return background
    }

    /// The certificate, evidence and decision still to come.
    private func certificate(_ measurement: Measurement, _ compared: Compared) throws -> Certificate {
        let taught = measurement.teacher
        var figures = (student: measurement.students[0].figures, labelsOnly: measurement.twins.first?.figures ?? [:])
        figures.student[.latencyMicroseconds] = try measurement.latency(of: shipped)
        if let twin = fits.labelsOnly.first {
            figures.labelsOnly[.latencyMicroseconds] = try measurement.latency(of: twin)
        }
        return Certificate(
            task: kind.kind, names: setup.task.names, trainingRows: setup.training.rows.count,
            testRows: setup.test.rows.count, student: figures.student, labelsOnly: figures.labelsOnly,
            teacher: taught?.figures ?? [:], baseline: measurement.baseline?.evaluation.figures ?? [:],
            baselineAnswer: measurement.baseline?.answer, difference: compared.difference?.figures ?? [:],
            differenceToTeacher: taught.map { compared.students.minus($0).figures } ?? [:],
            gapClosed: taught.flatMap { taught in
                compared.twins.flatMap { compared.students.shareOfGap(from: $0, to: taught, in: kind.metrics.main) }
            },
            seeds: Certificate.Seeds(
                seeds: fits.seeds, shipped: fits.seeds[0], student: Evaluation.perMember(measurement.students),
                labelsOnly: Evaluation.perMember(measurement.twins)),
            choice: choice(compared), verdict: verdict(measurement, compared, taught), metric: kind.metrics.main.name,
            answerRule: fits.decision.rule,
            notes: crossFittingNotes + [setup.metricNote, fits.decision.note].compactMap { $0 } + notes
                + [setup.unmeasuredTeacher].compactMap { $0 } + shipped.notes
                + setup.leaks.warnings
                + measurement.students[0].heavyTailed.map(\.note))
    }

    /// What was chosen, and what it was chosen from.
    private func choice(_ compared: Compared) -> Certificate.Choice {
        let (distiller, settings) = (setup.distiller, setup.settings)
        return Certificate.Choice(
            student: student.name, teacher: distiller.teacher.name, strategy: plan.description,
            loss: settings.lossName(for: kind, knownClasses: distiller.teacher.settings.topK),
            features: settings.features.isEmpty ? nil : settings.features.map(\.description),
            stages: stages.isEmpty ? nil : stages, peer: settings.peer?.name, trials: student.choice.trials,
            candidates: student.candidates, optimism: optimism(compared))
    }

    /// Whether distilling helped; where there is no twin to tell, what the student keeps.
    private func verdict(_ measurement: Measurement, _ compared: Compared, _ teacher: Evaluation?) -> Verdict {
        let testRows = setup.test.rows.count
        guard let twins = compared.twins, let difference = compared.difference else {
            return Verdict(
                kind, keeps: compared.students.estimates, untrained: compared.untrained?.estimates, testRows: testRows)
        }
        return Verdict(
            kind,
            Verdict.Grounds(
                student: compared.students.estimates, labelsOnly: twins.estimates, teacher: teacher?.estimates ?? [:],
                difference: difference.estimates, rowsAlone: compared.rowsAlone?.estimates ?? [:],
                chances: chances(measurement), seeds: fits.seeds.count, testRows: testRows),
            aim: setup.settings.aim, isLabelsOnly: plan.isLabelsOnly, wasCompared: !student.choice.trials.isEmpty)
    }

    /// The teacher's time a row, where it says something: that of a model that reads the rows in another way does not stand beside the student's.
    private func teacherLatency() throws -> Estimate? {
        guard teacher.teacher.models.allSatisfy({ $0.encoder == setup.encoder }) else { return nil }
        return try teacher.teacher.microsecondsARow(on: setup.test.rows)
    }

    /// The mean over the seeds of students and twins.
    struct Compared {
        let students: Evaluation
        let twins: Evaluation?
        let difference: Evaluation?
        /// The difference of these students and twins, whatever others do.
        let rowsAlone: Evaluation?
        /// The student before it learned from rows.
        var untrained: Evaluation?

        init(_ measurement: Measurement, seed: UInt64) {
            students = Evaluation.mean(of: measurement.students, seed: seed)
            twins = measurement.twins.isEmpty ? nil : Evaluation.mean(of: measurement.twins, seed: seed)
            func minusTwins(withSeeds: Bool) -> Evaluation? {
                measurement.twins.isEmpty
                    ? nil
                    : .difference(measurement.students, measurement.twins, withSeeds: withSeeds, seed: seed)
            }
            (difference, rowsAlone) = (minusTwins(withSeeds: true), minusTwins(withSeeds: false))
        }
    }
}

extension Evaluation {
    /// The figures under their names in JSON.
    var figures: Certificate.Figures {
        Dictionary(uniqueKeysWithValues: estimates.map { ($0.name, $1) })
    }

    /// For each metric the members' figures, in order; nothing of nobody.
    static func perMember(_ members: [Evaluation]) -> [String: [Double]] {
        var figures: [String: [Double]] = [:]
        for (index, metric) in (members.first?.metrics ?? []).enumerated() {
            figures[metric.name] = members.map { $0.values[index] }
        }
        return figures
    }
}
