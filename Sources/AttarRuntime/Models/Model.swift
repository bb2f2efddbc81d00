public import Compute

/// A fitted, immutable model: it can be asked synchronously, described, saved and loaded.
public protocol Model: Sendable {
    /// The name of the family that it belongs to, as artifacts and the command line have it.
    static var familyName: String { get }

    /// What it answers.
    var task: LearningTask { get }

    /// What turns the columns of a data set into features; fitted on training rows only.
    var encoder: FeatureEncoder { get }

    /// Answers encoded rows: features (rows, encoder.width) in, outputs (rows, task.width) out.
    ///
    /// Classifiers give probabilities, regressors values. No rows in, no rows out.
    func outputs(for features: Matrix) -> Answers

    /// Of classifiers the scores whose softmax are the probabilities, (rows, task.width): their size says how usual a row is. Nil where a family has none.
    func logits(for features: Matrix) -> Matrix?

    /// The model below a calibration; the model itself where there is none.
    var uncalibrated: any Model { get }

    /// The temperature that the model's probabilities are scaled by; nil for none.
    var calibration: TemperatureScaling? { get }

    /// Which class is answered; nil for the likeliest.
    var answerRule: AnswerRule? { get }

    /// A reusable place to ask one row at a time without allocating, for one thread at a time.
    func session() -> any PredictionSession

    /// What a certificate says of the model besides its figures, in sentences.
    var notes: [String] { get }

    /// All that is needed to make the same model again, to the bit.
    var description: ModelDescription { get }

    /// What it computes, whatever its family, for those who write it in other formats.
    var form: ModelForm { get }

    /// The model that a description describes.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where a tensor is missing, has another shape, or indexes out of range.
    init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws
}

extension Model {
    /// Most models have nothing to add.
    public var notes: [String] { [] }

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
