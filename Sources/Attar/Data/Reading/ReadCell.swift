internal import CKernels

/// What a reader of tables makes of a cell, before it looks whether numbers are written as people write them.
enum ReadCell: Hashable {
    /// Nothing: the value is missing.
    case missing
    /// A number.
    case number(Float)
    /// A text, without the blanks around it.
    case text(String)

    /// What a cell of a text becomes.
    init(_ text: String) {
        let trimmed = Substring(text).trimming { $0 == " " || $0 == "\t" }
        let bytes = Array(trimmed.utf8)
        var value: Float = 0
        var rounded = false
        self =
            switch attar_parse_number(bytes, 0, bytes.count, &value, &rounded) {
            case ATTAR_MISSING: .missing
            case ATTAR_NUMBER: .number(value)
            default: .text(trimmed)
            }
    }
}

extension String {
    /// Whether a column of categories that holds this text may hold another one after it was written to a file and read.
    var isChangedByReading: Bool {
        switch ReadCell(self) {
        case .missing: true
        case .number(let number): Column.label(of: number) != self
        case .text(let text): text != self || NumberText(text) != nil
        }
    }
}
