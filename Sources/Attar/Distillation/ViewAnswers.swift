package import Compute

/// Augmented views of the training pictures, and the teacher's answers to them, asked once and used by every student of a run.
package struct ViewAnswers: Sendable {
    /// How the views are made. Where they have no number, the teacher is asked about each batch.
    let pictures: PictureViews
    /// How rows of a batch are mixed with each other; nil for not at all.
    let mixing: Mixing?
    /// The answers, one view of all rows after the other; probabilities or values, (views · rows, task.width). Empty without number.
    package let answers: Matrix
    /// For each fold the answers that may be learned from when it is held out, as `OutOfFold.answersHolding`; empty where the teacher has
    /// learned from no fold in particular.
    package let answersHolding: [Matrix]

    init(pictures: PictureViews, mixing: Mixing?, answers: Matrix, answersHolding: [Matrix]) {
        (self.pictures, self.mixing, self.answers, self.answersHolding) = (pictures, mixing, answers, answersHolding)
    }

    /// Views without number, another each epoch, about which the teacher is asked batch by batch.
    init(_ pictures: PictureViews, mixing: Mixing?) {
        self.init(pictures: pictures, mixing: mixing, answers: Matrix(rows: 0, columns: 0), answersHolding: [])
    }

    /// Asks a teacher about each view of the rows.
    ///
    /// - Parameter pictures: views of `rows`, of known number.
    /// - Throws: as asking does; `AttarError` (`unusableTeacher`) for a teacher that knows no other pictures than its own.
    init(
        _ pictures: PictureViews, mixing: Mixing?, of rows: Dataset, by teacher: TeacherAnswers,
        progress: @escaping ProgressHandler
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
                RunProgress(phase: "asking the teacher about views", completed: view, total: count, unit: "views"),
                to: progress)
            let own = try await teacher.answers(to: rows.showing(view, of: pictures))
            if let lost = own.known?.firstIndex(of: false) {
                throw AttarError(
                    .unusableTeacher,
                    "the \(RowFailure.unanswerable("a changed picture of \(rows.place(lost))")), and networks learn from every one",
                    remedy: "Leave augment or that picture out")
            }
            answers.append(own.matrix)
        }
        self.init(pictures: pictures, mixing: mixing, answers: Matrix(joining: answers), answersHolding: [])
    }

    /// What a student sees of the rows at some positions: with answers the views that they belong to, without them new ones.
    ///
    /// - Parameter teacher: who answers; nil for students that learn from labels alone.
    /// - Throws: `AttarError` (`unusableTeacher`) for a teacher that cannot be asked about batches but has to be.
    func transferViews(
        at positions: [Int], holdingOut fold: Int?, teacher: TeacherAnswers?, encoder: FeatureEncoder
    ) throws -> TransferViews {
        guard let teacher, pictures.count != nil else {
            var views = TransferViews(pictures.with(count: nil).selecting(positions), mixing: mixing)
            if let teacher {
                views.teacher = try ModelBatchTeacher(teacher, reading: encoder)
                views.teacherFingerprint = teacher.teacher.fingerprint
            }
            return views
        }
        let known = fold.flatMap { answersHolding.indices.contains($0) ? answersHolding[$0] : nil } ?? answers
        let softTargets = TeacherAnswers.softTargets(known, for: teacher.task)
        return TransferViews(pictures, softTargets: softTargets, mixing: mixing).selecting(positions)
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
