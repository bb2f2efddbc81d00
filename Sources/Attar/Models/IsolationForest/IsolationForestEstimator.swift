internal import Compute
internal import Foundation

/// How to tell strange rows by how soon random splits part them from others: an isolation forest.
///
/// Source: Liu, Ting and Zhou, "Isolation Forest", ICDM 2008. Each tree sees rows that are drawn without replacement, a row's chance in proportion to its weight.
public struct IsolationForestEstimator: OptionedEstimator, Hashable {
    public static let family = Family.iforest

    /// Trees, from 1 to 100,000.
    public var trees = 200
    /// Rows that a tree sees at most, from 2 to 100,000.
    public var sample = 256

    /// The default settings.
    public init() {}

    package static let options: [ModelOption<IsolationForestEstimator>] = [
        ModelOption("trees", \.trees, .from(1, to: 100_000)),
        ModelOption("sample", \.sample, .from(2, to: 100_000), help: "rows that a tree sees, at most"),
    ]

    public var ownTask: LearningTask? { .anomaly }

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let (features, weights) = try DetectorRows.rows(atLeast: 2, in: transferSet, Self.family)
        let drawn = min(sample, features.rows)
        let (trees, progress) = (trees, context.progress)
        let seeds = SeededGenerator(seed: context.seed, stream: "isolation forest").seeds(trees)
        let grown = try concurrently(trees, threads: context.threads) { index in
            try report(
                RunProgress(phase: "training isolation forest", completed: index, total: trees, unit: "trees"),
                to: progress)
            var generator = SeededGenerator(seed: seeds[index])
            return IsolationTree(
                in: features, rows: weights.drawn(drawn, &generator), share: 1 / Double(trees), &generator)
        }
        return IsolationForestModel(
            task: transferSet.task, encoder: transferSet.encoder,
            ensemble: try TreeEnsemble(
                width: features.columns, baseScores: [0], treeOutputs: [Int32](repeating: 0, count: trees),
                features: grown.flatMap(\.features), values: grown.flatMap(\.values)),
            sample: drawn)
    }

    /// The rows, and eight bytes a node of each tree.
    public func memoryEstimate(_ extent: RowsExtent) -> Int { 2 * extent.bytes + 16 * trees * min(sample, extent.rows) }
}

extension Family {
    /// An isolation forest.
    public static let iforest = Family(
        summary: "isolation forest: how soon random splits part a row from all others, found without labels",
        estimator: IsolationForestEstimator.self, model: IsolationForestModel.self)
}

extension [Float] {
    /// Positions that are drawn without replacement, each with a chance in proportion to these weights, which are above 0.
    ///
    /// The least of exponential waiting times with these rates: Efraimidis and Spirakis, Information Processing Letters 97 (2006).
    fileprivate func drawn(_ count: Int, _ generator: inout SeededGenerator) -> [Int] {
        let times = map { weight -> Double in
            -log(1 - Double.random(in: 0..<1, using: &generator)) / Double(weight)
        }
        return indices.sorted { (times[$0], $0) < (times[$1], $1) }.prefix(count).map(\.self)
    }
}
