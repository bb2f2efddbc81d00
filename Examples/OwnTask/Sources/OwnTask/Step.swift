import Attar

/// A family of our own: two values, and a step from one to the other where a feature is above its mean. It learns from the blend of label and teacher, as families do that
/// cannot minimise any loss.
struct StepEstimator: Estimator {
    static var family: Family {
        Family(summary: "one step at one feature's mean", estimator: StepEstimator.self, model: StepModel.self)
    }

    init() {}

    init(_ specification: Specification) throws { try specification.allow([]) }

    func fitted(to set: TransferSet, validation: TransferSet?, context: FittingContext) throws -> any Model {
        let targets = set.blendedTargets(labelShare: context.loss.labelShare)
        var best: (feature: Int, values: [Float], error: Float)?
        for feature in 0..<set.features.columns {
            var (sums, counts) = ([Float](repeating: 0, count: 2), [Float](repeating: 0, count: 2))
            for row in 0..<set.count {
                let side = set.features[row, feature] > 0 ? 1 : 0
                sums[side] += set.weights[row] * targets[row, 0]
                counts[side] += set.weights[row]
            }
            guard counts[0] > 0, counts[1] > 0 else { continue }
            let values = [sums[0] / counts[0], sums[1] / counts[1]]
            var error: Float = 0
            for row in 0..<set.count {
                let distance = targets[row, 0] - values[set.features[row, feature] > 0 ? 1 : 0]
                error += set.weights[row] * distance * distance
            }
            if best.map({ error < $0.error }) ?? true { best = (feature, values, error) }
        }
        guard let best else {
            throw AttarError(.invalidSetting, "no column differs between rows", remedy: "Give a column that does")
        }
        return StepModel(feature: best.feature, values: best.values, task: set.task, encoder: set.encoder)
    }
}

/// What it learned.
struct StepModel: Model {
    static let familyName = "step"

    let feature: Int
    let values: [Float]
    let task: LearningTask
    let encoder: FeatureEncoder

    init(feature: Int, values: [Float], task: LearningTask, encoder: FeatureEncoder) {
        (self.feature, self.values, self.task, self.encoder) = (feature, values, task, encoder)
    }

    init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        let feature = try description.integers("feature", shape: [1])[0]
        guard (0..<encoder.width).contains(Int(feature)) else {
            throw AttarError(.malformedArtifact, "the step lies at feature \(feature), which there is not")
        }
        self.init(
            feature: Int(feature), values: try description.floats("values", shape: [2]), task: task, encoder: encoder)
    }

    var description: ModelDescription {
        ModelDescription(
            family: Self.familyName,
            tensors: ["feature": Tensor([Int32(feature)], shape: [1]), "values": Tensor(values, shape: [2])])
    }

    func outputs(for features: Matrix) -> Answers {
        let answers = (0..<features.rows).map { values[features[$0, feature] > 0 ? 1 : 0] }
        return Answers(.values, Matrix(rows: features.rows, columns: 1, elements: answers))
    }
}
