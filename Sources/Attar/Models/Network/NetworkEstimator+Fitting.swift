internal import Compute

extension NetworkEstimator {
    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        // Rows without weight would still take places in batches: they go before anything is shuffled.
        let weighing = transferSet.weights.indices.filter { transferSet.weights[$0] > 0 }
        let transferSet = weighing.count == transferSet.count ? transferSet : transferSet.selecting(weighing)
        guard transferSet.count > 0 else {
            throw AttarError(
                .invalidTarget, "there are no rows with a weight above 0 to train \(Self.family.name) on",
                remedy: "Give at least one row")
        }
        let scaling = TargetScaling(of: transferSet)
        let context = context.smoothing(labels: training.labelSmoothing)
        var graph = try design.graph(
            for: transferSet.encoder, outputs: transferSet.task.width, isTraining: true
        ).graph
        if training.accumulation > 1, graph.usesBatchStatistics {
            throw AttarError(
                .invalidSetting,
                "\(design.name) normalises over the batch, which a batch in \(training.accumulation) parts would change",
                remedy: "Leave accumulate out, or take another norm")
        }
        let checkpoint = try context.checkpoints.map { folder in
            try folder.checkpoint(for: Fingerprint(of: self, transferSet, validation, context))
        }
        let hasValidation = (validation?.count ?? 0) > 0
        var examples = scaling.examples(transferSet, for: context.loss)
        var loss: any LossFunction = context.loss
        if let hidden = transferSet.hidden {
            try hidden.refuse(training, of: design.name, mixing: examples.mixing)
            (graph, loss, examples.hiddenTeacher) = try hidden.connected(
                to: graph, named: design.name, reading: transferSet.encoder, outputs: context.loss)
        }
        let result: TrainingResult
        if let peer = context.peer as? any NetworkFitting {
            result = try trained(graph, on: examples, loss: loss, besides: peer, transferSet, scaling, context: context)
        } else {
            result = try trained(
                graph, on: examples,
                validation: hasValidation ? validation.map { scaling.examples($0, for: context.loss) } : nil,
                loss: loss,
                context: context, checkpoint: checkpoint)
        }
        let model = try NetworkModel(
            design, result, scaling: scaling, task: transferSet.task, encoder: transferSet.encoder)
        return try precision == .int8
            ? model.quantized(calibration: transferSet.calibration(seed: context.seed)) : model
    }

    /// The same network, to be trained for as many epochs as an earlier fit found best, with that fit's learning rates.
    public func refitting(after model: any Model) -> any Estimator {
        guard let model = model.uncalibrated as? NetworkModel<Design> else { return self }
        var estimator = self
        estimator.training.scheduledEpochs = training.scheduledEpochs ?? training.epochs
        estimator.training.epochs = model.bestEpoch
        estimator.training.patience = nil
        return estimator
    }

    /// Trains this network and its peer, each on its own loss and the other's present answers.
    private func trained(
        _ graph: Graph, on examples: Examples, loss: any LossFunction, besides peer: any NetworkFitting,
        _ transferSet: TransferSet, _ scaling: TargetScaling, context: FittingContext
    ) throws -> TrainingResult {
        // Two networks that begin alike would teach each other nothing.
        let seed = context.seed &+ 1 << 40
        let otherGraph = try peer.graph(for: transferSet.encoder, outputs: transferSet.task.width, isTraining: true)
        let other = context.smoothing(labels: peer.training.labelSmoothing).loss
        let peers = Peers(
            TrainingRun(
                graph, on: examples, loss: MutualLoss(own: loss),
                settings: try training.trainer(for: Self.family.name, seed: context.seed, threads: context.threads)),
            TrainingRun(
                otherGraph, on: scaling.examples(transferSet, for: other), loss: MutualLoss(own: other),
                settings: try peer.training.trainer(for: peer.name, seed: seed, threads: context.threads)))
        return try reported(context, "training \(design.name) and \(peer.name)") { progress throws(TrainingError) in
            try peers.trained(progress: progress).first
        }
    }

    /// Memory of a training that is worth a note: 256 MB.
    private static var notableBytes: Int { 1 << 28 }

    /// Runs the trainer.
    private func trained(
        _ graph: Graph, on examples: Examples, validation: Examples?, loss: any LossFunction, context: FittingContext,
        checkpoint: Checkpoint?
    ) throws -> TrainingResult {
        let phase = "training \(design.name)"
        var settings = try training.trainer(for: Self.family.name, seed: context.seed, threads: context.threads)
        settings.willBegin = { run in
            // Who waits for a small one has no use for its size.
            guard run.byteCount >= Self.notableBytes else { return }
            let size = Metric.bytes.figure(Double(run.byteCount))
            _ = context.progress(
                RunProgress(
                    phase: phase, completed: 0, total: nil, unit: "steps",
                    note: "\(phase) takes \(size) of memory besides its rows"))
        }
        let trainer = settings
        return try reported(context, phase) { progress throws(TrainingError) in
            try trainer.trained(
                graph, on: examples, validation: validation, loss: loss, checkpoint: checkpoint, progress: progress)
        }
    }

    /// Translates the progress and the errors of a training run.
    private func reported(
        _ context: FittingContext, _ phase: String,
        _ body: ((TrainingProgress) -> TrainingProgress.Answer) throws(TrainingError) -> TrainingResult
    ) throws -> TrainingResult {
        let clock = ContinuousClock()
        var lastReport = clock.now
        var latest: TrainingProgress?
        func report(_ progress: TrainingProgress, total: Int) -> ProgressAnswer {
            context.progress(
                RunProgress(phase: phase, completed: progress.step, total: total, unit: "steps", loss: progress.loss))
        }
        do {
            let result = try body { progress in
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
            let codes: [TrainingError.Code: AttarError.Code] = [
                .stopped: .stopped, .foreignCheckpoint: .malformedArtifact,
            ]
            throw AttarError(codes[error.code] ?? .diverged, error.problem, remedy: error.remedy)
        }
    }
}
