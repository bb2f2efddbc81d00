internal import Compute

extension RunSetup {
    /// The training rows with the teacher's answers to them, and what a reader has to know about these.
    ///
    /// - Throws: as training or asking the teacher does.
    func taughtRows() async throws -> (rows: TaughtRows, notes: [String]) {
        if let estimator = distiller.teacher.estimator {
            if estimator.ownTask != nil {
                let note =
                    "The teacher found what it teaches in the \(training.rows.count) training rows alone: the test rows are new to it, too."
                let taught = try await found(by: estimator)
                return (taught, try [note] + warnings(about: taught))
            }
            let note = "The teacher's answers to training rows are out of fold (\(settings.folds) folds)."
            let taught = try await trained(estimator)
            return (taught, try [note] + warnings(about: taught))
        }
        guard let teacher = distiller.teacher.teacher else { preconditionFailure("the teacher has been opened") }
        let taught = try await asked(teacher)
        return (
            taught,
            try [kind.teaching.note(onAsking: teacher)] + warnings(about: taught)
                + taught.teacher.teacher.answerNotes.map { "\($0)." }
                + taught.answers.notes
        )
    }

    /// What is said where the teacher is a file of answers that has none to the test rows; nil where it can be asked about them, and where nobody else says what is right.
    var unmeasuredTeacher: String? {
        distiller.teacher.teacher?.cannotMeasure(test, of: kind, named: distiller.teacher.name)
    }

    /// What students are held against where the teacher's answers stand for labels; nil where rows have some.
    func followedBaseline(_ taught: TaughtRows) -> Baseline? {
        guard kind.judging.followsTeacher else { return nil }
        let known = taught.answers.knownRows
        return kind.judging.baseline(
            kind.judging.followed(taught.answers.selecting(rows: known).matrix),
            features: encoder.distanceFeatures(taught.features.selecting(rows: known)), of: task,
            weights: training.rows.weights.map { weights in known.map { weights[$0] } })
    }

    /// Says that a teacher knows nothing of the rows, before anything is trained on it: at once, and in the certificate.
    private func warnings(about taught: TaughtRows) throws -> [String] {
        let known = taught.answers.knownRows
        if kind.judging.followsTeacher {
            let answers = taught.answers.selecting(rows: known)
            guard let doubt = kind.teaching.doubt(about: answers, truth: training.truth.selecting(known)) else {
                return []
            }
            return [try warned(doubt)]
        }
        let skill = Skill(
            ofTeacher: taught.answers.selecting(rows: known).matrix, on: training.selecting(known), of: kind,
            baseline: baseline, seed: settings.seed)
        guard let skill, !skill.ranks else { return [] }
        let how = taught.foldTeachers.isEmpty ? "" : ", by copies that had not seen them"
        return [
            try warned(
                "The teacher shows no skill on the \(training.rows.count) training rows\(how), so there is nothing to learn from it. \(skill.text)"
            )
        ]
    }

    /// Says something of the teacher at once.
    private func warned(_ warning: String) throws -> String {
        try report(
            RunProgress(phase: "looking at the teacher", completed: 0, total: nil, unit: "rows", note: warning),
            to: progress)
        return "\(warning)."
    }

    /// Trains the teacher on the training rows, and its copies.
    private func trained(_ estimator: any Estimator) async throws -> TaughtRows {
        try checkFeatures(
            (estimator as? any NetworkFitting)?.graph(for: encoder, outputs: task.width, isTraining: false))
        let pictures = try pictureViews()
        let rows = TransferSet(
            task: task, encoder: encoder, features: try encoder.encoded(training.rows), truth: training.truth,
            weights: training.rows.weights,
            views: pictures.map { TransferViews($0, mixing: settings.augmentation?.mixing) })
        let choosing = distiller.holdsPairsOut
        let trained = try await OutOfFold(
            estimator, on: rows, folds: folds, views: pictures == nil || settings.views == 0 ? nil : settings.views,
            choosing: choosing,
            context: FittingContext(
                loss: kind.teaching.labelLoss, seed: settings.seed, threads: threads, progress: progress,
                checkpoints: distiller.checkpoints))
        return TaughtRows(
            problem: training, encoder: encoder, features: rows.features, answers: Answers(trained.answers, to: task),
            answersHolding: choosing ? trained.answersHolding : [], folds: folds,
            foldTeachers: try trained.foldTeachers.map { try TeacherAnswers(ModelTeacher($0), for: task, of: kind) },
            teacher: try TeacherAnswers(ModelTeacher(trained.teacher), for: task, of: kind), unlabeled: unlabeled,
            views: settings.views == 0
                ? pictures.map { ViewAnswers($0, mixing: settings.augmentation?.mixing) } : trained.views,
            dataKinds: distiller.catalogue.dataKinds)
    }

    /// Has a teacher that needs no labels find in the training rows what it teaches, and copies of it in samples of them, which tell how stable that is.
    private func found(by estimator: any Estimator) async throws -> TaughtRows {
        let rows = TransferSet(
            task: task, encoder: encoder, features: try encoder.encoded(training.rows), truth: .none,
            weights: training.rows.weights)
        let context = FittingContext(loss: kind.teaching.labelLoss, seed: settings.seed, checkpoints: nil)
        let whole = FitQueue.Fit(estimator: estimator, rows: rows, context: context)
        let isAskedAgain = kind.judging.evidence.contains(EvidencePart.clusters.name)
        let samples = settings.evidence == .quick || !isAskedAgain ? [] : drawn(count: settings.folds)
        let teacher = try await queue.models([whole], phase: "training the teacher")[0]
        let copies = try await queue.models(
            samples.map { FitQueue.Fit(estimator: estimator, rows: rows, positions: $0, context: context) },
            phase: "training the teacher again")
        let asked = try TeacherAnswers(ModelTeacher(teacher), for: task, of: kind)
        let answers = try await asked.answers(to: training.rows)
        try kind.teaching.check(answers, to: training.rows, test: nil, of: task)
        let settled = asked.settled(by: answers)
        var taught = TaughtRows(
            problem: training, encoder: encoder, features: rows.features, answers: settled.training, answersHolding: [],
            folds: folds, foldTeachers: [], teacher: settled.teacher, unlabeled: unlabeled,
            views: try pictureViews().map { ViewAnswers($0, mixing: settings.augmentation?.mixing) },
            dataKinds: distiller.catalogue.dataKinds)
        taught.reruns = copies
        return taught
    }

    /// Samples of the training rows with replacement, rows of one unit together.
    private func drawn(count: Int) -> [[Int]] {
        let units = training.units ?? (0..<training.rows.count).map { Int32($0) }
        let members = Dictionary(grouping: units.indices) { units[$0] }
        let names = members.keys.sorted()
        return (0..<count).map { copy in
            var generator = SeededGenerator(seed: settings.seed, stream: "rows to cluster again \(copy)")
            return names.flatMap { _ in members[names[generator.index(below: names.count)]] ?? [] }.sorted()
        }
    }

    /// Asks a teacher that exists about the training rows.
    private func asked(_ teacher: any Teacher) async throws -> TaughtRows {
        _ = try TeacherAnswers(teacher, for: task, of: kind)
        try report(
            RunProgress(phase: "asking the teacher", completed: 0, total: training.rows.count, unit: "rows"),
            to: progress)
        let teacher = try await teacher.readyToTeach(training.rows)
        let asked = try TeacherAnswers(teacher, for: task, of: kind)
        let network = teacher.hiddenModel
        try checkFeatures(network?.network.graph)
        if !settings.features.isEmpty, distiller.stages.isEmpty { _ = try network?.encoder.rescaling(from: encoder) }
        if unmeasuredTeacher == nil { try teacher.check(test.rows) }
        if let unlabeled { try teacher.check(unlabeled) }
        let answers = try await asked.answers(to: training.rows)
        let unknown = answers.count - answers.knownRows.count
        guard unknown < answers.count else {
            throw AttarError(
                .unusableTeacher, "the teacher knows none of the \(answers.count) training rows",
                remedy: "Give the rows that it was asked about, or another teacher")
        }
        if unknown > 0, settings.augmentation != nil {
            throw AttarError(
                .unusableTeacher,
                "the teacher does not know \(unknown) of the training rows, which are to be seen in views",
                remedy: "Leave the augmentation out, or give the rows that it knows only")
        }
        if unknown > 0, settings.aim == .fidelity {
            throw AttarError(
                .unusableTeacher,
                "--aim fidelity compares with the teacher, which does not know \(unknown) of the training rows",
                remedy: "Leave --aim out, or give the rows that it knows only")
        }
        let known = teacher.answersKnownRowsOnly && unmeasuredTeacher == nil
        try kind.teaching.check(
            answers, to: training.rows,
            test: known ? (answers: try await asked.answers(to: test.rows), rows: test.rows) : nil, of: task)
        let settled = asked.settled(by: answers)
        let mixing = settings.augmentation?.mixing
        let views = try await pictureViews().asyncMap {
            settings.views == 0
                ? ViewAnswers($0, mixing: mixing)
                : try await ViewAnswers(
                    $0.with(count: settings.views), mixing: mixing, of: training.rows, by: settled.teacher,
                    progress: progress)
        }
        return TaughtRows(
            problem: training, encoder: encoder, features: try encoder.encoded(training.rows),
            answers: settled.training,
            answersHolding: [], folds: folds, foldTeachers: [], teacher: settled.teacher, unlabeled: unlabeled,
            views: views,
            dataKinds: distiller.catalogue.dataKinds)
    }
}

extension Answers {
    /// What a reader has to know of answers that do not say all.
    fileprivate var notes: [String] {
        var notes: [String] = []
        let unknown = count - knownRows.count
        if unknown > 0 {
            notes.append(
                "The teacher does not know \(unknown) of the \(count) training rows; those teach by their labels alone."
            )
        }
        if case .sparse(let classes, _, let width) = body {
            let most = (0..<classes.rows).map { classes.entries(of: $0).count }.max() ?? 0
            notes.append(
                "The teacher tells at most \(most) of the \(width) classes of a row; where a loss needs all, the others share "
                    + "evenly what is left.")
        }
        return notes
    }
}
