internal import Compute

/// How to fit a linear model: any loss by full-batch L-BFGS, squared errors in closed form.
///
/// Minimises the loss plus half of `l2` times the sum of the squared weights; the bias is free. Values are standardised
/// while fitting, so that `l2` and the loss's parameters do not depend on their unit.
public struct LinearEstimator: OptionedEstimator, Hashable {
    public static let family = Family.linear

    /// The strength of the pull of all weights towards 0; 0 or more. For bags of tokens, whose rows have length 1, a hundredth of it counts.
    public var l2 = 1e-3

    /// The default settings.
    public init() {}

    package static let options: [ModelOption<LinearEstimator>] = [
        ModelOption("l2", \.l2, .from(0), help: "pull of the weights towards 0")
    ]

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        try context.loss.validate(for: transferSet.task.form)
        // Refuses sets that have nothing to teach.
        _ = try LearnableRows.required(transferSet, labelShare: context.loss.labelShare)
        // The solution in closed form takes one step, and can only be stopped before it.
        try report(
            RunProgress(phase: "training linear", completed: 0, total: nil, unit: "steps"), to: context.progress)
        if transferSet.task.form == .probabilities {
            let solution = try descended(
                transferSet, softTargets: transferSet.softTargets, values: nil, context: context)
            return model(solution, transferSet)
        }
        let scaling = TargetScaling(of: transferSet)
        let soft = transferSet.softTargets.map(scaling.scaled)
        let values = scaling.scaled(transferSet.valuesOfEachRow)
        let isDense = !transferSet.encoder.holdsIDs
        var solution =
            context.loss.isSquaredError && isDense
            ? ridge(transferSet, softTargets: soft, values: values, loss: context.loss)
            : try descended(transferSet, softTargets: soft, values: values, context: context)
        let bias = solution.bias
        for (index, part) in solution.parts.enumerated() {
            // (inputs, outputs), as bags have them anyway.
            let isBag = index > 0 || transferSet.encoder.readsTokens
            let byInputs = isBag ? part : part.transposed()
            let unscaled = scaling.unscaling(weight: byInputs.elements, bias: bias)
            let weights = Matrix(rows: byInputs.rows, columns: byInputs.columns, elements: unscaled.weight)
            solution.parts[index] = isBag ? weights : weights.transposed()
            solution.bias = unscaled.bias
        }
        return model(solution, transferSet)
    }

    private func model(_ solution: Solution, _ transferSet: TransferSet) -> LinearModel {
        LinearModel(
            task: transferSet.task, encoder: transferSet.encoder, weights: solution.parts[0],
            bags: Array(solution.parts.dropFirst()), bias: solution.bias)
    }

    /// Weights and bias.
    struct Solution {
        /// One of each part of the rows, in the shapes of `LinearRows`: (task.width, features), or of bags (vocabulary, task.width).
        var parts: [Matrix]
        var bias: [Float]
    }

    /// The minimum of the loss plus penalty by L-BFGS.
    private func descended(
        _ set: TransferSet, softTargets: Matrix?, values: Matrix?, context: FittingContext
    ) throws -> Solution {
        let width = set.task.width
        let parts = LinearRows.parts(set.features, readBy: set.encoder)
        let shapes = parts.map { $0.shape(outputs: width) }
        let starts = shapes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.rows * $1.columns) }
        let count = starts[parts.count]
        func unpacked(_ position: [Float]) -> Solution {
            Solution(
                parts: shapes.enumerated().map { index, shape in
                    Matrix(
                        rows: shape.rows, columns: shape.columns,
                        elements: Array(position[starts[index]..<starts[index + 1]]))
                }, bias: Array(position[count...]))
        }
        // Not quite 0: some losses are flat where all classes are alike.
        var generator = SeededGenerator(seed: context.seed, stream: "linear")
        let start = (0..<count + width).map { $0 < count ? 1e-3 * generator.normal() : 0 }
        let optimiser = LBFGS()
        var byOutputs = Matrix(rows: set.count, columns: width)
        let found = try optimiser.minimum(from: start) { step, value in
            try report(
                RunProgress(
                    phase: "training linear", completed: step, total: optimiser.maximumIterations, unit: "steps",
                    loss: value), to: context.progress)
        } evaluate: { position, gradient in
            let outputs = LinearRows.scores(parts, unpacked(position))
            var value = context.loss.evaluate(
                outputs: outputs, softTargets: softTargets, labels: set.labelOfEachRow, values: values,
                weights: set.weights, taughtWeights: set.taughtWeights, gradient: &byOutputs)
            let transposed = byOutputs.transposed()
            for (part, start) in zip(parts, starts) {
                let l2 = part.isBag ? self.l2 / 100 : self.l2
                for (offset, slope) in part.slopes(byOutputs).enumerated() {
                    let index = start + offset
                    gradient[index] = slope + Float(l2) * position[index]
                    value += 0.5 * l2 * Double(position[index]) * Double(position[index])
                }
            }
            for output in 0..<width {
                gradient[count + output] = transposed.row(output).reduce(0, +)
            }
            return value
        }
        guard found.value.isFinite else {
            throw AttarError(
                .diverged, "training linear diverged: its loss is \(found.value)",
                remedy: "Look for features or targets of enormous size")
        }
        return unpacked(found.position)
    }

    /// The minimum of a sum of squared errors, output by output.
    private func ridge(
        _ set: TransferSet, softTargets: Matrix?, values: Matrix, loss: DistillationLoss
    ) -> Solution {
        let (width, inputs) = (set.task.width, set.features.columns)
        var (slopesOfAll, bias) = (Matrix(rows: width, columns: inputs), [Float](repeating: 0, count: width))
        for output in 0..<width {
            // On one output, a·(s − y)² + b·(s − t)² is (a + b)·(s − blend)² and a constant.
            var targets = [Float](repeating: 0, count: set.count)
            var weights = [Float](repeating: 0, count: set.count)
            for row in 0..<set.count {
                let value = values[row, output]
                let label = value.isNaN ? 0 : loss.weight(of: .squaredError)
                let teacher = set.isTaught(row) ? loss.weight(of: .teacherSquaredError) : 0
                guard label + teacher > 0 else { continue }
                let blend =
                    label * Double(value.isNaN ? 0 : value) + teacher * Double(softTargets?[row, output] ?? 0)
                targets[row] = Float(blend / (label + teacher))
                weights[row] = set.weights[row] * Float(label + teacher)
            }
            let own = Self.ridge(set.features, targets, weights: weights, penalty: l2 / 2)
            for column in 0..<inputs { slopesOfAll[output, column] = own.slopes[column] }
            bias[output] = own.bias
        }
        return Solution(parts: [slopesOfAll], bias: bias)
    }

    /// Rows whose products are summed up at a time.
    private static let rowsAtATime = 8_192

    /// Slopes and bias that minimise Σ w·(x·slopes + bias − y)² / Σ w + penalty·Σ slopes².
    private static func ridge(
        _ features: Matrix, _ targets: [Float], weights: [Float], penalty: Double
    ) -> (slopes: [Float], bias: Float) {
        let total = weights.reduce(into: 0.0) { $0 += Double($1) }
        guard total > 0 else { return ([Float](repeating: 0, count: features.columns), 0) }
        var means = [Double](repeating: 0, count: features.columns)
        var targetMean = 0.0
        for row in 0..<features.rows {
            let share = Double(weights[row]) / total
            targetMean += share * Double(targets[row])
            for column in means.indices { means[column] += share * Double(features[row, column]) }
        }
        // Rows scaled by √(w / Σ w), centred, the target beside them, so that one product gives all sums; some at a time, so that the table is not copied.
        let (width, values) = (features.columns, features.elements)
        let side = width + 1
        var sums = [Double](repeating: 0, count: side * side)
        for first in stride(from: 0, to: features.rows, by: Self.rowsAtATime) {
            let count = min(Self.rowsAtATime, features.rows - first)
            var block = [Float](repeating: 0, count: count * side)
            for row in 0..<count {
                let root = (Double(weights[first + row]) / total).squareRoot()
                for column in 0..<width {
                    let value = Double(values[(first + row) * width + column])
                    block[row * side + column] = Float(root * (value - means[column]))
                }
                block[row * side + width] = Float(root * (Double(targets[first + row]) - targetMean))
            }
            var product = [Float](repeating: 0, count: side * side)
            BLAS.product(
                block, block, into: &product, rows: side, columns: side, inner: count, transposingLeft: true)
            for index in sums.indices { sums[index] += Double(product[index]) }
        }
        var squares = Matrix(rows: width, columns: width)
        var products = Matrix(rows: width, columns: 1)
        for row in 0..<width {
            for column in 0..<width { squares[row, column] = Float(sums[row * side + column]) }
            products[row, 0] = Float(sums[row * side + width])
        }
        let slopes = squares.solvingSymmetric(products, penalty: penalty).elements
        let bias = targetMean - zip(means, slopes).reduce(0) { $0 + $1.0 * Double($1.1) }
        return (slopes, Float(bias))
    }
}

extension DistillationLoss {
    /// Whether all that counts are squared errors, whose minimum has a closed form.
    fileprivate var isSquaredError: Bool {
        terms.allSatisfy { $0.weight == 0 || $0.kind == .squaredError || $0.kind == .teacherSquaredError }
    }

    /// The sum of the weights of the terms of a kind.
    fileprivate func weight(of kind: Term.Kind) -> Double {
        terms.reduce(0) { $0 + ($1.kind == kind ? $1.weight : 0) }
    }
}

extension Family {
    /// Softmax regression and ridge regression.
    public static let linear = Family(
        summary: "softmax or ridge regression on the features",
        estimator: LinearEstimator.self, model: LinearModel.self, reads: [.flat, .bag],
        usualSizes: { $0.readsTokens && $0.columns[0].kind != .text ? [] : ["linear"] })
}
