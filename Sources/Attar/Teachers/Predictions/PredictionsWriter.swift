internal import Compute

/// Writes answers as CSV: `row`, then the columns of the task's table; for classes `prediction` and `probability:<class>`, for several values
/// `prediction:<output>`. Numbers are written with as few digits as give the same 32-bit float back. Columns of the caller's own may follow.
///
/// `PredictionsFile` reads what this writes.
public struct PredictionsWriter {
    private let table: any AnswerTable
    private let rule: AnswerRule?
    private let sink: ([UInt8]) throws -> Void
    /// The outputs' names, quoted where CSV asks for it.
    private let quotedNames: [[UInt8]]
    private var block: [UInt8] = []

    /// How many bytes are collected before they are handed on.
    private static let blockSize = 1 << 18

    /// Starts with the header.
    ///
    /// - Parameters:
    ///   - task: what is answered.
    ///   - table: how the task's answers stand in a table.
    ///   - rule: which class is answered; nil for the likeliest.
    ///   - further: names of columns behind the answers.
    ///   - sink: receives the file's bytes in blocks.
    public init(
        _ task: LearningTask, table: any AnswerTable, by rule: AnswerRule? = nil, further: [String] = [],
        to sink: @escaping ([UInt8]) throws -> Void
    ) {
        (self.table, self.rule, self.sink) = (table, rule, sink)
        quotedNames = task.names.map { Array(Self.quoted($0).utf8) }
        let header = [AnswerColumns.rowColumn] + (table.headers(of: task) + further).map(Self.quoted)
        block = Array(header.joined(separator: ",").utf8)
        block.append(Self.newline)
    }

    /// Appends answers, one a row identifier. Logits are written as probabilities.
    ///
    /// - Parameter further: for each row the fields of the columns behind the answers; none where there are no such columns.
    public mutating func append(_ outputs: Answers, rows: [Int], further: [[String]] = []) throws {
        if outputs.kind == .logits {
            return try append(Answers(.probabilities, outputs.matrix.softmax()), rows: rows, further: further)
        }
        let columns = outputs.matrix.columns
        let leading = table.leading(outputs.matrix, by: rule)
        for (index, identifier) in rows.enumerated() {
            block.append(contentsOf: "\(identifier)".utf8)
            if let leading {
                block.append(Self.comma)
                block.append(contentsOf: quotedNames[Int(leading[index])])
            }
            for column in 0..<columns {
                block.append(Self.comma)
                block.append(contentsOf: "\(outputs.matrix.elements[index * columns + column])".utf8)
            }
            for field in further.isEmpty ? [] : further[index] {
                block.append(Self.comma)
                block.append(contentsOf: Self.quoted(field).utf8)
            }
            block.append(Self.newline)
            if block.count >= Self.blockSize { try flush() }
        }
    }

    /// Hands on what is still collected.
    public mutating func finish() throws {
        try flush()
    }

    private mutating func flush() throws {
        try sink(block)
        block.removeAll(keepingCapacity: true)
    }

    /// A field as RFC 4180 writes it.
    static func quoted(_ field: String) -> String {
        let needsQuotes = field.unicodeScalars.contains { ["\"", ",", "\r", "\n"].contains($0) }
        return needsQuotes
            ? "\"\(field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\"" : field
    }

    private static let comma = UInt8(ascii: ",")
    private static let newline = UInt8(ascii: "\n")
}
