import Attar
import Compute
import Testing

struct TreeEnsembleTests {
    /// Two trees: one split on feature 1 at .5 with leaves −1 and 2, then a split on feature 0 whose right side splits again.
    private func small() throws -> TreeEnsemble {
        try TreeEnsemble(
            width: 2, baseScores: [10, 20], treeOutputs: [0, 1], features: [1, -1, -1, 0, -1, 1, -1, -1],
            values: [0.5, -1, 2, 0, 3, 7, 4, 5])
    }

    @Test func `A row goes left below the threshold and right from it on`() throws {
        let rows = Matrix(rows: 4, columns: 2, elements: [-1, 0.4999, -1, 0.5, 0, 6, 0, 7])
        #expect(try small().margins(for: rows).elements == [9, 23, 12, 23, 12, 24, 12, 25])
    }

    @Test func `One row alone gives the same bits as in a batch, and a batch the same as a walk by hand`() throws {
        let ensemble = try random(trees: 37, width: 5, outputs: 3, depth: 7)
        var generator = SeededGenerator(seed: 3)
        // More rows than a block of the kernel, and a remainder below its lanes.
        let rows = Matrix(rows: 141, columns: 5, elements: (0..<141 * 5).map { _ in generator.uniform() })
        let margins = ensemble.margins(for: rows)
        #expect(margins == walk(ensemble, rows))
        for row in 0..<rows.rows {
            var alone = [Float](repeating: 0, count: 3)
            var place = alone.mutableSpan
            ensemble.score(Array(rows.row(row)).span, into: &place)
            #expect(alone == Array(margins.row(row)))
        }
    }

    @Test func `Numbers that are none end in some leaf`() throws {
        let ensemble = try random(trees: 9, width: 5, outputs: 1, depth: 6)
        let rows = Matrix(rows: 9, columns: 5, elements: (0..<45).map { [.nan, .infinity, -.infinity][$0 % 3] })
        #expect(ensemble.margins(for: rows).elements.allSatisfy { $0.isFinite })
    }

    @Test func `No rows give no margins, and no trees the base scores`() throws {
        #expect(try small().margins(for: Matrix(rows: 0, columns: 2)).rows == 0)
        let bare = try TreeEnsemble(width: 1, baseScores: [4], treeOutputs: [], features: [], values: [])
        #expect(bare.margins(for: Matrix(rows: 1, columns: 1)).elements == [4])
    }

    @Test(
        arguments: [
            ("a feature beyond the width", [2, -1, -1], [0, 1, 2], [0]),
            ("a tree that ends early", [0, -1], [0, 1], [0]),
            ("more trees than outputs are named for", [-1, -1], [1, 2], [0]),
            ("an output beyond the last", [-1], [1], [1]),
            ("a negative output", [-1], [1], [-1]),
            ("a feature below a leaf's mark", [-2, -1, -1], [0, 1, 2], [0]),
            ("a threshold that is no number", [0, -1, -1], [.nan, 1, 2], [0]),
            ("an infinite leaf", [-1], [.infinity], [0]),
            ("lists of different lengths", [-1], [1, 2], [0]),
        ] as [(String, [Int32], [Float], [Int32])])
    func `Inconsistent trees are refused`(_ fault: String, features: [Int32], values: [Float], outputs: [Int32]) {
        let error = #expect(throws: AttarError.self, "\(fault)") {
            try TreeEnsemble(width: 2, baseScores: [0], treeOutputs: outputs, features: features, values: values)
        }
        #expect(error?.code == .malformedArtifact)
    }

    /// The definition, node by node.
    private func walk(_ ensemble: TreeEnsemble, _ rows: Matrix) -> Matrix {
        let (features, values) = ensemble.breadthFirstNodes()
        var margins = Matrix(rows: rows.rows, columns: ensemble.outputs)
        for row in 0..<rows.rows {
            for output in 0..<ensemble.outputs { margins[row, output] = ensemble.baseScores[output] }
            for (tree, root) in ensemble.roots.enumerated() {
                var node = Int(root)
                while features[node] >= 0 {
                    let earlier = features[Int(root)..<node].count { $0 >= 0 }
                    let right = !(rows[row, Int(features[node])] < values[node])
                    node = Int(root) + 2 * earlier + (right ? 2 : 1)
                }
                margins[row, Int(ensemble.treeOutputs[tree])] += values[node]
            }
        }
        return margins
    }
}

/// Trees of random shape with thresholds in [0, 1).
func random(trees: Int, width: Int, outputs: Int, depth: Int, seed: UInt64 = 1) throws -> TreeEnsemble {
    var generator = SeededGenerator(seed: seed, stream: "trees")
    var features: [Int32] = []
    var values: [Float] = []
    for _ in 0..<trees {
        var level = 1
        for _ in 0..<depth where level > 0 {
            var children = 0
            for _ in 0..<level {
                let splits = generator.uniform() < 0.7
                features.append(splits ? Int32(generator.index(below: width)) : -1)
                values.append(generator.uniform())
                if splits { children += 2 }
            }
            level = children
        }
        features += [Int32](repeating: -1, count: level)
        values += (0..<level).map { _ in generator.uniform() }
    }
    return try TreeEnsemble(
        width: width, baseScores: [Float](repeating: 0.5, count: outputs),
        treeOutputs: (0..<trees).map { Int32($0 % outputs) }, features: features, values: values)
}
