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

    /// Lowest probability before taking the logarithm: a forest's 0 says "never seen", not "impossible".
    private static let lowest: Float = 1e-6

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
    /// - Throws: `AttarError` (`unusableTeacher`) naming the row where an answer is not a finite number.
    package func outputs(for rows: Dataset) async throws -> Matrix {
        let answers = try await teacher.predict(rows)
        guard answers.matrix.rows == rows.count, answers.matrix.columns == task.width else {
            throw AttarError(
                .unusableTeacher,
                "the teacher gave \(answers.matrix.rows) × \(answers.matrix.columns) answers to \(rows.count) rows of \(task.width) outputs"
            )
        }
        if let bad = answers.matrix.elements.firstIndex(where: { !$0.isFinite }) {
            throw AttarError(
                .unusableTeacher,
                "\(rows.place(bad / task.width)): the teacher's answer is not a finite number"
            )
        }
        var matrix = answers.matrix
        if order != Array(0..<task.width) {
            for row in 0..<matrix.rows {
                for (column, source) in order.enumerated() { matrix[row, column] = answers.matrix[row, source] }
            }
        }
        return answers.kind == .logits ? matrix.softmax() : matrix
    }

    /// Probabilities as logits centred to mean 0 in each row; values as they are.
    package static func softTargets(_ outputs: Matrix, for task: LearningTask) -> Matrix {
        switch task.form {
        case .probabilities: outputs.centredLogits(lowest: lowest)
        case .values: outputs
        }
    }
}
