package import Compute

/// Asks a teacher and brings its answers into the form that transfer sets hold, checked.
package struct TeacherAnswers {
    /// The teacher that is asked.
    let teacher: any Teacher
    /// The task whose classes the answers are brought into the order of.
    let task: LearningTask
    /// For each of the task's classes or outputs, the teacher's column.
    private let order: [Int]

    /// Lowest probability before taking the logarithm: a forest's 0 says "never seen", not "impossible".
    private static let lowest: Float = 1e-6

    /// Matches a teacher's outputs to a task.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where it answers another kind of task or other classes.
    package init(_ teacher: any Teacher, for task: LearningTask) throws {
        guard teacher.task.kind == task.kind else {
            throw AttarError(
                .unusableTeacher, "the teacher answers a \(teacher.task.kind), but the target asks for a \(task.kind)",
                remedy: "Give another teacher, or --task \(teacher.task.kind)")
        }
        if task.isClassification {
            let positions = Dictionary(
                teacher.task.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            order = try task.names.map { name in
                guard let position = positions[name] else {
                    throw AttarError(
                        .unusableTeacher,
                        "the teacher does not know the class '\(name)'; it knows \(teacher.task.names.prefix(8).joined(separator: ", "))",
                        remedy:
                            "Use a teacher that was trained on the same classes, or name its classes with --classes, in the order of its outputs"
                    )
                }
                return position
            }
            guard teacher.task.width == task.width else {
                let extra = teacher.task.names.first { !task.names.contains($0) } ?? ""
                throw AttarError(
                    .unusableTeacher, "the teacher knows the class '\(extra)', which the target does not have",
                    remedy: "Use a teacher that was trained on the same classes")
            }
        } else {
            guard teacher.task.width == task.width else {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher gives \(teacher.task.width) values a row, but the target has \(task.width)")
            }
            order = Array(0..<task.width)
        }
        self.teacher = teacher
        self.task = task
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
        task.isClassification ? outputs.centredLogits(lowest: lowest) : outputs
    }
}
