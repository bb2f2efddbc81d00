internal import Compute
internal import Foundation

/// One training of support vector machines, with what their probabilities need.
package struct SVMRun {
    private let settings: SVMEstimator
    private let context: FittingContext
    /// The rows, resampled by their weights: (count, width) and (count, outputs).
    private let features: Matrix
    private let targets: Matrix
    private let kernel: Kernel

    /// Parts of the rows that are held out in turn for the probabilities.
    private static let folds = 3

    /// Resamples the rows.
    init(_ settings: SVMEstimator, on rows: LearnableRows, context: FittingContext) {
        let taken = Self.systematicSample(rows.weights)
        features = rows.features.selecting(rows: taken)
        targets = rows.targets.selecting(rows: taken)
        self.settings = settings
        self.context = context
        let gamma = settings.gamma ?? Self.scale(features)
        kernel = settings.kernel == .linear ? .linear : .radial(gamma: Float(gamma))
    }

    // MARK: Classes

    /// Trains on the likeliest classes, and on folds of them for the probabilities.
    func classifier(for transferSet: TransferSet) throws -> SVMModel {
        let labels = targets.argmax()
        let classes = Set(labels).count
        let all = Array(labels.indices)
        if classes == 1 {
            let nothing = KernelMachine.Group(
                vectors: Matrix(rows: 0, columns: features.columns), coefficients: Matrix(rows: 0, columns: 0))
            return SVMModel(
                task: transferSet.task, encoder: transferSet.encoder,
                machine: KernelMachine(kernel: kernel, groups: [nothing], rho: [], pairwise: true),
                coupling: PairCoupling(classes: [labels[0]], sigmoids: [], temperature: 1), scaling: [])
        }
        let folds = Self.stratifiedFolds(labels, seed: context.seed)
        try report(0, of: Self.folds + 1)
        let whole = try trained(all, labels)
        let machine = whole.machine()
        var unseen = UnseenDecisions(classes: whole.labels)
        for fold in 0..<Self.folds {
            try report(fold + 1, of: Self.folds + 1)
            let (inside, outside) = (all.filter { folds[$0] == fold }, all.filter { folds[$0] != fold })
            guard !inside.isEmpty, Set(outside.map { labels[$0] }).count > 1 else { continue }
            let copy = try trained(outside, labels)
            unseen.add(
                copy.machine().decisions(for: features.selecting(rows: inside)), order: copy.labels,
                labels: inside.map { labels[$0] })
        }
        try report(Self.folds + 1, of: Self.folds + 1)
        return SVMModel(
            task: transferSet.task, encoder: transferSet.encoder, machine: machine, coupling: unseen.coupling(),
            scaling: [])
    }

    private func trained(_ rows: [Int], _ labels: [Int32]) throws -> LibSVM {
        try LibSVM(
            .init(kernel: kernel, c: settings.c ?? 2, epsilon: nil), features: features.selecting(rows: rows),
            targets: rows.map { Double(labels[$0]) })
    }

    // MARK: Values

    /// Trains one machine an output on the standardised target.
    func regressor(for transferSet: TransferSet) throws -> SVMModel {
        var machines: [KernelMachine] = []
        var scaling: [Float] = []
        for output in 0..<targets.columns {
            try report(output, of: targets.columns)
            let values = (0..<targets.rows).map { Double(targets[$0, output]) }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            let deviation = variance > 0 ? variance.squareRoot() : 1
            scaling += [Float(mean), Float(deviation)]
            let trained = try LibSVM(
                .init(kernel: kernel, c: settings.c ?? 10, epsilon: settings.epsilon), features: features,
                targets: values.map { ($0 - mean) / deviation })
            machines.append(trained.machine())
        }
        try report(targets.columns, of: targets.columns)
        return SVMModel(
            task: transferSet.task, encoder: transferSet.encoder,
            machine: KernelMachine(
                kernel: kernel, groups: machines.flatMap(\.groups), rho: machines.flatMap(\.rho), pairwise: false),
            coupling: nil, scaling: scaling)
    }

    private func report(_ completed: Int, of total: Int) throws {
        try Attar.report(
            RunProgress(phase: "training svm", completed: completed, total: total, unit: "fits"), to: context.progress)
    }

    // MARK: Rows

    /// Each row as often as the running sum of the weights passes another half; weights have mean 1.
    package static func systematicSample(_ weights: [Float]) -> [Int] {
        var sum = 0.0
        return weights.indices.flatMap { row in
            let before = (sum + 0.5).rounded(.down)
            sum += Double(weights[row])
            return [Int](repeating: row, count: Int((sum + 0.5).rounded(.down) - before))
        }
    }

    /// 1 / (features · variance of all cells): the kernel then falls off over the typical distance of two rows.
    private static func scale(_ features: Matrix) -> Double {
        let count = Double(max(1, features.elements.count))
        let mean = features.elements.reduce(0) { $0 + Double($1) } / count
        let variance = features.elements.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
        return variance > 0 ? 1 / (Double(features.columns) * variance) : 1
    }

    /// A fold for each row: the rows of each class, in random order, are dealt out in turn.
    private static func stratifiedFolds(_ labels: [Int32], seed: UInt64) -> [Int] {
        var generator = SeededGenerator(seed: seed, stream: "svm folds")
        var folds = [Int](repeating: 0, count: labels.count)
        var dealt: [Int32: Int] = [:]
        for row in labels.indices.shuffled(using: &generator) {
            folds[row] = dealt[labels[row], default: 0] % Self.folds
            dealt[labels[row], default: 0] += 1
        }
        return folds
    }
}
