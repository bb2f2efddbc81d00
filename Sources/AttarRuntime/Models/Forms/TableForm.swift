public import Compute

/// The mean of the vectors of a row's token ids, brought to length 1. The padding, 0, does not count; a row of nothing else is 0.
public struct TableForm: Sendable {
    /// (vocabulary, outputs).
    public let vectors: Matrix
}

extension StaticModel {
    public var form: ModelForm {
        .table(TableForm(vectors: Matrix(rows: vectors.count / task.width, columns: task.width, elements: vectors)))
    }
}
