internal import Compute

/// A teacher whose classes are brought into the order of a target's, so that it can stand beside others.
package struct AlignedTeacher: Teacher {
    package let task: LearningTask
    private let answers: TeacherAnswers

    /// The teacher with the target's classes.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) naming the teacher where it answers another task or other classes.
    package init(_ teacher: any Teacher, for task: LearningTask, named name: String) throws {
        do {
            answers = try TeacherAnswers(teacher, for: task)
        } catch let error as AttarError {
            throw AttarError(error.code, "'\(name)': \(error.problem)", remedy: error.remedy)
        }
        self.task = task
    }

    package var wrapped: [any Teacher] { [answers.teacher] }
    package var fingerprint: Fingerprint { answers.teacher.fingerprint }

    package func predict(_ rows: Dataset) async throws -> Answers {
        try await answers.answers(to: rows)
    }
}
