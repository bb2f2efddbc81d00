internal import Compute

extension NetworkModel {
    /// A network as the trainer left it, made ready to answer in the target's own units.
    init(
        _ design: Design, _ result: TrainingResult, scaling: TargetScaling, task: LearningTask, encoder: FeatureEncoder
    ) throws {
        let (graph, output) = try design.graph(for: encoder, outputs: task.width, isTraining: false)
        // A projection that features were compared through is not among them.
        let kept = Set((graph.parameters + graph.states).map { graph[$0].name })
        var weights = result.weights.filter { kept.contains($0.key) }
        let (weight, bias) = ("\(output).weight", "\(output).bias")
        (weights[weight], weights[bias]) = scaling.unscaling(weight: weights[weight] ?? [], bias: weights[bias] ?? [])
        try self.init(
            Settings(design: design, bestEpoch: result.bestEpoch, epochs: result.history.count),
            Network(graph, weights: weights), history: result.history, task: task, encoder: encoder)
    }

    /// The same model in bytes.
    ///
    /// - Parameter rows: rows like those that will be asked, at least one.
    func quantized(calibration rows: TransferSet) throws -> NetworkModel {
        var settings = settings
        let quantized = trained.quantized(calibration: rows.features)
        settings.quantization = QuantizationRecord(
            quantized.outputs(for: rows.features), against: trained.folded().outputs(for: rows.features), on: rows)
        return try NetworkModel(settings, quantized, history: history, task: task, encoder: encoder)
    }
}
