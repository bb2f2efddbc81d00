internal import Compute

extension MLPEstimator {
    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        // Rows without weight would still take places in batches: they go before anything is shuffled.
        let weighing = transferSet.weights.indices.filter { transferSet.weights[$0] > 0 }
        let transferSet = weighing.count == transferSet.count ? transferSet : transferSet.selecting(weighing)
        guard transferSet.count > 0 else {
            throw AttarError(
                .invalidTarget, "there are no rows with a weight above 0 to train mlp on",
                remedy: "Give at least one row")
        }
        let scaling = TargetScaling(of: transferSet)
        let architecture = MLPArchitecture(
            inputs: transferSet.encoder.width, hidden: hidden, outputs: transferSet.task.width,
            activation: try activationFunction, normalization: normalization)
        let graph = try architecture.trainingGraph(dropout: dropout)
        let hasValidation = (validation?.count ?? 0) > 0
        let result = try trained(
            graph, on: scaling.examples(transferSet),
            validation: hasValidation ? validation.map(scaling.examples) : nil,
            context: context)
        return try MLPModel(
            architecture, trained: Network(graph, weights: result.weights), scaling: scaling, result: result,
            task: transferSet.task, encoder: transferSet.encoder)
    }

    /// The same network, to be trained for as many epochs as an earlier fit found best, with that fit's learning rates.
    public func refitting(after model: any Model) -> any Estimator {
        guard let model = model as? MLPModel else { return self }
        var estimator = self
        estimator.scheduledEpochs = scheduledEpochs ?? epochs
        estimator.epochs = model.bestEpoch
        estimator.patience = nil
        return estimator
    }

    /// Runs the trainer and translates its progress and its errors.
    private func trained(
        _ graph: Graph, on examples: Examples, validation: Examples?, context: FittingContext
    ) throws -> TrainingResult {
        let phase = "training mlp[\(hidden.map(String.init).joined(separator: ","))]"
        let clock = ContinuousClock()
        var lastReport = clock.now
        var latest: TrainingProgress?
        let trainer = try trainer(seed: context.seed, threads: context.threads)
        func report(_ progress: TrainingProgress, total: Int) -> ProgressAnswer {
            context.progress(
                Progress(phase: phase, completed: progress.step, total: total, unit: "steps", loss: progress.loss))
        }
        do {
            let result = try trainer.trained(graph, on: examples, validation: validation, loss: context.loss) {
                progress in
                latest = progress
                let now = clock.now
                if now - lastReport < .milliseconds(200) { return .more }
                lastReport = now
                return report(progress, total: progress.steps) == .stop ? .stop : .more
            }
            if let latest, report(latest, total: latest.step) == .stop {
                throw AttarError(.stopped, "stopped while \(phase)", remedy: "Nothing was written")
            }
            return result
        } catch let error as TrainingError {
            throw AttarError(error.code == .stopped ? .stopped : .diverged, error.problem, remedy: error.remedy)
        }
    }

    /// The function that `activation` names.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where there is none.
    var activationFunction: ActivationFunction {
        get throws {
            try Self.require(activation.rawValue, isOneOf: ActivationFunction.allCases.map(\.rawValue), "activation")
            return ActivationFunction(rawValue: activation.rawValue) ?? .relu
        }
    }

    /// The trainer that the settings describe.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an optimiser or a schedule that there is not.
    func trainer(seed: UInt64, threads: Int) throws -> Trainer {
        var trainer = Trainer()
        trainer.epochs = epochs
        trainer.scheduledEpochs = scheduledEpochs
        trainer.batchSize = batchSize
        trainer.learningRate = Float(learningRate)
        trainer.patience = patience
        trainer.seed = seed
        trainer.threads = threads
        let decay = Float(weightDecay)
        try Self.require(optimizer.rawValue, isOneOf: ["adam", "adamw", "sgd", "nesterov"], "optimizer")
        trainer.optimizer =
            switch optimizer {
            case .sgd, .nesterov: GradientDescent(isNesterov: optimizer == .nesterov, weightDecay: decay)
            default: Adam(weightDecay: decay, isDecoupled: optimizer == .adamW)
            }
        try Self.require(schedule.rawValue, isOneOf: ["constant", "cosine", "step"], "schedule")
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
