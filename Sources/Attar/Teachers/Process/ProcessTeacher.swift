/// A teacher in a program.
public struct ProcessTeacher: Teacher {
    public let task: Task
    public let fingerprint: Fingerprint

    /// Opens the teacher.
    public init(command line: String, settings: TeacherSettings, for rows: Dataset) throws {
        throw AttarError(.unusableTeacher, "'\(line)' cannot be asked yet")
    }

    public func predict(_ rows: Dataset) async throws -> Outputs {
        throw AttarError(.unusableTeacher, "the teacher cannot be asked yet")
    }
}
