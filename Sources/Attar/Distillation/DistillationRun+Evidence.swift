internal import Compute

extension DistillationRun {
    /// The longest that fits for evidence alone may take without being asked for, in seconds, or as a share of the run so far.
    private static let mostSeconds = 20.0
    private static let mostShare = 0.25

    /// Students that learned from parts of the rows, or the reason why there are none.
    ///
    /// - Parameters:
    ///   - refitting: how long the students' own fits on all rows took together, in seconds.
    ///   - elapsed: how long the run has taken so far.
    func partialStudents(
        _ search: StudentSearch, _ chosen: StudentSearch.Student, refitting: Double, elapsed: Double
    ) async throws -> PartialStudents {
        var none = PartialStudents()
        let missing = "The learning curve and the figures of rows that lie to one side of the others were left out"
        let remedy = "Ask for them with --evidence full."
        if recipe.evidence == .quick {
            none.notes.append("\(missing), as the recipe says. \(remedy)")
            return none
        }
        if recipe.evidence == .auto {
            let plan = chosen.choice.plan
            let asksMore = plan.strategies.contains { $0.synthesises || $0 == .unlabeled }
            if asksMore, search.taught.teacher.teacher.model == nil {
                none.notes.append("\(missing): the teacher would have to be asked about more rows. \(remedy)")
                return none
            }
            let seconds = refitting / Double(recipe.seeds) * StudentSearch.partialFits
            if seconds > max(Self.mostSeconds, Self.mostShare * elapsed) {
                none.notes.append("\(missing): their fits would take about \(Int(seconds)) s. \(remedy)")
                return none
            }
        }
        return try await search.partialStudents(
            chosen, test: try encoder.encoded(test), seed: recipe.seed)
    }
}

extension Evidence {
    /// Puts the figures of students from parts of the rows into their places.
    ///
    /// - Parameters:
    ///   - judged: the test rows with the answers of everyone who learned from all rows.
    ///   - features: the test rows encoded.
    ///   - trainingRows: how many rows these learned from.
    mutating func add(_ partial: PartialStudents, _ judged: JudgedRows, features: Matrix, trainingRows: Int) {
        let metric: Metric = judged.task.isClassification ? .accuracy : .r2
        let fidelity: Metric = judged.task.isClassification ? .agreement : .r2ToTeacher
        func figure(_ metric: Metric, _ answers: Matrix, at rows: [Int]?, teacher: Matrix?) -> Double {
            RowStatistics(
                outputs: answers, target: rows.map { judged.target.selecting($0) } ?? judged.target, teacher: teacher
            ).shown(metric, weights: rows.map { rows in rows.map { judged.weights[$0] } } ?? judged.weights)
        }
        func quality(_ answers: Matrix) -> Double { figure(metric, answers, at: nil, teacher: nil) }
        var points = partial.curve.map { point in
            LearningEvidence.Point(
                share: point.share, rows: point.rows,
                quality: SideBySide(
                    student: quality(point.pair.distilled.outputs(for: features).matrix),
                    labelsOnly: quality(point.pair.labelsOnly.outputs(for: features).matrix)))
        }
        if !points.isEmpty {
            points.append(
                LearningEvidence.Point(
                    share: 1, rows: trainingRows,
                    quality: SideBySide(
                        student: quality(judged.answers.student), labelsOnly: judged.answers.labelsOnly.map(quality))))
        }
        learning?.curve = points
        learning?.notes += partial.notes
        guard let side = partial.side else { return }
        let rows = side.testRows
        let own = features.selecting(rows: rows)
        let teacher = judged.answers.teacher?.selecting(rows: rows)
        let both = SideBySide(student: side.pair.distilled, labelsOnly: side.pair.labelsOnly).map {
            $0.outputs(for: own).matrix
        }
        shift?.covariate = ShiftEvidence.Covariate(
            text:
                "test rows above the 75th percentile of the first principal component of the training rows, by students that learned from the training rows below",
            rows: rows.count,
            figures: ShiftEvidence.Figures(
                quality: both.map { figure(metric, $0, at: rows, teacher: nil) },
                agreement: teacher.map { teacher in both.map { figure(fidelity, $0, at: rows, teacher: teacher) } }))
    }
}
