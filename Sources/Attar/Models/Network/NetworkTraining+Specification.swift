internal import Compute

extension NetworkTraining {
    /// The names of the options that `set(from:)` reads.
    static let options = [
        "epochs", "batch", "optimizer", "learningRate", "weightDecay", "schedule", "warmup", "patience",
        "clip", "average", "smoothing", "accumulate",
    ]

    /// Takes over the options that a specification names.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a value that does not parse.
    mutating func set(from specification: Specification) throws {
        epochs = try specification.integer("epochs", default: epochs)
        batchSize = try specification.integer("batch", default: batchSize)
        optimizer = Optimizer(rawValue: specification.text("optimizer", default: optimizer.rawValue))
        // Steps of Lion have the full rate in every weight.
        if optimizer == .lion { learningRate /= 10 }
        learningRate = try specification.number("learningRate", default: learningRate)
        weightDecay = try specification.number("weightDecay", default: weightDecay)
        schedule = Schedule(rawValue: specification.text("schedule", default: schedule.rawValue))
        warmUp = try specification.number("warmup", default: warmUp)
        if specification.named["clip"] != nil { clipping = try specification.number("clip", default: 1) }
        if specification.named["average"] != nil { averaging = try specification.number("average", default: 0.999) }
        labelSmoothing = try specification.number("smoothing", default: labelSmoothing)
        accumulation = try specification.integer("accumulate", default: accumulation)
        if specification.named["patience"] != nil { patience = try specification.integer("patience", default: 0) }
    }

    /// Refuses settings out of their range.
    ///
    /// - Parameter family: the family's name, for messages.
    /// - Throws: `AttarError` (`invalidSetting`) naming the option, its value and its range.
    func validate(for family: String) throws {
        func require(_ holds: Bool, _ option: String, _ value: Any, _ range: String) throws {
            if !holds {
                throw AttarError(.invalidSetting, "\(family)'s \(option) is \(value)", remedy: "Give \(range)")
            }
        }
        try require(epochs >= 1, "epochs", epochs, "at least 1")
        try require((scheduledEpochs ?? epochs) >= 1, "scheduled epochs", scheduledEpochs ?? epochs, "at least 1")
        try require(batchSize >= 1, "batch", batchSize, "at least 1")
        try require(learningRate > 0 && learningRate.isFinite, "learningRate", learningRate, "a number above 0")
        try require(weightDecay >= 0 && weightDecay.isFinite, "weightDecay", weightDecay, "0 or more")
        try require((0..<1).contains(warmUp), "warmup", warmUp, "a share of the run: 0 or more, below 1")
        try require((clipping ?? 1) > 0 && (clipping ?? 1).isFinite, "clip", clipping ?? 1, "a number above 0")
        let average = averaging ?? 0.5
        try require(average > 0 && average < 1, "average", average, "a number above 0, below 1, such as 0.999")
        try require((0..<1).contains(labelSmoothing), "smoothing", labelSmoothing, "0 or more, below 1")
        try require((1...batchSize).contains(accumulation), "accumulate", accumulation, "1 or more, at most the batch")
        try require((patience ?? 1) >= 1, "patience", patience ?? 1, "at least 1")
        _ = try trainer(for: family, seed: 0, threads: 1)
    }

    /// The trainer that the settings describe.
    ///
    /// - Parameter family: the family's name, for messages.
    /// - Throws: `AttarError` (`invalidSetting`) for an optimiser or a schedule that there is not.
    func trainer(for family: String, seed: UInt64, threads: Int) throws -> Trainer {
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
        try requireKnown(
            optimizer.rawValue, among: ["adam", "adamw", "sgd", "nesterov", "lion"], "optimizer", of: family)
        trainer.optimizer =
            switch optimizer {
            case .lion: Lion(weightDecay: decay)
            case .sgd, .nesterov: GradientDescent(isNesterov: optimizer == .nesterov, weightDecay: decay)
            default: Adam(weightDecay: decay, isDecoupled: optimizer == .adamW)
            }
        try requireKnown(schedule.rawValue, among: ["constant", "cosine", "step"], "schedule", of: family)
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
