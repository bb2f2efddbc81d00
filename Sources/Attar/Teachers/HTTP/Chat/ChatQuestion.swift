/// What a language model is asked about a row: a text with `{column}` for the row's values, `{{` and `}}` for braces.
struct ChatQuestion: Sendable {
    private enum Part: Sendable {
        case text(String)
        case column(Int)
    }

    /// As it was given or made; with the classes all that answers depend on.
    let template: String
    private let parts: [Part]
    private let columnNames: [String]

    /// What stands for a missing value.
    private static let missing = "unknown"

    /// Reads a template, or makes one of the columns.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a column that is not there or holds arrays, a brace that is not closed, and a question that
    ///   would be the same for each row.
    init(_ template: String?, for rows: Dataset) throws {
        columnNames = rows.columns.map(\.name)
        let usable = rows.columns.indices.filter { rows.columns[$0].kind != .tensor }
        if let template {
            self.template = template
            parts = try Self.parts(of: template, in: rows)
        } else {
            let names = usable.map { column in
                rows.columns[column].name.map { $0 == "{" ? "{{" : $0 == "}" ? "}}" : String($0) }.joined()
            }
            self.template =
                "Which class does this belong to?\n\n"
                + names.map { "\($0): {\($0)}" }.joined(separator: "\n")
            parts =
                [.text("Which class does this belong to?\n")]
                + usable.flatMap { [Part.text("\n\(rows.columns[$0].name): "), .column($0)] }
        }
        guard parts.contains(where: { if case .column = $0 { true } else { false } }) else {
            throw AttarError(
                .invalidSetting,
                "The question '\(self.template)' names no column, so that each row would be asked the same",
                remedy: "Put the values in, such as --question 'Is this review positive? {text}'")
        }
    }

    private static func parts(of template: String, in rows: Dataset) throws -> [Part] {
        var parts: [Part] = []
        var text = ""
        var rest = Substring(template)
        while let character = rest.popFirst() {
            if (character == "{" || character == "}") && rest.first == character {
                text.append(character)
                rest.removeFirst()
            } else if character == "{" {
                guard let end = rest.firstIndex(of: "}") else {
                    throw AttarError(
                        .invalidSetting, "A brace in the question '\(template)' is not closed",
                        remedy: "Close it, or write {{ for a brace")
                }
                let name = String(rest[..<end])
                guard let column = rows.columns.firstIndex(where: { $0.name == name }) else {
                    throw AttarError(
                        .invalidSetting,
                        "The question names the column '\(name)', which '\(rows.source)' does not have",
                        remedy: didYouMean(name, among: rows.columns.map(\.name)))
                }
                guard rows.columns[column].kind != .tensor else {
                    throw AttarError(
                        .invalidSetting, "The question names the column '\(name)', which holds arrays",
                        remedy: "Name columns of numbers, categories or texts")
                }
                parts += [.text(text), .column(column)]
                text = ""
                rest = rest[rest.index(after: end)...]
            } else {
                text.append(character)
            }
        }
        return parts + [.text(text)]
    }

    /// The question about a row.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) for rows with other columns.
    func text(_ rows: Dataset, _ row: Int) throws -> String {
        guard rows.columns.map(\.name) == columnNames else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has other columns than the question was made for",
                remedy: "Give rows with these columns: \(listed(columnNames))")
        }
        return parts.map { part in
            switch part {
            case .text(let text): return text
            case .column(let column):
                switch rows.columns[column].storage {
                case .numeric: return rows.columns[column].label(ofRow: row) ?? Self.missing
                case .categorical(let codes, let names):
                    return codes[row] < 0 ? Self.missing : names[Int(codes[row])]
                case .text(let texts): return texts[row].isEmpty ? Self.missing : texts[row]
                case .tensor, .bytes: return ""
                }
            }
        }.joined()
    }
}
