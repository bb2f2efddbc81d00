/// A row that a teacher has no usable answer to, though it answers others: one that it refuses, that a filter stops, or of which it says nothing to the point.
public struct RowFailure: Error, Sendable {
    /// The row's position among those that were asked.
    public let position: Int
    /// What went wrong, as it ends an asking that leaves no row out: it names teacher, row and remedy.
    public let error: AttarError
    /// The same in a few words, for the list of such rows.
    public let reason: String

    /// A row without a usable answer.
    public init(_ position: Int, _ error: AttarError, reason: String) {
        (self.position, self.error, self.reason) = (position, error, reason)
    }

    /// What is said of such rows, after "the": "teacher 'm.onnx' has no usable answer to 3 rows".
    ///
    /// - Parameters:
    ///   - rows: which, or how many.
    ///   - name: what messages call the teacher; nil where there is only one.
    package static func unanswerable(_ rows: String, by name: String? = nil) -> String {
        "teacher\(name.map { " '\($0)'" } ?? "") has no usable answer to \(rows)"
    }

    /// What is added to the remedies of such rows.
    static let goingOn = "go on without such rows with --max-failures, such as --max-failures 1%"
}

/// Marks an error of a server whose cause may lie in the row that it was asked about: another row may be answered.
struct RowTrouble: Error {
    /// What went wrong in a few words.
    let reason: String
}
