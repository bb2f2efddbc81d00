/// What a model answers: its kind of task and the names of its outputs.
public struct LearningTask: Hashable, Sendable {
    /// The kinds of task, by name. Open: a task that is registered brings its own.
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
        /// A cluster a row: which rows belong together.
        public static let clustering = Kind(rawValue: "clustering")
        /// How strange a row is; a higher number is stranger.
        public static let anomaly = Kind(rawValue: "anomaly")

        public var description: String { rawValue }

        /// The form of answers that a kind has where a model does not say otherwise.
        fileprivate var usualForm: AnswerForm {
            [.classification, .clustering].contains(self) ? .probabilities : .values
        }
    }

    /// The kind of task.
    public let kind: Kind
    /// The classes, or the names of the outputs, in the order of the outputs' columns.
    public let names: [String]
    /// What the numbers of a row are.
    public let form: AnswerForm

    /// A task of the given kind.
    ///
    /// - Parameter form: what the numbers of a row are; nil for probabilities of classes and clusters, values of all others.
    public init(kind: Kind, names: [String], form: AnswerForm? = nil) {
        (self.kind, self.names, self.form) = (kind, names, form ?? kind.usualForm)
    }

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

    /// One of the given clusters a row, in the order of the probabilities' columns.
    public static func clustering(_ clusters: [String]) -> LearningTask {
        LearningTask(kind: .clustering, names: clusters)
    }

    /// One of so many clusters a row, called by their numbers from 0.
    public static func clustering(_ clusters: Int) -> LearningTask { .clustering((0..<clusters).map(String.init)) }

    /// One number a row: how strange it is.
    public static let anomaly = LearningTask(kind: .anomaly, names: ["score"])

    /// The number of columns of the outputs: classes or values.
    public var width: Int { names.count }
}

// The form is written only where the kind does not say it, so that files and fingerprints stay what they were.
extension LearningTask: Codable {
    private enum CodingKeys: String, CodingKey { case kind, names, form }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            kind: try container.decode(Kind.self, forKey: .kind),
            names: try container.decode([String].self, forKey: .names),
            form: try container.decodeIfPresent(AnswerForm.self, forKey: .form))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(names, forKey: .names)
        if form != kind.usualForm { try container.encode(form, forKey: .form) }
    }
}
