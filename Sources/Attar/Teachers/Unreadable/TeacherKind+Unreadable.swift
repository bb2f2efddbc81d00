extension TeacherKind {
    /// A model file that only the library that wrote it can read.
    public static let unreadable = TeacherKind(
        name: "unreadable", form: "",
        endings: [".pkl", ".pickle", ".joblib", ".pt", ".pth", ".h5", ".keras", ".deprecated"],
        traits: .refused, read: { path, _ in throw refusal(of: path) },
        opened: { path, _, _, _ in throw refusal(of: path) })

    private static func refusal(of path: String) -> AttarError {
        AttarError(
            .invalidSetting, "'\(path)' is a model file that only the library that wrote it can read",
            remedy: "Convert it to ONNX, or ask it through a program with --teacher 'command:python3 teacher.py'")
    }
}
