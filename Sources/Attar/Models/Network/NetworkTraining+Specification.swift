internal import Compute

extension NetworkTraining {
    /// The options that all networks share.
    package static let options: [ModelOption<NetworkTraining>] = {
        let least = NumberRange.from(1)
        let share = NumberRange.from(0, below: 1)
        return [
            ModelOption("epochs", \.epochs, least, "at least 1", help: "passes over the rows"),
            ModelOption("batch", \.batchSize, least, "at least 1", help: "rows a step"),
            ModelOption("optimizer", \.optimizer, among: Optimizer.all, help: "how weights follow their gradients"),
            ModelOption(
                "learningRate", \.learningRate, .above(0), "a number above 0",
                help: "the length of a step; a tenth of the default for lion"),
            ModelOption("weightDecay", \.weightDecay, .from(0), help: "how strongly weights are drawn to 0"),
            ModelOption("schedule", \.schedule, among: Schedule.all, help: "how the rate changes over the run"),
            ModelOption(
                "warmup", \.warmUp, share, "a share of the run: \(share.words)",
                help: "the share of the run in which the rate climbs"),
            ModelOption(
                "patience", \.patience, least, "at least 1",
                help: "epochs without a lower validation loss, where there are validation rows"),
            ModelOption(
                "clip", \.clipping, .above(0), "a number above 0", help: "the greatest length of a step's gradient"),
            ModelOption(
                "average", \.averaging, .between(0, 1), "a number above 0, below 1, such as 0.999",
                help: "how slowly a running mean of the weights forgets"),
            ModelOption(
                "smoothing", \.labelSmoothing, share, help: "the share of a label that goes to all classes"),
            ModelOption(
                "accumulate", \.accumulation, least, "1 or more, at most the batch", atMost: { $0.batchSize },
                help: "parts that a batch is worked off in, to take less memory"),
        ]
    }()

    /// Takes over the options that a specification names.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a value that does not parse.
    mutating func set(from specification: Specification) throws {
        for option in Self.options { try option.read(specification, &self) }
        // Steps of Lion have the full rate in every weight.
        if optimizer == .lion, specification.named["learningRate"] == nil { learningRate /= 10 }
    }

    /// Refuses settings out of their range.
    ///
    /// - Parameter family: the family's name, for messages.
    /// - Throws: `AttarError` (`invalidSetting`) naming the option, its value and its range.
    func validate(for family: String) throws {
        for option in Self.options { try option.check(self, family) }
        if let scheduledEpochs, scheduledEpochs < 1 {
            throw AttarError(
                .invalidSetting, "\(family)'s scheduled epochs is \(scheduledEpochs)", remedy: "Give at least 1")
        }
    }

    /// The trainer that the settings describe.
    ///
    /// - Parameter family: the family's name, for messages.
    /// - Throws: `AttarError` (`invalidSetting`) for settings out of their range, such as an optimiser that there is not.
    func trainer(for family: String, seed: UInt64, threads: Int) throws -> Trainer {
        try validate(for: family)
        var trainer = Trainer()
        trainer.epochs = epochs
        trainer.scheduledEpochs = scheduledEpochs
        trainer.batchSize = batchSize
        trainer.learningRate = Float(learningRate)
        trainer.patience = patience
        trainer.clipping = clipping.map { Float($0) }
        trainer.averaging = averaging.map { Float($0) }
        trainer.accumulation = accumulation
        trainer.seed = seed
        trainer.threads = threads
        let decay = Float(weightDecay)
        trainer.optimizer =
            switch optimizer {
            case .lion: Lion(weightDecay: decay)
            case .sgd, .nesterov: GradientDescent(isNesterov: optimizer == .nesterov, weightDecay: decay)
            default: Adam(weightDecay: decay, isDecoupled: optimizer == .adamW)
            }
        let shape: LearningRateSchedule.Decay =
            switch schedule {
            case .constant: .constant
            case .step: .steps(count: 3, factor: 1 / 3)
            default: .cosine
            }
        trainer.schedule = LearningRateSchedule(shape, warmUp: Float(warmUp))
        return trainer
    }
}
