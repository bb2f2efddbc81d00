extension TeacherKind {
    /// Every kind of teacher that Attar knows, in the order in which help lists them.
    public static let all: [TeacherKind] = [
        .training, .artifact, .onnx, .trees, .predictions, .column, .command, .url, .unreadable,
    ]
}
