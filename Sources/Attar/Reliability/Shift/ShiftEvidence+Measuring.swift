extension ShiftEvidence {
    /// The figures of corrupted rows.
    ///
    /// - Parameters:
    ///   - study: who was asked.
    ///   - asked: everyone's answers, in the order in which the study gives them.
    ///   - askingNotes: what the teacher could not answer; the first of them is shown.
    init(_ study: ShiftStudy, _ asked: [ShiftStudy.Asked], notes askingNotes: [String], threads: Int) {
        var cleanAnswers = study.clean.answers
        if !study.asksTeacher { cleanAnswers.teacher = nil }
        let clean = study.figures(cleanAnswers)
        // Nothing in it fails.
        let figures = (try? concurrently(asked.count, threads: threads) { study.figures(asked[$0].answers) }) ?? []
        let corruptions = study.corruptions.enumerated().map { index, corruption in
            Corruption(
                name: corruption.name,
                strengths: zip(asked, figures).filter { $0.0.corruption == index }.map(\.1))
        }
        var notes = (study.note.map { [$0] } ?? []) + askingNotes.prefix(1)
        if askingNotes.count > 1 {
            notes.append(
                "So it was with \(askingNotes.count) of \(asked.count) kinds of changed rows: what is kept stands on the others."
            )
        }
        if corruptions.isEmpty { notes.append("No corruption is known for rows of this kind.") }
        func kept(_ values: [Double], of whole: Double?) -> Double? {
            guard let whole, whole > 0, !values.isEmpty else { return nil }
            // R² has no lower end: worse than a constant is nothing left, however much worse.
            return values.reduce(0) { $0 + max(0, $1) } / Double(values.count) / whole
        }
        let qualityKept = kept(figures.map(\.quality.student), of: clean.quality.student)
        if qualityKept == nil, !corruptions.isEmpty {
            notes.append("On rows as they are the student is no better than a constant: there is nothing to keep.")
        }
        self.init(
            rows: study.clean.rows.count, clean: clean, corruptions: corruptions,
            agreementKept: kept(figures.compactMap(\.agreement?.student), of: clean.agreement?.student),
            qualityKept: qualityKept ?? 0, covariate: nil, notes: notes)
    }
}
