extension TeacherKind {
    /// A model in an ONNX file.
    public static let onnx = TeacherKind(
        name: "onnx", form: "an .onnx file", endings: [".onnx"], traits: [.foreign, .model],
        options: TeacherOption.onnx
    ) { path, settings, rows, _ in try ONNXTeacher(path: path, settings: settings, for: rows) }
}
