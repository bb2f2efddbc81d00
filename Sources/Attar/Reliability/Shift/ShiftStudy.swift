internal import Compute

/// Asks models about corrupted test rows, each set of rows once.
struct ShiftStudy: Sendable {
    /// The answers to one set of corrupted rows.
    struct Asked: Sendable {
        let corruption: Int
        let strength: Int
        /// The rows, where someone is still to be asked about them.
        let rows: Dataset?
        /// The student's features of the rows; nil but at the highest strength.
        let features: Matrix?
        var answers: SideBySide<Matrix>
    }

    /// Test rows that are corrupted at most, drawn from the seed.
    static let mostRows = 1_000
    /// Rows about which a teacher is asked that is no model of Attar.
    static let mostForeignRows = 200
    /// Numbers in all rows together, so that large pictures do not take minutes.
    private static let mostNumbers = 4_000_000

    /// The rows as they are, with the answers to them.
    let clean: JudgedRows
    let corruptions: [Corruption]
    private let models: SideBySide<any Model>
    /// The teacher, where it may be asked.
    private let teacher: TeacherAnswers?
    /// Why it is not, in a sentence.
    let note: String?
    private let threads: Int

    init(
        _ judged: JudgedRows, models: SideBySide<any Model>, teacher: TeacherAnswers?, reference: Dataset,
        sparing: String? = nil, threads: Int
    ) {
        let numbers = judged.rows.columns.reduce(0) { $0 + $1.shape.reduce(1, *) }
        clean = judged.sample(of: max(20, min(Self.mostRows, Self.mostNumbers / max(1, numbers))))
        corruptions = Corruption.all(
            for: reference, encoder: models.student.encoder, seed: judged.seed, kinds: judged.dataKinds)
        self.models = models
        self.threads = threads
        switch teacher?.teacher {
        case let asked? where asked.answersKnownRowsOnly:
            self.teacher = nil
            note = "The teacher answers known rows only, so it was not asked about changed rows."
        case let asked? where asked.isMetered:
            self.teacher = nil
            note = "Each of the teacher's answers costs, so it was not asked about changed rows."
        case .some where sparing != nil:
            self.teacher = nil
            note = sparing
        case nil:
            self.teacher = nil
            note = "There is no teacher to ask about changed rows."
        case let asked?:
            self.teacher = teacher
            let isForeign = asked.model == nil && clean.rows.count > Self.mostForeignRows
            note = isForeign ? "The teacher was asked about \(Self.mostForeignRows) of the rows." : nil
        }
    }

    /// Everyone's answers to all corruptions at all strengths, in order, and what the teacher could not answer, in sentences.
    ///
    /// - Throws: `AttarError`: `stopped`; `schemaMismatch` where a model cannot read the rows.
    func asked(progress: ProgressHandler) async throws -> (answers: [Asked], notes: [String]) {
        let questions = corruptions.indices.flatMap { index in Corruption.strengths.map { (index, $0) } }
        // A model with the same classes in the same order is asked on threads, any other teacher afterwards.
        let model = teacher?.teacher.model.flatMap { $0.task == clean.task ? $0 : nil }
        let isAskedLater = teacher != nil && model == nil
        var all = try concurrently(questions.count, threads: threads) { index in
            let (corruption, strength) = questions[index]
            let rows = corruptions[corruption].applied(to: clean.rows, strength: strength, seed: clean.seed)
            let features = try models.student.encoder.encoded(rows)
            var answers = SideBySide(student: models.student.outputs(for: features).matrix)
            answers.labelsOnly = try models.labelsOnly.map { try answer($0, rows, features) }
            answers.teacher = try model.map { try answer($0, rows, features) }
            return Asked(
                corruption: corruption, strength: strength,
                rows: isAskedLater ? rows.selecting(Array(0..<min(rows.count, Self.mostForeignRows))) : nil,
                features: strength == Corruption.strengths.upperBound ? features : nil, answers: answers)
        }
        guard let teacher, isAskedLater else { return (all, []) }
        var notes: [String] = []
        for index in all.indices {
            guard let rows = all[index].rows else { continue }
            try report(
                RunProgress(
                    phase: "asking the teacher about changed rows", completed: index, total: all.count,
                    unit: "corruptions"), to: progress)
            // A teacher that cannot take such rows is no reason to lose a run that has come this far.
            do {
                all[index].answers.teacher = try await teacher.outputs(for: rows)
            } catch let error as AttarError where error.code != .stopped {
                notes.append("The teacher did not answer \(rows.source): \(error.problem).")
                if error.code == .limitReached { break }
            }
        }
        return (all, notes)
    }

    private func answer(_ model: any Model, _ rows: Dataset, _ features: Matrix) throws -> Matrix {
        let isSame = model.encoder == models.student.encoder
        return model.outputs(for: isSame ? features : try model.encoder.encoded(rows)).matrix
    }

    /// The figures of answers to the rows. A teacher's answers may be those to the first rows only.
    func figures(_ answers: SideBySide<Matrix>) -> ShiftEvidence.Figures {
        let (metric, fidelity) = (clean.kind.metrics.main, clean.kind.metrics.fidelity)
        // Where only the teacher says what is right, its answers to the changed rows do.
        let quality = answers.map { figure(metric, of: $0, teacher: metric.isToTeacher ? answers.teacher : nil) }
        let agreement = answers.teacher.map { teacher in
            SideBySide(
                student: figure(fidelity, of: answers.student, teacher: teacher),
                labelsOnly: answers.labelsOnly.map { figure(fidelity, of: $0, teacher: teacher) })
        }
        return ShiftEvidence.Figures(quality: quality, agreement: agreement)
    }

    private func figure(_ metric: Metric, of answers: Matrix, teacher: Matrix?) -> Double {
        let count = min(answers.rows, teacher?.rows ?? answers.rows)
        let first = Array(0..<count)
        return clean.figure(
            metric, of: answers.rows == count ? answers : answers.selecting(rows: first),
            at: clean.rows.count == count ? nil : first, teacher: teacher)
    }

    /// Whether the teacher may be asked.
    var asksTeacher: Bool { teacher != nil }
}

extension RowStatistics {
    /// A metric as evidence shows it: an R² below −10⁶, as changed rows may have it, as −10⁶, and 0 where all rows weigh nothing.
    func shown(_ metric: Metric, weights: [Float]) -> Double {
        guard weights.contains(where: { $0 > 0 }), let value = values(weights: weights)[metric] else { return 0 }
        return value.isNaN ? -1e6 : min(1e6, max(-1e6, value))
    }
}

extension JudgedRows {
    /// At most so many of the rows, drawn from the seed, with the answers to them.
    func sample(of most: Int) -> JudgedRows {
        guard rows.count > most else { return self }
        var generator = SeededGenerator(seed: seed, stream: "shifted rows")
        let chosen = Array(Array(0..<rows.count).shuffled(using: &generator).prefix(most)).sorted()
        return JudgedRows(
            problem.selecting(chosen), of: kind, answers: answers.map { $0.selecting(rows: chosen) }, seed: seed,
            dataKinds: dataKinds)
    }
}
