public import Compute
internal import Foundation

/// How strange a row is by how few random splits part it from all others: 2^(−mean depth / the depth expected), near 1 for what is strange, ½ and less for what is not.
///
/// Liu, Ting and Zhou, "Isolation Forest", ICDM 2008.
public struct IsolationForestModel: Model {
    public static let familyName = "iforest"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    /// Trees whose values sum to a row's mean depth.
    package let ensemble: TreeEnsemble
    /// Rows that each tree was grown on, at least 2.
    package let sample: Int

    package init(task: LearningTask, encoder: FeatureEncoder, ensemble: TreeEnsemble, sample: Int) {
        (self.task, self.encoder, self.ensemble, self.sample) = (task, encoder, ensemble, sample)
    }

    /// The mean depth at which a search ends in a binary tree of so many rows: 2 H(n − 1) − 2 (n − 1) / n with the harmonic number H as ln n + Euler's constant.
    package static func expectedDepth(_ rows: Int) -> Double {
        if rows <= 2 { return rows == 2 ? 1 : 0 }
        let others = Double(rows - 1)
        return 2 * (log(others) + 0.577_215_664_901_532_9) - 2 * others / Double(rows)
    }

    /// The score of a mean depth.
    private func score(_ depth: Float) -> Float {
        Float(exp2(-Double(depth) / Self.expectedDepth(sample)))
    }

    public func outputs(for features: Matrix) -> Answers {
        let depths = ensemble.margins(for: features)
        return Answers(.values, Matrix(rows: depths.rows, columns: 1, elements: depths.elements.map(score)))
    }

    public var description: ModelDescription {
        ModelDescription(
            family: Self.familyName,
            settings: .object([
                "trees": .number(Double(ensemble.treeCount)), "nodes": .number(Double(ensemble.nodeCount)),
                "sample": .number(Double(sample)),
            ]), tensors: ensemble.tensors)
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        guard case .number(let value)? = description.settings["sample"], let sample = Int(exactly: value), sample >= 2
        else { throw AttarError(.malformedArtifact, "the iforest model does not say how many rows a tree saw") }
        self.init(
            task: try task.ofScores(Self.familyName), encoder: encoder,
            ensemble: try TreeEnsemble(description, width: encoder.width, outputs: 1), sample: sample)
    }
}
