/// What a model answers: its kind of task and the names of its outputs.
///
/// In code that also uses Swift's concurrency, that `LearningTask` is spelled `Task`.
public struct LearningTask: Hashable, Codable, Sendable {
    /// The kinds of task. More may be added.
    public struct Kind: Hashable, Codable, Sendable, RawRepresentable, CustomStringConvertible {
        public let rawValue: String

        /// A kind of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// One of several classes a row.
        public static let classification = Kind(rawValue: "classification")
        /// One or more numbers a row.
        public static let regression = Kind(rawValue: "regression")
        /// A point a row, whose direction says what the row means; no number of it has a meaning of its own.
        public static let embedding = Kind(rawValue: "embedding")

        public var description: String { rawValue }
    }

    /// The kind of task.
    public let kind: Kind
    /// The classes, or the names of the outputs, in the order of the outputs' columns.
    public let names: [String]

    /// One of the given classes a row, in the order of the probabilities' columns.
    public static func classification(_ classes: [String]) -> LearningTask {
        LearningTask(kind: .classification, names: classes)
    }

    /// One number a row for each of the named outputs.
    public static func regression(_ outputs: [String]) -> LearningTask {
        LearningTask(kind: .regression, names: outputs)
    }

    /// A point of the given number of coordinates a row.
    public static func embedding(width: Int) -> LearningTask {
        LearningTask(kind: .embedding, names: (0..<width).map { "e\($0)" })
    }

    /// The number of columns of the outputs: classes or values.
    public var width: Int { names.count }

    /// Whether each row has one of several classes.
    public var isClassification: Bool { kind == .classification }
}
