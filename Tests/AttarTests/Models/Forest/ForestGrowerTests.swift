import Attar
import Compute
import Testing

/// The kernel that grows trees against a plain search of all cuts, and what bounds it.
struct ForestGrowerTests {
    private struct Sample {
        let features: Matrix
        let targets: [Float]
        let weights: [Float]
    }

    /// Rows of numbers of which some are alike, a target that depends on them, and weights.
    private func sample(_ rows: Int, columns: Int = 4, seed: UInt64) -> Sample {
        var generator = SeededGenerator(seed: seed)
        let elements = (0..<rows * columns).map { index in
            index % columns == 1 ? Float(generator.index(below: 5)) : generator.normal()
        }
        let features = Matrix(rows: rows, columns: columns, elements: elements)
        let targets = (0..<rows).map { row in
            features[row, 0] * features[row, 1] + (features[row, 2] > 0.3 ? 2 : 0) + 0.1 * generator.normal()
        }
        return Sample(features: features, targets: targets, weights: (0..<rows).map { _ in 0.5 + generator.uniform() })
    }

    private func grower(
        _ sample: Sample, depth: Int = 30, columns: Int, minimumLeaf: Double = 1, share: Double = 1
    ) -> ForestGrower {
        ForestGrower(
            rows: RangedRows(sample.features), targets: sample.targets, bases: [0], weights: sample.weights,
            depth: depth,
            columns: columns, minimumLeaf: minimumLeaf, share: share, scales: [1])
    }

    /// The same tree by trying every cut between neighbouring values of every column, breadth first.
    private func reference(_ sample: Sample, depth: Int, minimumLeaf: Double) -> ForestGrower.Tree {
        var tree = ForestGrower.Tree()
        var queue: [(rows: [Int], depth: Int)] = [(Array(0..<sample.features.rows), 0)]
        func sums(_ rows: some Sequence<Int>) -> (weight: Double, target: Double) {
            rows.reduce(into: (0.0, 0.0)) { sums, row in
                sums.0 += Double(sample.weights[row])
                sums.1 += Double(sample.weights[row] * sample.targets[row])
            }
        }
        while !queue.isEmpty {
            let (rows, level) = queue.removeFirst()
            let all = sums(rows)
            var best: (score: Double, column: Int, threshold: Float)?
            for column in 0..<sample.features.columns where level < depth {
                let values = Set(rows.map { sample.features[$0, column] }).sorted()
                for (low, high) in zip(values, values.dropFirst()) {
                    let left = sums(rows.filter { sample.features[$0, column] <= low })
                    let right = (weight: all.weight - left.weight, target: all.target - left.target)
                    guard left.weight >= minimumLeaf, right.weight >= minimumLeaf else { continue }
                    let score = left.target * left.target / left.weight + right.target * right.target / right.weight
                    guard score - all.target * all.target / all.weight > 1e-6 else { continue }
                    if score > best?.score ?? 0 { best = (score, column, 0.5 * low + 0.5 * high) }
                }
            }
            guard let best else {
                tree.features.append(-1)
                tree.values.append(Float(all.target / all.weight))
                continue
            }
            tree.features.append(Int32(best.column))
            tree.values.append(best.threshold)
            queue.append((rows.filter { sample.features[$0, best.column] < best.threshold }, level + 1))
            queue.append((rows.filter { sample.features[$0, best.column] >= best.threshold }, level + 1))
        }
        return tree
    }

    @Test(arguments: [30, 3], [1.0, 12.0])
    func `With all columns and rows a tree is the one that a plain search finds`(depth: Int, minimumLeaf: Double) throws
    {
        // Fewer rows than ranges, so that no cut is lost; more than a few, so that both ways of summing up are taken.
        let sample = sample(250, seed: UInt64(depth))
        let tree = grower(sample, depth: depth, columns: 4, minimumLeaf: minimumLeaf).tree(output: 0, seed: 7)
        let expected = reference(sample, depth: depth, minimumLeaf: minimumLeaf)
        #expect(tree.features.count == expected.features.count && tree.features.count > 10)
        // In nodes of a few rows several columns part them alike, of which either may come first: what rows are answered is the same.
        let (own, plain) = (try answers(tree, sample.features), try answers(expected, sample.features))
        #expect(zip(own, plain).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) })
        #expect(minimumLeaf == 1 || tree.features == expected.features)
    }

    private func answers(_ tree: ForestGrower.Tree, _ features: Matrix) throws -> [Float] {
        try TreeEnsemble(
            width: features.columns, baseScores: [0], treeOutputs: [0], features: tree.features, values: tree.values
        ).margins(for: features).elements
    }

    @Test func `A tree has no more leaves than it sees rows, and sees its share of them`() {
        let sample = sample(2_000, seed: 5)
        let grower = grower(sample, columns: 2, minimumLeaf: 1e-6, share: 0.632)
        #expect(grower.drawn == 1_264)
        let nodes = grower.tree(output: 0, seed: 1).features.count
        #expect(nodes <= 2 * 1_264 - 1 && nodes > 2_000, "noise is learned to the last row: \(nodes)")
    }

    @Test func `Columns that are the same in a node's rows are not drawn in the place of others`() throws {
        // One column tells the rows apart; each of the others is 1 in one of the first four, and the same in nearly all nodes.
        let (rows, others) = (250, 100)
        var generator = SeededGenerator(seed: 4)
        var features = Matrix(rows: rows, columns: others + 1)
        for row in 0..<rows { features[row, 0] = Float(row) }
        for column in 1...others { features[column % 4, column] = 1 }
        let targets = (0..<rows).map { _ in generator.normal() }
        let sample = Sample(features: features, targets: targets, weights: [Float](repeating: 1, count: rows))
        let tree = grower(sample, depth: 64, columns: 1).tree(output: 0, seed: 3)
        // Were constant columns drawn, a node would find the one that varies once in a hundred times, and stay a leaf.
        let learned = try answers(tree, features)
        #expect(zip(learned, targets).allSatisfy { abs($0 - $1) < 2e-3 })
    }

    @Test func `Trees of other seeds see other rows and columns`() {
        let sample = sample(300, seed: 2)
        let grower = grower(sample, columns: 1, share: 0.632)
        let first = grower.tree(output: 0, seed: 1)
        #expect(first.values == grower.tree(output: 0, seed: 1).values)
        #expect(first.values != grower.tree(output: 0, seed: 2).values)
    }
}
