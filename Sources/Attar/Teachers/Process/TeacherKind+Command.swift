extension TeacherKind {
    /// A program that answers rows on its standard input.
    public static let command = TeacherKind(
        name: "command", form: "command:PROGRAM", prefixes: ["command:"], options: [.keyVariable],
        read: { text, _ in
            let line = text[...].trimmingBlanks()
            guard !line.isEmpty else {
                throw AttarError(
                    .invalidSetting, "'command:\(text)' names nothing to ask",
                    remedy: "Write it as command:\"python3 teacher.py\"")
            }
            return line
        },
        opened: { line, settings, rows, _ in try ProcessTeacher(command: line, settings: settings, for: rows) })
}
