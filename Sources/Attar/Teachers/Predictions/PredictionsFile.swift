internal import Compute

/// A teacher whose answers stand in a file, one a row of a data set; it can answer those rows and no others.
public struct PredictionsFile: Teacher {
    /// What it answers; the classes in the order of the target's.
    public let task: LearningTask
    /// The file.
    public let path: String
    /// The answers in the order of the data set's rows, (rows, task.width).
    public let outputs: Answers
    public let answerNotes: [String]
    /// The data set that the answers belong to, for messages.
    private let source: String
    /// For each row's identifier its position in `outputs`.
    private let positions: [Int: Int]

    public let answersKnownRowsOnly = true

    /// Answers for the rows of a data set, already in their order.
    init(
        task: LearningTask, path: String, outputs: Answers, notes: [String], rows: Dataset
    ) {
        self.task = task
        self.path = path
        self.outputs = outputs
        answerNotes = notes
        source = rows.source
        positions = Dictionary(
            zip(rows.identifiers, rows.identifiers.indices), uniquingKeysWith: { first, _ in first })
    }

    public var fingerprint: Fingerprint {
        var hasher = FingerprintHasher()
        hasher.combine(task)
        hasher.combine(outputs.kind)
        hasher.combine(outputs.matrix.elements)
        return hasher.finished()
    }

    /// The answers to rows of the data set that they were made for.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) for rows of another source, and for rows that are made up.
    public func predict(_ rows: Dataset) async throws -> Answers {
        try outputs(for: rows)
    }

    /// Refuses rows that the file has no answers for.
    public func check(_ rows: Dataset) throws { _ = try outputs(for: rows) }

    /// The answers, as `predict(_:)` gives them.
    func outputs(for rows: Dataset) throws -> Answers {
        if rows.identifiers.contains(where: { $0 < 0 }) {
            throw AttarError(
                .unusableTeacher, "'\(path)' cannot answer rows that are made up",
                remedy: "Use a strategy without made-up rows, such as --strategy teacher")
        }
        guard rows.source == source else {
            throw AttarError(
                .unusableTeacher,
                "'\(path)' has answers for the rows of '\(source)', but rows of '\(rows.source)' are asked too",
                remedy: "Give all rows in one file, or a teacher that can answer any row")
        }
        return outputs.selecting(
            rows: try rows.identifiers.map { identifier in
                guard let position = positions[identifier] else {
                    throw AttarError(
                        .unusableTeacher,
                        "'\(path)' has no answer with row = \(identifier), which '\(source)' has",
                        remedy: "Give one answer for each row of the data")
                }
                return position
            })
    }
}
