/// The first line that a program is told: the protocol's version, the task and the columns.
enum ProgramGreeting {
    /// The protocol's version.
    static let version = 1

    static func text(for rows: Dataset, _ settings: TeacherSettings) -> [UInt8] {
        var line = Array("{\"attar\":\(version)".utf8)
        func add(_ key: String, _ value: [UInt8]) { line += Array(",\"\(key)\":".utf8) + value }
        if let target = rows.target {
            add("task", JSONRows.text(target.task.kind.rawValue))
            add("target", JSONRows.text(target.name))
            add(target.task.form == .probabilities ? "classes" : "outputs", list(target.task.names))
        }
        if rows.target == nil, let task = settings.task { add("task", JSONRows.text(task.rawValue)) }
        if let classes = settings.classes, rows.target?.task.form != .probabilities { add("classes", list(classes)) }
        line += Array(",\"columns\":[".utf8)
        for (index, column) in rows.columns.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            line += Array("{\"name\":".utf8) + JSONRows.text(column.name)
            // Dates go as the texts that they are.
            let kind = column.kind == .date ? Column.Kind.text : column.kind
            line += Array(",\"type\":\"\(kind.rawValue)\"".utf8)
            switch column.storage {
            case .tensor(_, let shape), .bytes(_, let shape): line += Array(",\"shape\":\(shape)".utf8)
            default: break
            }
            line.append(UInt8(ascii: "}"))
        }
        return line + Array("]}\n".utf8)
    }

    private static func list(_ names: [String]) -> [UInt8] {
        Array("[".utf8) + names.map { JSONRows.text($0) }.joined(separator: [UInt8(ascii: ",")]) + Array("]".utf8)
    }
}
