/// A teacher in an ONNX file.
public struct ONNXTeacher: Teacher {
    public let task: Task
    public let fingerprint: Fingerprint

    /// Opens the teacher.
    public init(path: String, settings: TeacherSettings, for rows: Dataset) throws {
        throw AttarError(.unusableTeacher, "'\(path)' cannot be asked yet")
    }

    public func predict(_ rows: Dataset) async throws -> Outputs {
        throw AttarError(.unusableTeacher, "the teacher cannot be asked yet")
    }
}
