extension Model {
    /// Encodes rows and answers them under the names of the task, on a thread of its own.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) naming the column that is missing or of another type.
    public func answers(to rows: Dataset) async throws -> LabelledAnswers {
        try await onOwnThread { _ in try answers(to: rows) }
    }
}

extension Teacher {
    /// Asks about rows and gives the answers under the names of the task.
    ///
    /// - Throws: as `predict(_:)`.
    public func answers(to rows: Dataset) async throws -> LabelledAnswers {
        LabelledAnswers(try await predict(rows), task: task, rule: model?.answerRule)
    }
}
