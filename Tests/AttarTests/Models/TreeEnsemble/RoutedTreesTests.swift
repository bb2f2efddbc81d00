import Attar
import Compute
import Testing

struct RoutedTreesTests {
    /// A tree of random shape over `width` features, of which those with odd numbers are categories where asked for.
    private func tree(_ generator: inout SeededGenerator, width: Int, depth: Int, categories: Bool, zeros: Bool)
        -> TreeTable
    {
        var nodes: [TreeTable.Node] = []
        func grow(_ depth: Int) -> Int {
            let place = nodes.count
            nodes.append(.leaf(generator.uniform() - 0.5))
            guard depth > 0, generator.uniform() < 0.85 || place == 0 else { return place }
            let feature = generator.index(below: width)
            let missing = TreeTable.Missing(
                goesSecond: generator.uniform() < 0.5, includesZero: zeros && generator.uniform() < 0.5)
            let (first, second) = (grow(depth - 1), grow(depth - 1))
            nodes[place] =
                categories && feature % 2 == 1
                ? .categories(
                    feature: feature,
                    set: (0..<generator.index(below: 3)).map { _ in UInt32(truncatingIfNeeded: generator.next()) },
                    first: first, second: second, missing: missing)
                : .split(
                    feature: feature, threshold: generator.uniform() * 2 - 1, first: first, second: second,
                    missing: missing)
            return place
        }
        _ = grow(depth)
        return TreeTable(nodes)
    }

    /// The definition, node by node.
    private func walk(_ tree: TreeTable, _ row: [Float]) -> Float {
        var place = 0
        func goes(_ value: Float, _ missing: TreeTable.Missing, _ second: Bool) -> Bool {
            value.isNaN || (missing.includesZero && abs(value) <= 1e-35) ? missing.goesSecond : second
        }
        while true {
            switch tree.nodes[place] {
            case .leaf(let value): return value
            case .split(let feature, let threshold, let first, let second, let missing):
                place = goes(row[feature], missing, row[feature] >= threshold) ? second : first
            case .categories(let feature, let set, let first, let second, let missing):
                let code = row[feature].isNaN ? -1 : Int(row[feature])
                let isIn = code >= 0 && code / 32 < set.count && set[code / 32] >> UInt32(code % 32) & 1 == 1
                place = goes(row[feature], missing, isIn) ? second : first
            }
        }
    }

    @Test(arguments: [
        (false, false, false), (false, false, true), (true, false, true), (false, true, true), (true, true, true),
    ])
    func `Rows get what a walk by hand gives them, alone and in a batch`(categories: Bool, zeros: Bool, missing: Bool)
        throws
    {
        var generator = SeededGenerator(seed: 5, stream: "\(categories) \(zeros) \(missing)")
        let (width, outputs) = (6, 3)
        var trees = RoutedTrees(baseScores: [0.5, 1, 2])
        let tables = (0..<20).map { _ in tree(&generator, width: width, depth: 6, categories: categories, zeros: zeros)
        }
        for (index, table) in tables.enumerated() { try trees.append(table, to: index % outputs, featureCount: width) }
        // More rows than a block of the kernel, and a remainder below its lanes.
        let rows = (0..<141).map { _ in
            (0..<width).map { feature -> Float in
                let draw = generator.uniform()
                if missing, draw < 0.2 { return .nan }
                if draw > 0.8 { return 0 }
                return categories && feature % 2 == 1 ? Float(generator.index(below: 70)) : generator.uniform() * 2 - 1
            }
        }
        func score(_ rows: [[Float]]) -> [Float] {
            var margins = rows.flatMap { _ in trees.baseScores }
            var places = margins.mutableSpan
            let numbers = rows.flatMap { row in trees.features.map { row[$0] } }
            trees.score(numbers.span, hasMissing: missing, into: &places)
            return margins
        }
        let all = score(rows)
        for (index, row) in rows.enumerated() {
            var expected = trees.baseScores
            for (tree, table) in tables.enumerated() { expected[tree % outputs] += walk(table, row) }
            #expect(Array(all[index * outputs..<(index + 1) * outputs]) == expected)
            #expect(score([row]) == expected)
        }
    }

    @Test func `Both kernels give the same bits to rows without missing values`() throws {
        var generator = SeededGenerator(seed: 6)
        var trees = RoutedTrees(baseScores: [0])
        for _ in 0..<30 {
            try trees.append(
                tree(&generator, width: 4, depth: 7, categories: false, zeros: false), to: 0, featureCount: 4)
        }
        let rows = (0..<trees.width * 50).map { _ in generator.uniform() * 2 - 1 }
        var (plain, routed) = ([Float](repeating: 0, count: 50), [Float](repeating: 0, count: 50))
        var places = plain.mutableSpan
        trees.score(rows.span, hasMissing: false, into: &places)
        places = routed.mutableSpan
        trees.score(rows.span, hasMissing: true, into: &places)
        #expect(plain == routed && Set(plain).count > 10)
    }

    @Test func `Trees that are all leaves need no feature`() throws {
        var trees = RoutedTrees(baseScores: [1, 2])
        try trees.append(TreeTable([.leaf(4)]), to: 1, featureCount: 3)
        #expect(trees.width == 0)
        var margins: [Float] = [1, 2, 1, 2]
        var places = margins.mutableSpan
        let none: [Float] = []
        trees.score(none.span, hasMissing: false, into: &places)
        #expect(margins == [1, 6, 1, 6])
    }

    @Test func `Features that no tree asks for are left out`() throws {
        var trees = RoutedTrees(baseScores: [0])
        for feature in [7, 2, 7] {
            try trees.append(
                TreeTable([
                    .split(feature: feature, threshold: 0, first: 1, second: 2, missing: .init(goesSecond: true)),
                    .leaf(1), .leaf(2),
                ]), to: 0, featureCount: 8)
        }
        #expect(trees.features == [7, 2] && trees.treeCount == 3 && trees.nodeCount == 9)
    }
}
