internal import Compute

/// A teacher whose classes are brought into the order of a target's, so that it can stand beside others.
struct AlignedTeacher: Teacher {
    let task: LearningTask
    private let answers: TeacherAnswers

    /// The teacher with the target's classes.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) naming the teacher where it answers another task or other classes.
    init(_ teacher: any Teacher, for task: LearningTask, named name: String) throws {
        do {
            answers = try TeacherAnswers(teacher, for: task)
        } catch let error as AttarError {
            throw AttarError(error.code, "'\(name)': \(error.problem)", remedy: error.remedy)
        }
        self.task = task
    }

    /// The teacher behind it.
    var teacher: any Teacher { answers.teacher }
    var fingerprint: Fingerprint { answers.teacher.fingerprint }
    func seen(in rows: Dataset) -> SeenRows? { teacher.seen(in: rows) }
    var answersKnownRowsOnly: Bool { answers.teacher.answersKnownRowsOnly }
    var isMetered: Bool { answers.teacher.isMetered }
    var answerNotes: [String] { answers.teacher.answerNotes }

    func predict(_ rows: Dataset) async throws -> Answers {
        try await answers.answers(to: rows)
    }
}
