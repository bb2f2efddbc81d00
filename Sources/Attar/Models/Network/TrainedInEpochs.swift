internal import Compute

/// A model that was trained epoch by epoch, and still knows how the loss went.
protocol TrainedInEpochs {
    /// The losses, epoch by epoch; empty for a model that was loaded.
    var history: [EpochRecord] { get }
}

extension NetworkModel: TrainedInEpochs {}

extension TrainingCurve {
    /// The most points of a curve that are kept.
    private static let mostPoints = 200

    /// The curve of a model; nil where it was not trained in epochs.
    init?(_ name: String, of model: any Model, seed: UInt64) {
        guard let history = (model.uncalibrated as? any TrainedInEpochs)?.history, history.count > 1 else { return nil }
        let step = max(1, (history.count + Self.mostPoints - 1) / Self.mostPoints)
        let kept = history.enumerated().filter { $0.offset % step == 0 || $0.offset == history.count - 1 }.map(
            \.element)
        self.init(
            model: name, seed: seed, loss: kept.map { Double($0.trainingLoss) }.filter(\.isFinite),
            validationLoss: kept.compactMap { $0.validationLoss.map { Double($0) } }.filter(\.isFinite))
    }
}
