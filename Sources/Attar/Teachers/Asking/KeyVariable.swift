extension TeacherOption {
    /// See `TeacherSettings.keyVariable`.
    public static let keyVariable = TeacherOption(
        "keyVariable", .text, valueName: "name",
        help: "The environment variable that holds a server's key; for a program, those that it is to see.")
}

extension TeacherSettings {
    /// The environment variable that holds the key to a server; for a program the variables that it is to see, with commas between them.
    public var keyVariable: String? {
        get { self[text: .keyVariable].map { $0[...].trimmingBlanks() } }
        set { self[text: .keyVariable] = newValue }
    }

    /// Each of the variables that are named.
    var keyVariables: [String] {
        (keyVariable ?? "").split(separator: ",").map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
    }
}
