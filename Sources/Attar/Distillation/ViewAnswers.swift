package import Compute

/// Augmented views of the training pictures, and the teacher's answers to them, asked once and used by every student of a run.
package struct ViewAnswers {
    /// How the views are made; their number is known.
    let pictures: PictureViews
    /// The answers, one view of all rows after the other; probabilities or values, (views · rows, task.width).
    package let answers: Matrix
    /// For each fold the answers that may be learned from when it is held out, as `OutOfFold.answersHolding`; empty where the teacher has
    /// learned from no fold in particular.
    package let answersHolding: [Matrix]

    init(pictures: PictureViews, answers: Matrix, answersHolding: [Matrix]) {
        (self.pictures, self.answers, self.answersHolding) = (pictures, answers, answersHolding)
    }

    /// Asks a teacher about each view of the rows.
    ///
    /// - Parameter pictures: views of `rows`, of known number.
    /// - Throws: as asking does; `AttarError` (`unusableTeacher`) for a teacher that knows no other pictures than its own.
    init(
        _ pictures: PictureViews, of rows: Dataset, by teacher: TeacherAnswers, progress: @escaping ProgressHandler
    ) async throws {
        guard let count = pictures.count else { preconditionFailure("the views are numbered") }
        if teacher.teacher.answersKnownRowsOnly {
            throw AttarError(
                .unusableTeacher, "a file of answers cannot answer the changed pictures that augment asks about",
                remedy: "Leave augment out, or give a teacher that can be asked")
        }
        var answers: [Matrix] = []
        for view in 0..<count {
            try report(
                Progress(phase: "asking the teacher about views", completed: view, total: count, unit: "views"),
                to: progress)
            answers.append(try await teacher.outputs(for: rows.showing(view, of: pictures)))
        }
        self.init(pictures: pictures, answers: Matrix(joining: answers), answersHolding: [])
    }

    /// What a student sees of the rows at some positions: with answers the views that they belong to, without them new ones.
    func transferViews(
        at positions: [Int], holdingOut fold: Int?, isLabelsOnly: Bool, for task: Task
    ) -> TransferViews {
        if isLabelsOnly { return TransferViews(pictures.with(count: nil).selecting(positions)) }
        let known = fold.flatMap { answersHolding.indices.contains($0) ? answersHolding[$0] : nil } ?? answers
        return TransferViews(pictures, softTargets: TeacherAnswers.softTargets(known, for: task)).selecting(positions)
    }
}

extension Matrix {
    /// The rows of all matrices, one after the other.
    init(joining matrices: [Matrix]) {
        self.init(
            rows: matrices.reduce(0) { $0 + $1.rows }, columns: matrices.first?.columns ?? 0,
            elements: matrices.flatMap(\.elements))
    }
}

extension Optional {
    /// The result of an asynchronous body for the value, or nil.
    func asyncMap<Result>(_ body: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await body(self)
    }
}
