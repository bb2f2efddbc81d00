internal import Compute

/// A teacher's answers to rows, asked once and kept: what `attar label` makes.
public struct Labelling: Codable, Sendable {
    /// The teacher as it was named.
    public let teacher: String
    /// The folder of the answers.
    public let store: String
    /// Rows of the data.
    public let rows: Int
    /// Rows of the data that have an answer now.
    public let answered: Int
    /// Rows that the teacher answered in this run.
    public let asked: Int
    /// Rows of the data that it has no usable answer to.
    public let failed: Int
    /// The share of the answered rows whose answer is their label, or R²; nil without labels.
    public let agreement: Double?
    /// What this run has spent; nil where nothing is counted.
    public let spending: Spending?
    /// A student's fidelity after so many questions, where only some rows were asked.
    public let curve: [Point]?
    /// What a reader has to know, in sentences.
    public let notes: [String]

    /// A student's fidelity after so many questions.
    public struct Point: Codable, Sendable {
        /// Rows asked.
        public let questions: Int
        /// The share of other rows on which the student gives the teacher's answer, or its R² to the teacher.
        public let fidelity: Double
    }

    /// Asks a teacher about rows and keeps its answers. Rows whose answers are kept already are not asked.
    ///
    /// - Parameters:
    ///   - source: the teacher.
    ///   - rows: the rows, with their target if they have labels to compare with.
    ///   - store: the folder of the answers.
    ///   - settings: how the teacher is asked.
    ///   - sampling: which rows are asked; nil for all.
    ///   - catalogue: the tasks that there are.
    ///   - progress: told how far it is; may stop it.
    ///   - preview: receives what a few rows, asked beforehand, have shown, in sentences.
    /// - Throws: as opening and asking the teacher does. What was answered before is kept.
    public init(
        of source: TeacherSource, on rows: Dataset, in store: String, settings: TeacherSettings = TeacherSettings(),
        sampling: QuestionSampling? = nil, catalogue: Catalogue = .standard,
        progress: @escaping ProgressHandler = { _ in .more }, preview: (String) -> Void = { _ in }
    ) async throws {
        try sampling?.validate()
        let opened = try source.opened(for: rows, settings: settings)
        let teacher = try StoredTeacher(
            opened, named: source.name, columns: rows.columns.map(\.name), asking: settings, in: AnswerStore(store),
            of: rows.count, progress: progress)
        let missing = teacher.unanswered(in: rows).count
        guard missing == 0 || teacher.keepsAnswers else {
            throw AttarError(
                .unwritableFile, "the store '\(store)' can only be read, and \(missing) rows have no answer in it yet",
                remedy: "Make it writable, or copy the folder and name the copy with --out")
        }
        var (positions, curve): ([Int], [Point]?) = (Array(0..<rows.count), nil)
        let outputs: Answers
        do {
            if missing > 0, sampling == nil {
                let flight = try await PreFlight(teacher, on: rows, named: source.name, catalogue: catalogue)
                let done = teacher.activity
                flight.sentences(remaining: missing - done.asked - done.failed).forEach(preview)
                try flight.refuseNonsense()
            }
            if let sampling, sampling.count < rows.count {
                var questions = try LimitedQuestions(
                    sampling, of: rows, by: teacher, catalogue: catalogue, progress: progress)
                let found = try await questions.asked()
                positions = found.rows
                curve = found.curve.map { Point(questions: $0.questions, fidelity: $0.fidelity) }
            }
            outputs = try await teacher.predict(rows.selecting(positions))
        } catch let error as AttarError where error.code == .stopped {
            throw error.keeping(of: [teacher], goesOn: "the same command goes on there")
        }
        let known = outputs.knownRows
        agreement = rows.selecting(known.map { positions[$0] }).target.flatMap {
            known.isEmpty ? nil : Agreement.withLabels(outputs.selecting(rows: known), teacher.task, $0)
        }
        (self.teacher, self.store, self.rows, self.curve) = (source.name, store, rows.count, curve)
        answered = positions.count == rows.count ? known.count : try teacher.answered(in: rows).count
        asked = teacher.activity.asked
        failed = outputs.count - known.count
        spending = teacher.spending
        notes = teacher.answerNotes.map { "\($0)." }
    }
}

extension AttarError {
    /// An asking or run that was stopped, with what is kept of it.
    ///
    /// - Parameter goesOn: what one does to go on.
    func keeping(of teachers: [StoredTeacher], goesOn: String) -> AttarError {
        let kept = teachers.filter { $0.folder != nil && $0.activity.asked > 0 }
        guard !kept.isEmpty else { return self }
        let words = kept.map { teacher in
            let spent = teacher.spending.map { " (\($0.words))" } ?? ""
            let count = Spending.count(teacher.activity.asked, "answer")
            return
                "\(count) of this run \(teacher.activity.asked == 1 ? "is" : "are") kept in '\(teacher.folder ?? "")'\(spent)"
        }
        return AttarError(code, problem, remedy: "\(words.joined(separator: "; ")): \(goesOn)", underlying: underlying)
    }
}
