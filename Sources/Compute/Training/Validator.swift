/// The loss on rows that are not learned from, computed in chunks that stay in cache.
final class Validator {
    private static let chunk = 256

    private let examples: Examples
    private let loss: any LossFunction
    private let plan: Plan
    private let divisor: Double

    /// Watches the given parameters as they are being trained. Taps are left out: what a student is for is its outputs.
    init(_ graph: Graph, on examples: Examples, loss: any LossFunction, parameters: ParameterBuffer) {
        self.examples = examples
        self.loss = loss
        plan = Plan(
            graph.withoutTaps(), capacity: max(1, min(Self.chunk, examples.count)), parameters: parameters,
            purpose: .validation)
        let total = examples.totalWeight
        divisor = total > 0 ? total : 1
    }

    /// The loss with the parameters as they are now; 0 without rows.
    func currentLoss() -> Double {
        examples.features.elements.withUnsafeBufferPointer { features in
            examples.weights.withUnsafeBufferPointer { weights in
                var sum = 0.0
                for start in stride(from: 0, to: examples.count, by: plan.capacity) {
                    let rows = min(plan.capacity, examples.count - start)
                    sum += loss(
                        rows: rows, from: start, features: features.baseAddress.unsafelyUnwrapped,
                        weights: weights.baseAddress.unsafelyUnwrapped)
                }
                return sum
            }
        }
    }

    private func loss(
        rows: Int, from start: Int, features: UnsafePointer<Float>, weights: UnsafePointer<Float>
    ) -> Double {
        plan.forward(rows: rows, of: features + start * examples.features.columns)
        func evaluate(
            _ softTargets: UnsafePointer<Float>?, _ labels: UnsafePointer<Int32>?, _ values: UnsafePointer<Float>?
        ) -> Double {
            let positions = examples.positions
            var batch = LossBatch(
                rows: rows * positions, width: plan.outputWidth / positions, outputs: plan.output,
                softTargets: softTargets.map { $0 + start * plan.outputWidth },
                labels: labels.map { $0 + start * positions }, values: values.map { $0 + start * plan.outputWidth },
                weights: weights + start * positions, divisor: divisor)
            return examples.withListedTargets { listed in
                batch.listed = listed?.from(start * positions)
                return withOptionalPointer(examples.taughtWeights) { taught in
                    withOptionalPointer(examples.lengths) { lengths in
                        batch.taughtWeights = taught.map { $0 + start * positions }
                        (batch.positions, batch.lengths) = (positions, lengths.map { $0 + start })
                        return loss.evaluate(batch, gradient: nil)
                    }
                }
            }
        }
        return withOptionalPointer(examples.softTargets?.matrix?.elements) { softTargets in
            withOptionalPointer(examples.labels) { labels in
                withOptionalPointer(examples.values?.elements) { evaluate(softTargets, labels, $0) }
            }
        }
    }
}

extension Examples {
    /// Calls the body with the classes that the teacher told of all rows, or with nil where it told all or nothing.
    fileprivate func withListedTargets<Result>(_ body: (ListedTargets?) -> Result) -> Result {
        guard let (classes, tails) = softTargets?.listed else { return body(nil) }
        return withOptionalPointer(classes.offsets) { offsets in
            withOptionalPointer(classes.ids) { ids in
                withOptionalPointer(classes.values) { values in
                    withOptionalPointer(tails) { tails in
                        guard let offsets, let ids, let values else { return body(nil) }
                        return body(ListedTargets(offsets: offsets, ids: ids, values: values, tails: tails))
                    }
                }
            }
        }
    }
}

/// Calls the body with the array's address, or with nil where there is no array.
private func withOptionalPointer<Element, Result>(
    _ array: [Element]?, _ body: (UnsafePointer<Element>?) -> Result
) -> Result {
    guard let array else { return body(nil) }
    return array.withUnsafeBufferPointer { body($0.baseAddress) }
}
