extension TeacherOption {
    /// What only a model in an ONNX file can be told.
    static let onnx: [TeacherOption] = [.pooling, .tokenizer, .maxTokens]

    /// See `TeacherSettings.pooling`.
    public static let pooling = TeacherOption(
        "pooling", .word(["mean", "cls"]), valueName: "way",
        help: "How a hidden state a token becomes one a row.")
    /// See `TeacherSettings.tokenizer`.
    public static let tokenizer = TeacherOption(
        "tokenizer", .text, valueName: "file",
        help: "The tokenizer.json that turns a text column into the teacher's tokens.")
    /// See `TeacherSettings.maxTokens`.
    public static let maxTokens = TeacherOption(
        "maxTokens", .count(1...1 << 20), valueName: "count",
        help: "The most tokens of a text that the teacher reads.")
}

extension TeacherSettings {
    /// How a hidden state a token becomes one a row: `mean` or `cls`.
    public var pooling: String? {
        get { self[text: .pooling] }
        set { self[text: .pooling] = newValue }
    }
    /// A Hugging Face `tokenizer.json` that turns a text column into the teacher's token ids.
    public var tokenizer: String? {
        get { self[text: .tokenizer] }
        set { self[text: .tokenizer] = newValue }
    }
    /// The most tokens of a text that the teacher is given, from 1.
    public var maxTokens: Int? {
        get { self[count: .maxTokens] }
        set { self[count: .maxTokens] = newValue }
    }
}
