public import Compute

/// A classifier whose probabilities are sharpened or softened by one temperature, so that they mean what they say; its answers stay the same.
///
/// In its artifact it is the model below, with the temperature beside it.
public struct CalibratedModel<Base: Model>: Model {
    public static var familyName: String { Base.familyName }

    /// The model below.
    public let base: Base
    /// How its probabilities are changed.
    public let scaling: TemperatureScaling

    /// A classifier with a temperature.
    ///
    /// - Precondition: the model answers with classes.
    public init(_ base: Base, scaling: TemperatureScaling) {
        precondition(base.task.form == .probabilities, "only probabilities can be calibrated")
        (self.base, self.scaling) = (base, scaling)
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        self.init(try Base(description, task: task, encoder: encoder), scaling: .identity)
    }

    public var task: LearningTask { base.task }
    public var encoder: FeatureEncoder { base.encoder }
    public var notes: [String] { base.notes }
    /// That of the model below: the temperature is no part of it.
    public var description: ModelDescription { base.description }
    public var uncalibrated: any Model { base }
    public var calibration: TemperatureScaling? { scaling }

    public func outputs(for features: Matrix) -> Answers {
        let outputs = base.outputs(for: features)
        return Answers(outputs.kind, scaling.calibrated(outputs.matrix))
    }

    public func logits(for features: Matrix) -> Matrix? {
        base.logits(for: features).map(scaling.scaled)
    }

    public func session() -> any PredictionSession {
        CalibratedSession(base.session(), scaling, width: task.width)
    }
}

/// Answers one row and scales it in the caller's buffer.
private final class CalibratedSession: PredictionSession {
    private let base: any PredictionSession
    private let scaling: TemperatureScaling
    private let width: Int

    init(_ base: any PredictionSession, _ scaling: TemperatureScaling, width: Int) {
        (self.base, self.scaling, self.width) = (base, scaling, width)
    }

    func predict(_ features: Span<Float>, into outputs: inout MutableSpan<Float>) {
        base.predict(features, into: &outputs)
        scaling.calibrate(&outputs, at: 0, width: width)
    }
}

extension Model {
    /// The model below a calibration; the model itself where there is none.
    public var uncalibrated: any Model { self }

    /// The temperature that the model's probabilities are scaled by; nil for none.
    public var calibration: TemperatureScaling? { nil }

    /// The same model with its probabilities scaled; itself where the temperature is 1.
    package func calibrated(by scaling: TemperatureScaling) -> any Model {
        scaling == .identity ? self : CalibratedModel(self, scaling: scaling)
    }
}
