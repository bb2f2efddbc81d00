package import Compute

/// Asks a teacher and brings its answers into the form that transfer sets hold, checked.
package struct TeacherAnswers: Sendable {
    /// The teacher that is asked.
    let teacher: any Teacher
    /// The task whose classes the answers are brought into the order of.
    let task: LearningTask
    /// What kind of task that is.
    let kind: TaskKind
    /// For each of the task's classes or outputs, the teacher's column.
    private let order: [Int]
    /// What answers are brought to; nil where they stay as they are.
    private var unit: (@Sendable (Matrix) -> Matrix)?

    /// Matches a teacher's outputs to a task.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where it answers another kind of task or other classes.
    package init(_ teacher: any Teacher, for task: LearningTask, of kind: TaskKind) throws {
        // A task without labels takes any answers of its form: what they mean is the teacher's to say.
        let isFree = !kind.posing.needsTarget && teacher.task.form == task.form
        guard teacher.task.kind == task.kind || isFree else {
            throw AttarError(
                .unusableTeacher, "the teacher answers a \(teacher.task.kind), but the target asks for a \(task.kind)",
                remedy: "Give another teacher, or --task \(teacher.task.kind)")
        }
        order = try kind.teaching.alignment(of: teacher.task, to: task)
        self.teacher = teacher
        self.task = task
        self.kind = kind
    }

    /// Matches a teacher's outputs to a task of a catalogue.
    ///
    /// - Throws: `AttarError`: `unusableTeacher` where it answers something else, `invalidSetting` where nobody has registered the task.
    package init(_ teacher: any Teacher, for task: LearningTask, catalogue: Catalogue = .standard) throws {
        try self.init(teacher, for: task, of: catalogue.task(task.kind))
    }

    /// The teacher's probabilities or values for the rows, in the task's order, (rows, task.width).
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) naming the row where an answer is not a finite number, or not known.
    package func outputs(for rows: Dataset) async throws -> Matrix {
        let answers = try await answers(to: rows)
        if let unknown = answers.known?.firstIndex(of: false) {
            throw AttarError(
                .unusableTeacher, "\(rows.place(unknown)): the teacher does not know the answer",
                remedy: "Give the rows that it knows only")
        }
        return answers.matrix
    }

    /// The teacher's answers to the rows as it tells them, of the rows that it knows, as probabilities or values in the task's order.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) naming the row where an answer that is known is not a finite number.
    package func answers(to rows: Dataset) async throws -> Answers {
        let answers = try await teacher.predict(rows)
        if case .texts = answers.body {
            throw AttarError(.unusableTeacher, "the teacher answers in texts, but a \(task.kind) needs numbers")
        }
        if answers.offsets != nil {
            throw AttarError(
                .unusableTeacher, "the teacher gives several answers to a row, but a \(task.kind) needs one")
        }
        if case .sparse(let classes, let tail, let width) = answers.body {
            try check(answers.count, width, for: rows)
            return Answers(
                .probabilities, .sparse(try ordered(classes, rows, answers.known), tail: tail, width: width),
                known: answers.known)
        }
        let given = answers.matrix
        try check(given.rows, given.columns, for: rows)
        for row in 0..<given.rows where answers.known?[row] != false && !given.row(row).allSatisfy(\.isFinite) {
            throw Self.notFinite(rows, row)
        }
        var matrix = given
        if order != Array(0..<task.width) {
            for row in 0..<matrix.rows {
                for (column, source) in order.enumerated() { matrix[row, column] = given[row, source] }
            }
        }
        let isLogits = answers.kind == .logits
        return Answers(
            isLogits ? .probabilities : answers.kind,
            .dense(isLogits ? matrix.softmax() : unit.map { $0(matrix) } ?? matrix), known: answers.known)
    }

    /// The same teacher, whose answers are brought to what its task learns from, and its answers to the training rows so.
    ///
    /// - Parameter training: those answers as it gives them.
    func settled(by training: Answers) -> (teacher: TeacherAnswers, training: Answers) {
        guard let unit = kind.teaching.unit(of: training) else { return (self, training) }
        var settled = self
        settled.unit = unit
        return (settled, Answers(training.kind, .dense(unit(training.matrix)), known: training.known))
    }

    private func check(_ count: Int, _ width: Int, for rows: Dataset) throws {
        guard count == rows.count, width == task.width else {
            throw AttarError(
                .unusableTeacher,
                "the teacher gave \(count) × \(width) answers to \(rows.count) rows of \(task.width) outputs")
        }
    }

    private static func notFinite(_ rows: Dataset, _ row: Int) -> AttarError {
        AttarError(.unusableTeacher, "\(rows.place(row)): the teacher's answer is not a finite number")
    }

    /// Lists of the teacher's classes as lists of the task's, in ascending order.
    private func ordered(_ classes: Ragged, _ rows: Dataset, _ known: [Bool]?) throws -> Ragged {
        var places = [Int32](repeating: 0, count: task.width)
        for (column, source) in order.enumerated() { places[source] = Int32(column) }
        return Ragged(
            try (0..<classes.rows).map { row in
                let entries = classes.entries(of: row)
                if known?[row] != false, !entries.allSatisfy({ classes.values[$0].isFinite }) {
                    throw Self.notFinite(rows, row)
                }
                return entries.map { (places[Int(classes.ids[$0])], classes.values[$0]) }.sorted { $0.0 < $1.0 }
            })
    }

    /// Probabilities as logits centred to mean 0 in each row; values as they are.
    package static func softTargets(_ outputs: Matrix, for task: LearningTask) -> Matrix {
        switch task.form {
        case .probabilities: outputs.centredLogits(lowest: SoftTargets.lowest)
        case .values: outputs
        }
    }

    /// The same of answers as they are told: lists of classes stay lists.
    package static func softTargets(_ answers: Answers, for task: LearningTask) -> SoftTargets {
        guard case .sparse(let classes, let tail, _) = answers.body else {
            return .dense(softTargets(answers.matrix, for: task))
        }
        return .sparse(classes, tail: tail)
    }
}
