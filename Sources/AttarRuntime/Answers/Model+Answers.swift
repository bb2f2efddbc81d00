internal import Compute

/// Rows that are answered together: enough to keep matrix products busy, few enough to stay small in memory.
private let blockRows = 16_384

extension Model {
    /// Encodes rows and answers them under the names of the task.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) naming the column that is missing or of another type.
    public func answers(to rows: Dataset) throws -> LabelledAnswers {
        var elements: [Float] = []
        elements.reserveCapacity(rows.count * task.width)
        var kind: Answers.Kind = task.form == .probabilities ? .probabilities : .values
        for start in stride(from: 0, to: rows.count, by: blockRows) {
            let end = min(rows.count, start + blockRows)
            let block = rows.count <= blockRows ? rows : rows.selecting(Array(start..<end))
            let outputs = outputs(for: try encoder.encoded(block))
            kind = outputs.kind
            elements += outputs.matrix.elements
        }
        return LabelledAnswers(
            Answers(kind, Matrix(rows: rows.count, columns: task.width, elements: elements)), task: task,
            rule: answerRule)
    }

    /// Answers one row, given by its columns' names.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) naming the column that is missing, unknown, or of another type.
    public func answer(to row: [String: RowValue]) throws -> LabelledAnswer {
        try answers(to: encoder.dataset(of: row))[0]
    }
}

extension Artifact {
    /// Answers one row, given by its columns' names: `try artifact.predict(["age": 41, "plan": "gold", "since": nil])`.
    ///
    /// Numbers, texts and `true` or `false` become what they would be in a data file, and nil is a missing value. The model's own target and
    /// weights may be there. For many rows `model.answers(to:)` is faster.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) naming the column that is missing, unknown, or of another type.
    public func predict(_ row: [String: RowValue]) throws -> LabelledAnswer {
        let features = Set(model.encoder.columns.map(\.name))
        return try model.answer(
            to: row.filter { features.contains($0.key) || !columnsBesideFeatures.contains($0.key) })
    }
}
