import Attar
import Compute
import Foundation
import Testing

/// A student's loss where only some classes of its teacher's answers are known; golden values by `Golden/make_listed_losses.py`.
@Suite struct ListedLossTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            let name: String
            let ids: [[Int32]]
            let values: [[Float]]
            let tails: [Float]
            let value: Double
            let gradient: [Double]
        }

        let width: Int
        let outputs: [Float]
        let weights: [Float]
        let cases: [Case]
    }

    /// The loss of a golden case and its gradient; `known` says how much each row counts for the teacher, nil for as much as it weighs.
    private static func evaluate(
        _ loss: DistillationLoss, _ golden: Golden, _ example: Golden.Case, labels: [Int32]? = nil,
        known: [Float]? = nil
    ) -> (value: Double, gradient: [Float]) {
        let classes = Ragged(zip(example.ids, example.values).map { zip($0, $1).map { (id: $0, value: $1) } })
        var gradient = [Float](repeating: .nan, count: golden.outputs.count)
        let value = golden.outputs.withUnsafeBufferPointer { outputs in
            golden.weights.withUnsafeBufferPointer { weights in
                classes.offsets.withUnsafeBufferPointer { offsets in
                    classes.ids.withUnsafeBufferPointer { ids in
                        classes.values.withUnsafeBufferPointer { values in
                            example.tails.withUnsafeBufferPointer { tails in
                                (labels ?? []).withUnsafeBufferPointer { labels in
                                    (known ?? []).withUnsafeBufferPointer { known in
                                        var batch = LossBatch(
                                            rows: golden.weights.count, width: golden.width,
                                            outputs: outputs.baseAddress.unsafelyUnwrapped,
                                            labels: labels.isEmpty ? nil : labels.baseAddress,
                                            weights: weights.baseAddress.unsafelyUnwrapped,
                                            divisor: golden.weights.reduce(0) { $0 + Double($1) })
                                        batch.listed = ListedTargets(
                                            offsets: offsets.baseAddress.unsafelyUnwrapped,
                                            ids: ids.baseAddress.unsafelyUnwrapped,
                                            values: values.baseAddress.unsafelyUnwrapped,
                                            tails: example.name == "sparse" ? tails.baseAddress : nil)
                                        batch.taughtWeights = known.isEmpty ? nil : known.baseAddress
                                        return loss.evaluate(batch, gradient: &gradient)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return (value, gradient)
    }

    @Test("The loss on some classes, and its gradient, are NumPy's", arguments: [0, 1])
    func goldenValues(index: Int) throws {
        let golden: Golden = try golden("listed-losses.json")
        let example = golden.cases[index]
        let (value, gradient) = Self.evaluate(DistillationLoss([.init(.kullbackLeibler)]), golden, example)
        #expect(abs(value - example.value) < 1e-6)
        for (one, other) in zip(gradient, example.gradient) { #expect(abs(Double(one) - other) < 1e-6) }
    }

    @Test("Labels and some classes add up, and rows that the teacher does not know have their label alone")
    func addsToLabels() throws {
        let golden: Golden = try golden("listed-losses.json")
        let (labels, known) = ([3, 0, -1, 8, 2] as [Int32], [1, 0, 0.5, 0, 3] as [Float])
        let blend = DistillationLoss([.init(.crossEntropy, weight: 0.25), .init(.topClasses, weight: 0.75)])
        let both = Self.evaluate(blend, golden, golden.cases[0], labels: labels, known: known)
        let label = Self.evaluate(DistillationLoss([.init(.crossEntropy)]), golden, golden.cases[0], labels: labels)
        let teacher = Self.evaluate(
            DistillationLoss([.init(.kullbackLeibler)]), golden, golden.cases[0], known: known)
        #expect(abs(both.value - (0.25 * label.value + 0.75 * teacher.value)) < 1e-7)
        for index in both.gradient.indices {
            let sum = 0.25 * label.gradient[index] + 0.75 * teacher.gradient[index]
            #expect(abs(both.gradient[index] - sum) < 1e-7)
        }
        // Row 1 is unknown: its gradient is the label's.
        #expect(teacher.gradient[golden.width..<2 * golden.width].allSatisfy { $0 == 0 })
    }

    @Test("A loss that needs every class, or a temperature, says that lists are not for it")
    func tellsWhatItReads() {
        #expect(DistillationLoss([.init(.crossEntropy), .init(.topClasses)]).readsLists)
        #expect(!DistillationLoss([.init(.reverseKullbackLeibler)]).readsLists)
        #expect(!DistillationLoss([.init(.kullbackLeibler, temperature: 4)]).readsLists)
    }
}
