extension TeacherOption {
    /// What every teacher outside of Attar can be told.
    public static let shared: [TeacherOption] = [
        .output, .outputKind, .classes, .batch, .workers, .timeout, .maxFailures, .retryFailures, .store, .topK,
        .precision,
        .calibrate, .lowerIsStranger,
    ]

    /// See `TeacherSettings.output`.
    public static let output = TeacherOption(
        "output", .text, flag: "teacher-output", valueName: "name",
        help: "The teacher's output to read, where it has several.")
    /// See `TeacherSettings.outputKind`.
    public static let outputKind = TeacherOption(
        "outputKind", .word(["logits", "probabilities", "values"]), valueName: "kind",
        help: "What the output's numbers are.")
    /// See `TeacherSettings.classes`.
    public static let classes = TeacherOption(
        "classes", .names, valueName: "names",
        help: "The classes in the order of the teacher's outputs, such as no,yes.")
    /// See `TeacherSettings.batch`.
    public static let batch = TeacherOption(
        "batch", .count(1...1 << 20), valueName: "count", help: "Rows in one question.")
    /// See `TeacherSettings.workers`.
    public static let workers = TeacherOption(
        "workers", .count(1...1024), valueName: "count", help: "Processes, or requests at the same time.")
    /// See `TeacherSettings.timeout`.
    public static let timeout = TeacherOption(
        "timeout", .time, valueName: "time", help: "The longest that one question may take, such as 60s.")
    /// See `TeacherSettings.maxFailures`.
    public static let maxFailures = TeacherOption(
        "maxFailures", .allowance, valueName: "rows",
        help:
            "Go on where the teacher has no usable answer to a row, up to a share of the rows or so many; none by default."
    )
    /// See `TeacherSettings.retryFailures`.
    public static let retryFailures = TeacherOption(
        "retryFailures", .flag, valueName: "", help: "Ask rows again that had no usable answer before.")
    /// See `TeacherSettings.store`.
    public static let store = TeacherOption(
        "store", .text, valueName: "folder",
        help: "The folder in which the teacher's answers are kept, so that no row is asked twice.")
    /// See `TeacherSettings.topK`.
    public static let topK = TeacherOption(
        "topK", .count(1...Int.max), valueName: "count",
        help: "Keep only this many of the likeliest classes of an answer.")
    /// See `TeacherSettings.precision`.
    public static let precision = TeacherOption(
        "precision", .word(["float32", "float16"]), valueName: "type",
        help: "The precision of kept answers.")
    /// See `TeacherSettings.calibrate`.
    public static let calibrate = TeacherOption(
        "calibrate", .word(["auto", "always", "never"]), valueName: "when",
        help: "Whether a teacher's probabilities are calibrated before they teach.")
    /// See `TeacherSettings.lowerIsStranger`.
    public static let lowerIsStranger = TeacherOption(
        "lowerIsStranger", .flag, valueName: "",
        help: "Of anomalies, a lower score is a stranger row, as with scikit-learn's score_samples.")
}

extension TeacherSettings {
    /// The output to read, where the teacher has several.
    public var output: String? {
        get { self[text: .output] }
        set { self[text: .output] = newValue }
    }
    /// What the output's numbers are: logits, probabilities or values.
    public var outputKind: Answers.Kind? {
        get { self[text: .outputKind].map(Answers.Kind.init(rawValue:)) }
        set { self[text: .outputKind] = newValue?.rawValue }
    }
    /// The names of the classes, in the order of the output's columns.
    public var classes: [String]? {
        get { self[names: .classes] }
        set { self[names: .classes] = newValue }
    }
    /// Rows in one question, from 1.
    public var batch: Int? {
        get { self[count: .batch] }
        set { self[count: .batch] = newValue }
    }
    /// Questions that are asked at the same time, from 1: processes, or requests.
    public var workers: Int? {
        get { self[count: .workers] }
        set { self[count: .workers] = newValue }
    }
    /// The longest that one question may take.
    public var timeout: Quantity<TimeUnit>? {
        get { self[text: .timeout].flatMap { try? Quantity($0) } }
        set { self[text: .timeout] = newValue?.description }
    }
    /// How many rows may be left without a usable answer; the asking goes on without them, and they are listed. Nil for none.
    public var maxFailures: Allowance? {
        get { self[text: .maxFailures].flatMap { try? Allowance($0) } }
        set { self[text: .maxFailures] = newValue?.text }
    }
    /// Whether rows that are listed as without a usable answer are asked again.
    public var retryFailures: Bool {
        get { self[.retryFailures] == .bool(true) }
        set { self[.retryFailures] = newValue ? .bool(true) : nil }
    }
    /// The folder in which its answers are kept, so that no row is asked twice; nil keeps those of a server in `attar-answers`, and no others.
    public var store: String? {
        get { self[text: .store] }
        set { self[text: .store] = newValue }
    }
    /// How many of the likeliest classes are kept, from 1; nil for all.
    public var topK: Int? {
        get { self[count: .topK] }
        set { self[count: .topK] = newValue }
    }
    /// With how many bits answers are kept: `float32` or `float16`.
    public var precision: String? {
        get { self[text: .precision] }
        set { self[text: .precision] = newValue }
    }
    /// Whether the teacher's probabilities are calibrated before they teach: `auto` where they are too sure, `always`, or `never`.
    public var calibrate: String? {
        get { self[text: .calibrate] }
        set { self[text: .calibrate] = newValue }
    }

    /// Whether a lower score is a stranger row: the teacher's numbers are turned around.
    public var lowerIsStranger: Bool {
        get { self[.lowerIsStranger] == .bool(true) }
        set { self[.lowerIsStranger] = newValue ? .bool(true) : nil }
    }

    /// In what form answers are kept.
    var form: StoredForm { StoredForm(topK: topK, halves: precision == "float16") }
}
