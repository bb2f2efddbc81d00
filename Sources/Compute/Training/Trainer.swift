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
    /// The greatest length that a step's gradient may have, above 0; a longer one is shortened to it. Nil for any. Pascanu et al.,
    /// "On the difficulty of training recurrent neural networks", ICML 2013.
    public var clipping: Float?
    /// How slowly a running mean of the weights forgets, below 1, such as .999; the mean is what is kept at the end. Nil for none.
    /// Polyak and Juditsky, SIAM J. Control Optim. 30 (1992).
    public var averaging: Float?
    /// Parts that a batch is worked off in, at least 1: its gradient is their sum, for networks that would not fit into memory with the
    /// whole batch.
    public var accumulation = 1
    /// Threads that a step's kernels are cut over, at least 1.
    public var threads = 1

    /// Told of a run before its first step, when its memory is laid out.
    public var willBegin: (@Sendable (TrainingRun) -> Void)?

    /// The defaults.
    public init() {}

    /// Trains the parameters of a graph.
    ///
    /// - Parameters:
    ///   - graph: a network of one input, whose output the loss sees.
    ///   - examples: what it learns from, at least one row.
    ///   - validation: what tells the best epoch, never learned from; nil for none, and then the last epoch is kept.
    ///   - loss: called once a batch, or part of one.
    ///   - checkpoint: where the run's state is kept from time to time, and goes on from; nil for nowhere.
    ///   - progress: called once a batch; the run ends where it answers `.stop`.
    /// - Throws: `diverged` where the loss is no finite number; `stopped`; `foreignCheckpoint`.
    public func trained(
        _ graph: Graph, on examples: Examples, validation: Examples? = nil, loss: any LossFunction,
        checkpoint: Checkpoint? = nil, progress: (TrainingProgress) -> TrainingProgress.Answer = { _ in .more }
    ) throws(TrainingError) -> TrainingResult {
        precondition(examples.count > 0, "training needs at least one row")
        let run = TrainingRun(graph, on: examples, loss: loss, settings: self)
        let validator = validation.map { Validator(graph, on: $0, loss: loss, parameters: run.parameters) }
        var history: [EpochRecord] = []
        var best = (epoch: 0, loss: Double.infinity, values: run.snapshot())
        if let state = checkpoint?.state {
            guard run.resume(from: state) else {
                throw TrainingError(
                    code: .foreignCheckpoint, problem: "The checkpoint belongs to another training run",
                    remedy: "Delete it or name another")
            }
            history = state.history
            (best.epoch, best.loss) = (state.bestEpoch, state.bestLoss)
            if !state.best.isEmpty { best.values = state.best }
        }
        func isEnding() -> Bool {
            guard validator != nil, let patience else { return false }
            return run.epochs - best.epoch >= patience
        }
        willBegin?(run)
        while run.epochs < max(1, epochs), !isEnding() {
            let trainingLoss = try run.epoch { report in
                if let checkpoint, checkpoint.isDue { checkpoint.save(run.state(best: best, history: history)) }
                return progress(report)
            }
            let epoch = run.epochs
            guard let validator else {
                history.append(EpochRecord(trainingLoss: trainingLoss, validationLoss: nil))
                best.epoch = epoch
                continue
            }
            run.swapAverages()
            let validationLoss = validator.currentLoss()
            history.append(EpochRecord(trainingLoss: trainingLoss, validationLoss: validationLoss))
            if validationLoss < best.loss {
                (best.epoch, best.loss) = (epoch, validationLoss)
                run.copyValues(into: &best.values)
            }
            run.swapAverages()
        }
        checkpoint?.save(run.state(best: best, history: history))
        if validator != nil, best.epoch > 0 {
            run.restore(best.values)
        } else {
            run.swapAverages()
        }
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

    /// The losses of an epoch.
    public init(trainingLoss: Double, validationLoss: Double?) {
        (self.trainingLoss, self.validationLoss) = (trainingLoss, validationLoss)
    }
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
