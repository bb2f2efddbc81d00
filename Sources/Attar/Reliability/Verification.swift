/// What becomes of a certificate when it is measured again: whether data, models, figures and words are those that it names, and what of it is only believed.
public struct Verification: Hashable, Codable, Sendable {
    /// One thing that was compared.
    public struct Check: Hashable, Codable, Sendable {
        /// What: `data`, `test rows`, `student`, `teacher`, `verdict`, `decision`, a metric's name for the student's figure, and `labelsOnly.`, `teacher.` or `difference.` before it
        /// for others.
        public var name: String
        /// What the certificate says.
        public var recorded: String
        /// What was found.
        public var found: String
        /// Whether the two are the same.
        public var holds: Bool
    }

    /// Something of the certificate that was not measured again.
    public struct Unmeasured: Hashable, Codable, Sendable {
        /// What, named as checks are; `labelsOnly`, `teacher` and `difference` for all figures of one kind.
        public var name: String
        /// What it takes to measure it: `teacher` or `training`, or `rows` where nobody can tell any more what the run left out; nil for what another machine or run does not
        /// repeat, such as times.
        public var needs: String?
    }

    /// What was compared.
    public var checks: [Check]
    /// The student's figures that were not measured again, by metric: those about a teacher where none was given, sizes and times.
    public var skipped: [String]
    /// All of the certificate that was not measured again.
    public var unmeasured: [Unmeasured]
    /// What could not be measured again and why, in sentences; nil where there is nothing of the kind.
    public var note: String?

    /// Whether everything that was compared is the same.
    public var holds: Bool { checks.allSatisfy(\.holds) }

    /// Figures may differ this much, relative to the larger of the figure and 1: other processors add in another order.
    static let tolerance = 1e-5

    /// Measures an artifact's certificate again.
    ///
    /// Without a teacher that is the student's figures on the test rows; with one, the teacher's and those about it, too. Only training everything again shows whether
    /// the rest is true: what the student without a teacher reaches, the verdict and the decision.
    /// - Parameters:
    ///   - artifact: what `distill` wrote.
    ///   - dataset: the labelled rows that it was given, with target, weights, group and time taken out.
    ///   - test: the test rows where they were given apart; nil splits them off as the recipe does.
    ///   - unlabeled: the rows without labels that it was given; used where everything is trained again.
    ///   - teacher: whom the student was taught by; nil leaves out what is about it, or takes the recipe's where everything is trained again.
    ///   - training: whether everything is trained again, which takes as long as distilling did.
    ///   - catalogue: the tasks and metrics that there are.
    ///   - progress: told how far the training is; may stop it.
    /// - Throws: `AttarError`: `malformedArtifact` where it holds no certificate of a distillation; otherwise as asking and distilling do.
    public init(
        of artifact: Artifact, on dataset: Dataset, test: Dataset? = nil, unlabeled: Dataset? = nil,
        teacher: TeacherReference? = nil, training: Bool = false, catalogue: Catalogue = .standard,
        progress: @escaping ProgressHandler = { _ in .more }
    ) async throws {
        let (certificate, recipe) = try Self.record(of: artifact)
        (checks, skipped, unmeasured) = ([], [], [])
        let isCrossFitted = certificate.crossFitted != nil
        if isCrossFitted, test != nil {
            throw AttarError(
                .invalidSetting,
                "every row was a test row of this certificate (--evidence cross), so none were given apart",
                remedy: "Leave --test out")
        }
        let given =
            try (isCrossFitted ? dataset : test).map { (training: dataset, test: $0) }
            ?? dataset.split(testFraction: recipe.testFraction, seed: recipe.seed)
        let asked = try await Self.opened(teacher, for: dataset, task: artifact.model.task.kind)
        let left = certificate.leftOut
        let kept = try await Self.kept(left, of: given, areTheSame: isCrossFitted, by: asked)
        let parts = kept ?? given
        if let recorded = certificate.provenance {
            compare("data", recorded.data, dataset.fingerprint)
            if kept != nil { compare("test rows", recorded.test, parts.test.fingerprint) }
            compare("student", recorded.student, artifact.model.fingerprint)
        }
        let model = artifact.model
        let kind = try certificate.learned(in: catalogue)
        let problem = try kind.posing.problem(parts.test, answeredAs: model.task)
        guard problem.task == model.task else {
            throw AttarError(.invalidTarget, "'\(parts.test.source)' has another target than the file's model")
        }
        let teacherNow = kept == nil ? nil : try await asked?.readyToTeach(parts.training)
        if let teacherNow, let known = certificate.provenance?.teacher {
            compare("teacher", known, teacherNow.fingerprint)
        }
        let metrics = catalogue.metrics.members
        let own: [Metric]
        var taught: Certificate.Figures?
        if isCrossFitted {
            say(
                "The figures are those of students that the file does not hold, each asked about rows that it had not seen: the file alone cannot show them again."
            )
            own = metrics.filter { certificate.student[$0.name] != nil }
        } else if kept == nil {
            // The file's student could be asked, but nobody knows about which rows.
            say(
                "The run did without \(left?.testRows ?? 0) test rows, more than its file lists: which rows its figures stand on cannot be told, so they were not measured again."
            )
            own = metrics.filter { certificate.student[$0.name] != nil }
        } else {
            let silence = teacherNow?.cannotMeasure(problem, of: kind, named: certificate.choice.teacher)
            if let silence { say(silence) }
            // Replicates are those of the certificate: they follow from the seed and the number of rows alone.
            let measurement = try await Measurement(
                of: Measurement.Subjects(
                    students: [model],
                    teacher: try (silence == nil ? teacherNow : nil).map {
                        try TeacherAnswers($0, for: problem.task, of: kind)
                    }),
                on: problem, of: kind, seed: recipe.seed, catalogue: catalogue)
            own = compare("", certificate.student, measurement.students[0].figures, metrics)
            taught = measurement.teacher?.figures
        }
        skipped = own.map(\.name)
        let missing = kept == nil ? "rows" : isCrossFitted ? "training" : asked == nil ? "teacher" : nil
        unmeasured = own.map {
            Unmeasured(name: $0.name, needs: $0.isOf(kind) ? missing : nil)
        }
        if let figures = taught {
            _ = compare("teacher.", certificate.teacher, figures, metrics)
        } else if !training, !certificate.teacher.isEmpty {
            unmeasured.append(Unmeasured(name: "teacher", needs: missing ?? "teacher"))
        }
        let repeats = kept != nil && left?.isByLimits != true
        if training, left?.isByLimits == true {
            say(
                "What a run leaves out to keep to its limits follows from what was asked before and how fast: training again would not show the same, and was left out."
            )
        }
        guard training, repeats else {
            unmeasured += Self.trained(certificate).map { Unmeasured(name: $0, needs: repeats ? "training" : "rows") }
            return
        }
        var distiller = try Distiller(recipe, teacher: teacher, catalogue: catalogue)
        distiller.checkpoints = nil
        let again = try await distiller.distilled(
            on: left == nil ? dataset : parts.training,
            test: left == nil ? test : isCrossFitted ? nil : parts.test, unlabeled: unlabeled, progress: progress
        ).certificate
        compare(certificate, with: again, metrics, hadTeacher: taught != nil)
    }

    /// The certificate and the recipe in an artifact.
    private static func record(of artifact: Artifact) throws -> (Certificate, Recipe) {
        do {
            guard let stored = artifact.metadata.certificate, let settings = artifact.metadata.recipe else {
                throw AttarError(.malformedArtifact, "it holds none")
            }
            var recipe: Recipe = try settings.decoded()
            recipe.target = artifact.metadata.target ?? recipe.target
            return (try stored.decoded(), recipe)
        } catch {
            throw AttarError(
                .malformedArtifact, "the file holds no certificate of a distillation that could be measured again",
                remedy: "Give a file that 'attar distill' of this version wrote")
        }
    }

    /// The teacher, before it learns from the training rows what it teaches by: how sure it should be, or how much each of several counts.
    private static func opened(
        _ reference: TeacherReference?, for rows: Dataset, task: LearningTask.Kind
    ) async throws -> (any Teacher)? {
        guard let reference, reference.estimator == nil else { return nil }
        return try reference.opened(for: rows, task: task).teacher
    }

    /// The rows that the run went on with: without those that its file lists, or else those that the teacher has no usable answer to; nil where neither tells.
    private static func kept(
        _ left: LeftOutRows?, of parts: (training: Dataset, test: Dataset), areTheSame: Bool, by teacher: (any Teacher)?
    ) async throws -> (training: Dataset, test: Dataset)? {
        guard let left else { return parts }
        if let listed = left.kept(training: parts.training, test: parts.test, areTheSame: areTheSame) { return listed }
        guard !left.isByLimits, let teacher else { return nil }
        let training = left.trainingRows == 0 ? parts.training : try await teacher.answerable(parts.training)
        return (training, areTheSame ? training : try await teacher.answerable(parts.test))
    }

    /// Adds a sentence on what could not be measured.
    private mutating func say(_ sentence: String) { note = note.map { "\($0) \(sentence)" } ?? sentence }

    /// What only training again can show.
    private static func trained(_ certificate: Certificate) -> [String] {
        ["verdict"] + (certificate.verdict.decision == nil ? [] : ["decision"])
            + (certificate.labelsOnly.isEmpty ? [] : ["labelsOnly", "difference"])
            + (certificate.baseline.isEmpty ? [] : ["baseline"])
    }
}

// MARK: - Comparing

extension Verification {
    /// Compares what was trained again: everything, times and sizes aside.
    private mutating func compare(
        _ certificate: Certificate, with again: Certificate, _ metrics: [Metric], hadTeacher: Bool
    ) {
        let isKnown = Set(checks.map(\.name))
        if let recorded = certificate.provenance, let found = again.provenance {
            compare("trained student", recorded.student, found.student)
            if let own = recorded.teacher, let other = found.teacher, !isKnown.contains("teacher") {
                compare("teacher", own, other)
            }
        }
        // Figures about the teacher, where it was not there to be asked before.
        let left = certificate.student.filter { skipped.contains($0.key) }
        let kept = Set(compare("", left, again.student.filter { !Self.varies($0.key) }, metrics).map(\.name))
        skipped.removeAll { !kept.contains($0) }
        unmeasured.removeAll { !kept.contains($0.name) }
        for index in unmeasured.indices { unmeasured[index].needs = nil }
        let figures = [
            ("labelsOnly.", certificate.labelsOnly, again.labelsOnly),
            ("baseline.", certificate.baseline, again.baseline),
            ("teacher.", hadTeacher ? [:] : certificate.teacher, again.teacher),
            ("difference.", certificate.difference, again.difference),
            ("differenceToTeacher.", certificate.differenceToTeacher, again.differenceToTeacher),
        ]
        for (prefix, recorded, found) in figures {
            _ = compare(prefix, recorded.filter { !Self.varies($0.key) }, found, metrics)
        }
        compare("verdict", certificate.verdict.text, again.verdict.text)
        if let decision = certificate.verdict.decision {
            func text(_ decision: Decision?) -> String {
                decision.map { ([$0.kind.rawValue] + $0.reasons + [$0.guardrail?.text ?? ""]).joined(separator: " ") }
                    ?? ""
            }
            let found = text(again.verdict.decision)
            let holds = text(decision) == found
            checks.append(
                Check(
                    name: "decision", recorded: holds ? decision.kind.rawValue : text(decision),
                    found: holds ? decision.kind.rawValue : found, holds: holds))
        }
    }

    /// Times and sizes, which another run does not repeat.
    private static func varies(_ metric: String) -> Bool {
        [Metric.latencyMicroseconds.name, Metric.bytes.name].contains(metric)
    }

    private mutating func compare(_ name: String, _ recorded: Fingerprint, _ found: Fingerprint) {
        checks.append(
            Check(name: name, recorded: recorded.short, found: found.short, holds: recorded == found))
    }

    private mutating func compare(_ name: String, _ recorded: String, _ found: String) {
        checks.append(Check(name: name, recorded: recorded, found: found, holds: recorded == found))
    }

    /// Compares figures, and returns the metrics that were not found.
    private mutating func compare(
        _ prefix: String, _ recorded: Certificate.Figures, _ found: Certificate.Figures, _ metrics: [Metric]
    ) -> [Metric] {
        var missing: [Metric] = []
        for metric in metrics {
            guard let own = recorded[metric.name] else { continue }
            guard let other = found[metric.name] else {
                missing.append(metric)
                continue
            }
            checks.append(
                Check(
                    name: prefix + metric.name, recorded: metric.interval(own), found: metric.interval(other),
                    holds: zip([own.value, own.low, own.high], [other.value, other.low, other.high])
                        .allSatisfy { abs($0 - $1) <= Self.tolerance * max(1, abs($0)) }))
        }
        return missing
    }
}

extension Metric {
    /// Whether asking models again would show the same: a task's figure that is neither a time nor a size.
    fileprivate func isOf(_ kind: TaskKind) -> Bool {
        kind.metrics.all.contains(self) && ![.latencyMicroseconds, .bytes, .sentencesPerSecond].contains(self)
    }
}
