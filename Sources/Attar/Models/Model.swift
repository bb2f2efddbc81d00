public import Compute

/// A fitted, immutable model: it can be asked synchronously, described, saved and loaded, and it is itself a teacher.
public protocol Model: Teacher {
    /// The family it belongs to, as named on the command line.
    static var family: Family { get }

    /// What turns the columns of a data set into features; fitted on training rows only.
    var encoder: FeatureEncoder { get }

    /// Answers encoded rows: features (rows, encoder.width) in, outputs (rows, task.width) out.
    ///
    /// Classifiers give probabilities, regressors values. No rows in, no rows out.
    func outputs(for features: Matrix) -> Outputs

    /// Of classifiers the scores whose softmax are the probabilities, (rows, task.width): their size says how usual a row is. Nil where a family has none.
    func logits(for features: Matrix) -> Matrix?

    /// The model below a calibration; the model itself where there is none.
    var uncalibrated: any Model { get }

    /// The temperature that the model's probabilities are scaled by; nil for none.
    var calibration: TemperatureScaling? { get }

    /// A reusable place to ask one row at a time without allocating, for one thread at a time.
    func session() -> any PredictionSession

    /// What a certificate says of the model besides its figures, in sentences.
    var notes: [String] { get }

    /// All that is needed to make the same model again, to the bit.
    var description: ModelDescription { get }

    /// The model that a description describes.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where a tensor is missing, has another shape, or indexes out of range.
    init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws
}

extension Model {
    /// Encodes the rows and answers them.
    public func predict(_ rows: Dataset) async throws -> Outputs {
        outputs(for: try encoder.encoded(rows))
    }

    /// Most models have nothing to add.
    public var notes: [String] { [] }

    /// The model itself.
    public var fittedModel: (any Model)? { self }

    /// The time in process, encoding included.
    public func microsecondsARow(on rows: Dataset) throws -> Estimate? {
        try LatencyProbe(rows: rows, encoder: encoder).microseconds(of: self)
    }

    /// A hash of the task, the encoder and the model's description.
    public var fingerprint: Fingerprint {
        Fingerprint(of: self)
    }

    /// A session for models that have no faster way: it calls `outputs(for:)` with a single row.
    public func session() -> any PredictionSession {
        SingleRowSession(model: self)
    }
}

/// Answers one encoded row at a time in buffers of its own. Not for use by two threads at once.
public protocol PredictionSession: AnyObject {
    /// Answers one row.
    ///
    /// - Parameters:
    ///   - features: the encoded row, `encoder.width` numbers.
    ///   - outputs: receives `task.width` numbers of the kind that the model's `outputs(for:)` gives.
    func predict(_ features: Span<Float>, into outputs: inout MutableSpan<Float>)
}

/// The session of models without one of their own; allocates a one-row matrix a call.
private final class SingleRowSession: PredictionSession {
    private let model: any Model

    init(model: any Model) { self.model = model }

    func predict(_ features: Span<Float>, into outputs: inout MutableSpan<Float>) {
        var row: [Float] = []
        row.reserveCapacity(features.count)
        for index in features.indices { row.append(features[index]) }
        let answer = model.outputs(for: Matrix(rows: 1, columns: row.count, elements: row)).matrix.elements
        for index in answer.indices { outputs[index] = answer[index] }
    }
}
