internal import Compute
internal import Foundation
internal import Synchronization

/// How to grow a random forest: a tree's leaf holds the mean target of its rows, and columns are cut into 256 ranges first, between which nodes split.
///
/// Source: Breiman, "Random Forests", Machine Learning 45 (2001). A tree sees .632 of the rows, drawn without replacement: as many
/// different rows as a bootstrap sample has. Memory grows with the rows and the nodes of the forest, and with nothing else.
public struct ForestEstimator: OptionedEstimator, Hashable {
    public static let family = Family.forest

    /// Trees an output, from 1 to 100,000.
    public var trees = 200
    /// The most splits between a tree's root and a leaf, from 1 to 30.
    public var depth = 30
    /// The share of features that each node may split on, above 0 and at most 1; nil takes √features of them for
    /// classification, and three fifths for regression (concrete: R² .915, with a third of them .901).
    public var columns: Double?
    /// The least weight of the rows in a leaf, above 0; a row weighs 1 on average.
    public var minimumLeaf = 1.0

    /// The default settings.
    public init() {}

    package static let options: [ModelOption<ForestEstimator>] = [
        ModelOption("trees", \.trees, .from(1, to: 100_000), help: "an output"),
        ModelOption("depth", \.depth, .from(1, to: 30), help: "splits from root to leaf, at most"),
        ModelOption(
            "columns", \.columns, .above(0, atMost: 1), none: "√features of them for classes, 0.6 for values",
            help: "share of features a node"),
        ModelOption(
            "minimumLeaf", \.minimumLeaf, .above(0), "a number above 0", help: "least weight of the rows in a leaf"),
    ]

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let task = transferSet.task
        let given = try LearnableRows.required(transferSet, labelShare: context.loss.labelShare)
        let targetUnits = given.units(for: task)
        let rows = given.inUnits(targetUnits)
        let link = ForestModel.link(for: task)
        let margins = link.marginCount(width: task.width)
        // Trees hold the distance from the mean target: sums over their rows stay small, and a tree whose rows weigh less than
        // a leaf must answers the mean.
        let means = rows.meanTargets()
        let baseScores = margins == means.count ? means : Array(means.suffix(margins))
        let units = Array(targetUnits.suffix(margins))
        let ranged = RangedRows(rows.features)
        let grower = ForestGrower(
            rows: ranged, targets: link.marginTargets(rows.targets), bases: baseScores, weights: rows.weights,
            depth: depth, columns: drawnColumns(of: ranged.columns.count, for: task.form), minimumLeaf: minimumLeaf,
            share: Self.share, scales: units.map { $0 / Float(trees) })
        return ForestModel(
            task: task, encoder: transferSet.encoder,
            ensemble: try TreeEnsemble(
                grown: try grown(by: grower, outputs: margins, context), width: rows.features.columns,
                baseScores: zip(baseScores, units).map { $0 * $1 }))
    }

    /// The share of the rows that a tree sees.
    private static let share = 0.632

    /// The trees, one an output after the other, a round of them after the other.
    private func grown(
        by grower: ForestGrower, outputs: Int, _ context: FittingContext
    ) throws -> [ForestGrower.Tree] {
        let done = Done(outputs: outputs)
        let (trees, progress) = (trees, context.progress)
        @Sendable func tell() throws {
            try report(
                RunProgress(phase: "training forest", completed: done.rounds, total: trees, unit: "trees"),
                to: progress)
        }
        try tell()
        let seeds = SeededGenerator(seed: context.seed, stream: "forest").seeds(trees * outputs)
        return try concurrently(seeds.count, threads: context.threads) { index in
            let tree = grower.tree(output: index % outputs, seed: seeds[index])
            done.add()
            try tell()
            return tree
        }
    }

    /// Columns that each node draws of so many that vary.
    private func drawnColumns(of varying: Int, for form: AnswerForm) -> Int {
        let most = Double(varying)
        let drawn = columns.map { $0 * most } ?? (form == .probabilities ? most.squareRoot() : 0.6 * most)
        // A product that is whole but for its rounding is not rounded up.
        return min(varying, max(1, Int((drawn - 1e-9 * most).rounded(.up))))
    }

    /// Trees that have been grown.
    private final class Done: Sendable {
        private let count = Atomic(0)
        private let outputs: Int

        init(outputs: Int) { self.outputs = outputs }

        /// Of each output so many.
        var rounds: Int { count.load(ordering: .relaxed) / max(1, outputs) }

        func add() { count.wrappingAdd(1, ordering: .relaxed) }
    }

    public func memoryEstimate(_ extent: RowsExtent) -> Int {
        let seen = Self.share * Double(extent.rows)
        // A leaf holds a row at least, and a tree no more nodes than its depth allows; a node takes eight bytes beside its tree and sixteen in the end.
        let nodes = min(2 * seen / max(1, minimumLeaf), pow(2, Double(depth) + 1))
        let made = Double(trees * max(1, extent.outputs)) * nodes * 24
        // As many trees as there are threads are grown at a time.
        let growing = seen * 80 * Double(availableThreads())
        return 2 * extent.bytes + extent.rows * extent.features + Int(min(growing + made, 1e15))
    }
}

extension Family {
    /// A random forest.
    public static let forest = Family(
        summary: "random forest", estimator: ForestEstimator.self, model: ForestModel.self,
        usualSizes: { $0.holdsIDs ? [] : ["forest[trees=20,depth=8]"] })
}

extension TreeEnsemble {
    /// The ensemble of grown trees, one of each output in turn.
    fileprivate init(grown: consuming [ForestGrower.Tree], width: Int, baseScores: [Float]) throws {
        var trees = grown
        var (features, values) = ([Int32](), [Float]())
        features.reserveCapacity(trees.reduce(0) { $0 + $1.features.count })
        values.reserveCapacity(features.capacity)
        for index in trees.indices {
            features += trees[index].features
            values += trees[index].values
            // A forest of many nodes is not held twice.
            trees[index] = ForestGrower.Tree()
        }
        try self.init(
            width: width, baseScores: baseScores, treeOutputs: trees.indices.map { Int32($0 % baseScores.count) },
            features: features, values: values)
    }
}
