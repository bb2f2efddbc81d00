import CKernels
import Compute
import Testing

/// The losses to teachers of which few classes are known, beside plain versions in double precision.
@Suite struct ListedLossTests {
    /// Rows of logits with what is known of the teacher, as the kernel takes them.
    private struct Rows {
        var width: Int
        var outputs: [Float]
        var classes: Ragged
        var tails: [Float]?
        var weights: [Float]

        var count: Int { weights.count }

        /// The kernel's value and gradient, on top of a gradient of ones.
        func evaluated(factor: Double) -> (value: Double, gradient: [Float]) {
            var gradient = [Float](repeating: 1, count: outputs.count)
            var batch = attar_loss_batch()
            (batch.rows, batch.width) = (count, width)
            let value = outputs.withUnsafeBufferPointer { outputs in
                weights.withUnsafeBufferPointer { weights in
                    (batch.outputs, batch.weights) = (outputs.baseAddress, weights.baseAddress)
                    return classes.offsets.withUnsafeBufferPointer { offsets in
                        classes.ids.withUnsafeBufferPointer { ids in
                            classes.values.withUnsafeBufferPointer { values in
                                (tails ?? []).withUnsafeBufferPointer { all in
                                    var listed = attar_listed(
                                        offsets: offsets.baseAddress, ids: ids.baseAddress, values: values.baseAddress,
                                        tails: tails == nil ? nil : all.baseAddress)
                                    return attar_loss_listed(&batch, &listed, factor, &gradient)
                                }
                            }
                        }
                    }
                }
            }
            return (value, gradient.map { $0 - 1 })
        }

        /// The plain version for one row's logits.
        func reference(_ row: Int, _ z: [Double]) -> Double {
            let entries = classes.entries(of: row).map { (Int(classes.ids[$0]), Double(classes.values[$0])) }
            guard let tails else { return Reference.sampledCrossEntropy(z, entries.map { (id: $0, weight: $1) }) }
            return Reference.sparseDivergence(z, entries.map { (id: $0, share: $1) }, tail: Double(tails[row]))
        }

        func logits(of row: Int) -> [Double] { outputs[row * width..<(row + 1) * width].map(Double.init) }
    }

    /// Random rows; `drawn` says whether their classes were drawn, perhaps several times, or are the likeliest.
    private static func rows(width: Int, drawn: Bool, seed: UInt64, spread: Float = 2) -> Rows {
        var generator = SeededGenerator(seed: seed)
        let count = 9
        var (lists, tails): ([[(id: Int32, value: Float)]], [Float]) = ([], [])
        for row in 0..<count {
            // From none to all of the classes.
            let listed = [0, width][exactly: row] ?? Int.random(in: 1...width, using: &generator)
            let ids = Array((0..<Int32(width)).shuffled(using: &generator).prefix(listed))
            let numbers = ids.map { _ in generator.uniform() }
            let tail = listed == width ? 0 : generator.uniform() + 0.01
            let sum = numbers.reduce(tail, +)
            lists.append(
                drawn
                    ? zip(ids + ids.prefix(2), numbers + numbers.prefix(2)).map { (id: $0, value: $1) }
                    : zip(ids, numbers).sorted { $0.0 < $1.0 }.map { (id: $0, value: $1 / sum) })
            tails.append(tail / sum)
        }
        return Rows(
            width: width, outputs: (0..<count * width).map { _ in spread * generator.normal() }, classes: Ragged(lists),
            tails: drawn ? nil : tails, weights: (0..<count).map { Float($0 % 4) })
    }

    @Test(
        "Value and gradient are those of the plain version and its finite differences, from no listed class to all",
        arguments: [1, 2, 5, 16, 70], [false, true])
    func followsReference(width: Int, drawn: Bool) {
        for seed in 1...4 as ClosedRange<UInt64> {
            let rows = Self.rows(width: width, drawn: drawn, seed: seed)
            let (value, gradient) = rows.evaluated(factor: 0.7)
            var expected = 0.0
            for row in 0..<rows.count {
                let (z, counts) = (rows.logits(of: row), 0.7 * Double(rows.weights[row]))
                expected += counts * rows.reference(row, z)
                for column in 0..<width {
                    var (above, below) = (z, z)
                    above[column] += 1e-4
                    below[column] -= 1e-4
                    let slope = counts * (rows.reference(row, above) - rows.reference(row, below)) / 2e-4
                    // A float's precision on top of the gradient of 1, and on masses that sum to a few.
                    #expect(abs(Double(gradient[row * width + column]) - slope) < 3e-6 * (1 + abs(slope)) + 1e-5)
                }
            }
            #expect(abs(value - expected) < 3e-6 * (1 + abs(expected)))
        }
    }

    @Test("With sure students the bucket's logarithm stays finite and right")
    func staysFinite() {
        var rows = Self.rows(width: 40, drawn: false, seed: 3, spread: 30)
        rows.weights = [Float](repeating: 1, count: rows.count)
        let (value, gradient) = rows.evaluated(factor: 1)
        let expected = (0..<rows.count).reduce(0) { $0 + rows.reference($1, rows.logits(of: $1)) }
        #expect(abs(value - expected) < 1e-5 * expected)
        #expect(gradient.allSatisfy { $0.isFinite })
    }

    @Test(
        "The likeliest classes and a tail give the dense loss of those classes at temperature 1", arguments: [1, 3, 8])
    func equalsDense(known: Int) {
        let width = 20
        var generator = SeededGenerator(seed: 8)
        let teacher = (0..<6 * width).map { _ in 2 * generator.normal() }
        var (lists, tails): ([[(id: Int32, value: Float)]], [Float]) = ([], [])
        for row in 0..<6 {
            let logits = teacher[row * width..<(row + 1) * width].map(Double.init)
            let exponentials = logits.map(exponential)
            let shares = exponentials.map { $0 / exponentials.reduce(0, +) }
            let best = shares.indices.sorted { shares[$0] > shares[$1] }.prefix(known).sorted()
            lists.append(best.map { (id: Int32($0), value: Float(shares[$0])) })
            tails.append(Float(shares.indices.filter { !best.contains($0) }.reduce(0) { $0 + shares[$1] }))
        }
        let rows = Rows(
            width: width, outputs: (0..<6 * width).map { _ in generator.normal() }, classes: Ragged(lists),
            tails: tails, weights: [1, 2, 0, 1, 3, 1])
        let sparse = rows.evaluated(factor: 0.5)
        let dense = Self.dense(rows, teacher: teacher) { attar_loss_top_classes($0, 0.5, 1, Double(known), $1) }
        #expect(abs(sparse.value - dense.value) < 1e-6 * (1 + abs(dense.value)))
        for (one, other) in zip(sparse.gradient, dense.gradient) { #expect(abs(one - other) < 1e-6) }
    }

    @Test("Drawn classes expect the cross-entropy with all, and its gradient, whatever they are drawn by")
    func expectsDense() {
        let width = 7
        var generator = SeededGenerator(seed: 4)
        let teacher = (0..<width).map { _ in generator.normal() }
        let outputs = (0..<width).map { _ in generator.normal() }
        let exponentials = teacher.map { exponential(Double($0)) }
        let shares = exponentials.map { $0 / exponentials.reduce(0, +) }
        let proposals = (0..<width).map { Double($0 + 1) / Double(width * (width + 1) / 2) }
        // The expectation over one draw, class by class.
        var (value, gradient) = (0.0, [Double](repeating: 0, count: width))
        for id in 0..<width {
            let weight = shares[id] / proposals[id]
            let rows = Rows(
                width: width, outputs: outputs, classes: Ragged([[(id: Int32(id), value: Float(weight))]]), tails: nil,
                weights: [1])
            let one = rows.evaluated(factor: 1)
            value += proposals[id] * one.value
            for column in 0..<width { gradient[column] += proposals[id] * Double(one.gradient[column]) }
        }
        let rows = Rows(
            width: width, outputs: outputs, classes: Ragged([[]]), tails: nil, weights: [1])
        let dense = Self.dense(rows, teacher: teacher) { attar_loss_soft_cross_entropy($0, 1, 1, 0, $1) }
        #expect(abs(value - dense.value) < 1e-6)
        for (one, other) in zip(gradient, dense.gradient) { #expect(abs(one - Double(other)) < 1e-6) }
    }

    /// A dense loss of the same rows, to a teacher whose logits are all known.
    private static func dense(
        _ rows: Rows, teacher: [Float],
        _ loss: (UnsafePointer<attar_loss_batch>, UnsafeMutablePointer<Float>) -> Double
    ) -> (value: Double, gradient: [Float]) {
        var gradient = [Float](repeating: 0, count: rows.outputs.count)
        var batch = attar_loss_batch()
        (batch.rows, batch.width) = (rows.count, rows.width)
        let value = rows.outputs.withUnsafeBufferPointer { outputs in
            rows.weights.withUnsafeBufferPointer { weights in
                teacher.withUnsafeBufferPointer { teacher in
                    (batch.outputs, batch.weights) = (outputs.baseAddress, weights.baseAddress)
                    batch.soft = teacher.baseAddress
                    return gradient.withUnsafeMutableBufferPointer { loss(&batch, $0.baseAddress.unsafelyUnwrapped) }
                }
            }
        }
        return (value, gradient)
    }
}

extension [Int] {
    /// The element at a place, nil beyond the last.
    fileprivate subscript(exactly place: Int) -> Int? { indices.contains(place) ? self[place] : nil }
}
