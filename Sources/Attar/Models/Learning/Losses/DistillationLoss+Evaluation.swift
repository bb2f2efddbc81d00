internal import CKernels
public import Compute

extension DistillationLoss: LossFunction {
    /// All terms but the correlation of a class's probabilities over the batch.
    public var isSumOverRows: Bool { !terms.contains { $0.kind == .intraClass } }

    /// The terms' weighted sum over the batch divided by its divisor, and its gradient.
    ///
    /// Allocates nothing for rows of up to 200 outputs. Results are not finite where an output is not, so that a diverging
    /// training run shows.
    public func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
        var buffers = attar_loss_batch(
            rows: batch.rows, width: batch.width, outputs: batch.outputs, soft: batch.softTargets,
            labels: batch.labels, values: batch.values, weights: batch.weights)
        // What compares with the teacher leaves out the rows that it did not answer.
        var answered = buffers
        if let taught = batch.taughtWeights { answered.weights = taught }
        // Cross-entropy and T²·KL at one temperature share one pass, which also starts the gradient.
        var label = 0.0
        var teacher = 0.0
        var temperature = 1.0
        for term in terms {
            if term.kind == .crossEntropy {
                label += term.weight
            } else if term.kind == .kullbackLeibler, teacher == 0 || temperature == term.temperature {
                teacher += term.weight
                temperature = term.temperature
            }
        }
        let share = batch.divisor > 0 ? 1 / batch.divisor : 0
        var value = 0.0
        if label != 0 || teacher != 0 {
            value = attar_loss_fused_by(
                &buffers, answered.weights, label * share, teacher * share, temperature, gradient)
        } else {
            gradient?.update(repeating: 0, count: batch.rows * batch.width)
        }
        if let listed = batch.listed {
            precondition(readsLists, "\(terms.map(\.kind.rawValue)) need all of the teacher's answers")
            var targets = attar_listed(
                offsets: listed.offsets, ids: listed.ids, values: listed.values, tails: listed.tails)
            let weight = terms.reduce(0) { $1.kind.isOnLabels ? $0 : $0 + $1.weight }
            if weight != 0 { value += attar_loss_listed(&answered, &targets, weight * share, gradient) }
        }
        for term in terms where term.weight != 0 && term.kind != .crossEntropy {
            if batch.listed != nil, !term.kind.isOnLabels { continue }
            if term.kind == .kullbackLeibler, term.temperature == temperature { continue }
            guard let traits = term.kind.traits, let function = traits.function else {
                preconditionFailure("there is no loss term '\(term.kind.rawValue)'; validate(for:) reports it")
            }
            var side = term.kind.isOnLabels ? buffers : answered
            value += function(
                &side, term.weight * share, term.temperature, term.parameter ?? traits.fallback, gradient)
        }
        return value
    }

    /// Whether the loss can do with some classes of the teacher's answers (`SoftTargets.sparse`, `.sampled`): its terms on the teacher are
    /// `kullbackLeibler`, `topClasses` or `softCrossEntropy` at temperature 1, which all become the loss that `SoftTargets` tells.
    public var readsLists: Bool {
        terms.allSatisfy { term in
            let kind = term.kind
            let isRead = kind == .kullbackLeibler || kind == .topClasses || kind == .softCrossEntropy
            return kind.isOnLabels || isRead && term.temperature == 1
        }
    }

    /// The loss of whole matrices, for tests and evaluation: the mean over the rows by weight.
    ///
    /// - Parameters:
    ///   - outputs: the student's logits or values, (rows, width).
    ///   - softTargets: the teacher's, (rows, width).
    ///   - labels: each row's class, −1 where unknown; empty for none.
    ///   - values: (rows, width), NaN where unknown.
    ///   - weights: one a row; nil weighs all rows the same.
    public func value(
        outputs: Matrix, softTargets: Matrix? = nil, labels: [Int32] = [], values: Matrix? = nil,
        weights: [Float]? = nil
    ) -> Double {
        let weights = weights ?? [Float](repeating: 1, count: outputs.rows)
        return evaluate(outputs, softTargets, labels, values, weights, gradient: nil)
    }

    /// The gradient of `value(…)` by the outputs, (rows, width).
    public func gradient(
        outputs: Matrix, softTargets: Matrix? = nil, labels: [Int32] = [], values: Matrix? = nil,
        weights: [Float]? = nil
    ) -> Matrix {
        let weights = weights ?? [Float](repeating: 1, count: outputs.rows)
        var gradient = Matrix(rows: outputs.rows, columns: outputs.columns)
        _ = evaluate(
            outputs: outputs, softTargets: softTargets, labels: labels, values: values, weights: weights,
            gradient: &gradient)
        return gradient
    }

    /// `value(…)` and `gradient(…)` in one pass; the gradient has the outputs' shape and is overwritten.
    package func evaluate(
        outputs: Matrix, softTargets: Matrix?, labels: [Int32], values: Matrix?, weights: [Float],
        taughtWeights: [Float]? = nil, gradient: inout Matrix
    ) -> Double {
        precondition(gradient.rows == outputs.rows && gradient.columns == outputs.columns, "a gradient for each output")
        return gradient.elements.withUnsafeMutableBufferPointer { buffer in
            evaluate(outputs, softTargets, labels, values, weights, taughtWeights, gradient: buffer.baseAddress)
        }
    }

    private func evaluate(
        _ outputs: Matrix, _ softTargets: Matrix?, _ labels: [Int32], _ values: Matrix?, _ weights: [Float],
        _ taughtWeights: [Float]? = nil, gradient: UnsafeMutablePointer<Float>?
    ) -> Double {
        let fits = { (other: Matrix?) in
            other.map { $0.rows == outputs.rows && $0.columns == outputs.columns } ?? true
        }
        precondition(fits(softTargets) && fits(values), "targets have the outputs' shape")
        precondition(labels.isEmpty || labels.count == outputs.rows, "one label a row")
        precondition(labels.allSatisfy { $0 < outputs.columns }, "labels are indices into the outputs")
        precondition(weights.count == outputs.rows, "one weight a row")
        guard outputs.rows > 0 else { return 0 }
        return outputs.elements.withUnsafeBufferPointer { out in
            softTargets.withElements { soft in
                labels.withUnsafeBufferPointer { label in
                    values.withElements { value in
                        weights.withUnsafeBufferPointer { weight in
                            guard let base = out.baseAddress, let weightBase = weight.baseAddress else { return 0 }
                            var batch = LossBatch(
                                rows: outputs.rows, width: outputs.columns, outputs: base, softTargets: soft,
                                labels: labels.isEmpty ? nil : label.baseAddress, values: value, weights: weightBase,
                                divisor: weights.reduce(into: 0.0) { $0 += Double($1) })
                            guard let taughtWeights else { return evaluate(batch, gradient: gradient) }
                            return taughtWeights.withUnsafeBufferPointer { taught in
                                batch.taughtWeights = taught.baseAddress
                                return evaluate(batch, gradient: gradient)
                            }
                        }
                    }
                }
            }
        }
    }
}

extension Matrix? {
    /// The elements' address during the call, nil where there is no matrix.
    fileprivate func withElements<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
        guard let self else { return body(nil) }
        return self.elements.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
