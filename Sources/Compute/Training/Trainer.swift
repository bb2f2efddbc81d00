/// How to train a network: a configuration value.
public struct Trainer: Sendable {
    /// The most passes over the examples, at least 1.
    public var epochs = 100
    /// The number of passes over which the schedule runs, where it is not `epochs`: a run cut short keeps the rates that
    /// it would have had.
    public var scheduledEpochs: Int?
    /// The most rows a step, at least 1. Batches of one epoch differ by at most one row.
    public var batchSize = 32
    /// How parameters follow their gradients.
    public var optimizer: any Optimizer = Adam()
    /// The learning rate, above 0, before the schedule's factor.
    public var learningRate: Float = 1e-3
    /// How the learning rate changes over the run.
    public var schedule = LearningRateSchedule()
    /// Stops after so many epochs without a lower validation loss; nil for never. The best epoch's weights are kept either way.
    public var patience: Int?
    /// All randomness follows from it.
    public var seed: UInt64 = 1
    /// Threads for large matrix products, at least 1.
    public var threads = 1

    /// The defaults.
    public init() {}

    /// Trains the parameters of a graph.
    ///
    /// - Parameters:
    ///   - graph: a network of one input, whose output the loss sees.
    ///   - examples: what it learns from, at least one row.
    ///   - validation: what tells the best epoch, never learned from; nil for none, and then the last epoch is kept.
    ///   - loss: called once a batch.
    ///   - progress: called once a batch; the run ends where it answers `.stop`.
    /// - Throws: `diverged` where the loss is no finite number; `stopped`.
    public func trained(
        _ graph: Graph, on examples: Examples, validation: Examples? = nil, loss: any LossFunction,
        progress: (TrainingProgress) -> TrainingProgress.Answer = { _ in .more }
    ) throws(TrainingError) -> TrainingResult {
        precondition(examples.count > 0, "training needs at least one row")
        let run = TrainingRun(graph, on: examples, loss: loss, settings: self)
        let validator = validation.map { Validator(graph, on: $0, loss: loss, parameters: run.parameters) }
        var history: [EpochRecord] = []
        var best = (epoch: 0, loss: Double.infinity)
        var bestValues = run.snapshot()
        for epoch in 1...max(1, epochs) {
            let trainingLoss = try run.epoch(progress: progress)
            guard let validator else {
                history.append(EpochRecord(trainingLoss: trainingLoss, validationLoss: nil))
                best.epoch = epoch
                continue
            }
            let validationLoss = validator.currentLoss()
            history.append(EpochRecord(trainingLoss: trainingLoss, validationLoss: validationLoss))
            if validationLoss < best.loss {
                best = (epoch, validationLoss)
                run.copyValues(into: &bestValues)
            } else if let patience, epoch - best.epoch >= patience {
                break
            }
        }
        if validator != nil, best.epoch > 0 { run.restore(bestValues) }
        return TrainingResult(weights: run.parameters.weights, bestEpoch: max(1, best.epoch), history: history)
    }
}

/// How far a training run is.
public struct TrainingProgress: Sendable {
    /// What the receiver answers.
    public enum Answer: Sendable {
        /// Go on.
        case more
        /// End the run.
        case stop
    }

    /// Steps done.
    public let step: Int
    /// Steps in all, if the run is not stopped early.
    public let steps: Int
    /// The loss of the last step.
    public let loss: Double
}

/// The losses of one epoch.
public struct EpochRecord: Hashable, Sendable {
    /// The mean loss of the epoch's batches, each as it was when it was learned from.
    public let trainingLoss: Double
    /// The loss on the validation rows after the epoch, where there are any.
    public let validationLoss: Double?
}

/// A trained network's numbers and how they came about.
public struct TrainingResult: Sendable {
    /// Parameters and states by the names of their tensors.
    public let weights: [String: [Float]]
    /// The epoch whose weights these are, counted from 1.
    public let bestEpoch: Int
    /// The losses, epoch by epoch.
    public let history: [EpochRecord]
}
