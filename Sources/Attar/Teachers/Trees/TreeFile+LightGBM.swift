internal import Compute

extension TreeFile {
    /// A model as LightGBM 2.0 and newer save it.
    ///
    /// - Throws: `AttarError` (`malformedData`) where it is no such model, or of a kind that is not read.
    init(lightGBM bytes: [UInt8]) throws {
        var text = try LightGBMText(bytes)
        func count(_ name: String) throws -> Int {
            guard let value = text.head[name].flatMap({ Int($0) }), value >= 0, value < Int32.max else {
                throw LightGBMText.malformed("does not say its \(name)")
            }
            return value
        }
        let outputs = try count("num_tree_per_iteration")
        let featureCount = try count("max_feature_idx") + 1
        let link = try LightGBMObjective(text.head["objective"].map(String.init) ?? "").link(outputs: outputs)

        var tables: [TreeTable] = []
        var thresholds: [Int: Set<Double>] = [:]
        while let lines = try text.nextTree() { tables.append(try Self.table(lines, of: text, &thresholds)) }
        guard outputs > 0, outputs <= max(1024, tables.count), tables.count % outputs == 0 else {
            throw LightGBMText.malformed("has \(tables.count) trees for \(outputs) outputs")
        }
        var trees = RoutedTrees(baseScores: [Float](repeating: 0, count: outputs))
        let share = text.isAveraged ? 1 / Float(max(1, tables.count / outputs)) : 1
        for (index, table) in tables.enumerated() {
            try trees.append(table.scaled(by: share), to: index % outputs, featureCount: featureCount)
        }

        let names = (text.head["feature_names"] ?? "").split(separator: " ").map(String.init)
        guard names.isEmpty || names.count == featureCount else {
            throw LightGBMText.malformed("names \(names.count) features of \(featureCount)")
        }
        self.init(
            trees: trees, link: link,
            features: TreeFileFeatures(
                count: featureCount, names: names, used: trees.features, categories: try Self.categories(of: text),
                categorical: trees.categoricalFeatures, thresholds: thresholds.mapValues { DoubleThresholds($0) },
                isLightGBM: true))
        if case .logisticShares = link.function {
            notes.append(
                "The model's classes are one against all others: their probabilities are taken as shares of their sum")
        }
    }

    /// One tree: its splits from 0 on, then its leaves.
    ///
    /// - Parameter known: receives the thresholds by feature.
    private static func table(
        _ lines: [String: Range<Int>], of text: LightGBMText, _ known: inout [Int: Set<Double>]
    ) throws -> TreeTable {
        guard let leafCount = try text.integers(lines["num_leaves"]).first, leafCount > 0 else {
            throw LightGBMText.malformed("has a tree that does not say its num_leaves")
        }
        if try text.integers(lines["is_linear"]).first ?? 0 != 0 {
            throw AttarError(
                .malformedData, "its leaves hold linear models (linear_tree), not values",
                remedy: "Ask the model through a program with --teacher 'command:python3 teacher.py'")
        }
        let leaves = try text.doubles(lines["leaf_value"])
        guard leaves.count == leafCount else {
            throw LightGBMText.malformed("has a tree of \(leafCount) leaves with \(leaves.count) values")
        }
        let splits = leaves.count - 1
        guard splits > 0 else { return TreeTable([.leaf(Float(leaves[0]))]) }
        let features = try text.integers(lines["split_feature"])
        let thresholds = try text.doubles(lines["threshold"])
        let kinds = try text.integers(lines["decision_type"])
        let left = try text.integers(lines["left_child"])
        let right = try text.integers(lines["right_child"])
        guard features.count == splits, thresholds.count == splits, kinds.count == splits, left.count == splits,
            right.count == splits
        else { throw LightGBMText.malformed("has a tree whose lists do not fit each other") }
        let sets = try CategorySets(
            boundaries: text.integers(lines["cat_boundaries"]), words: text.integers(lines["cat_threshold"]))

        /// The position of a child: a split's number, or a leaf's as its bits turned over.
        func child(_ number: Int64) -> Int { number >= 0 ? Int(number) : splits + Int(~number) }
        var nodes: [TreeTable.Node] = []
        nodes.reserveCapacity(splits + leaves.count)
        for split in 0..<splits {
            guard !thresholds[split].isNaN, left[split] < splits, right[split] < splits else {
                throw LightGBMText.malformed("has a threshold that is no number, or a child that there is not")
            }
            let (feature, kind) = (Int(clamping: features[split]), kinds[split])
            let (first, second) = (child(left[split]), child(right[split]))
            if kind & 1 != 0 {
                // Categories of the set go left here; our second child is where a set's own go.
                nodes.append(
                    .categories(
                        feature: feature, set: try sets[thresholds[split]], first: second, second: first,
                        missing: .init(goesSecond: false)))
            } else {
                known[feature, default: []].insert(thresholds[split])
                nodes.append(
                    .split(
                        feature: feature, threshold: DoubleThresholds.firstFloat(above: thresholds[split]),
                        first: first, second: second,
                        missing: missing(kind, threshold: thresholds[split])))
            }
        }
        return TreeTable(nodes + leaves.map { .leaf(Float($0)) })
    }

    /// Where a missing value goes: bits 2 and 3 say what counts as missing (0 nothing, 1 zero, 2 NaN), bit 1 that it goes left. Where NaN does
    /// not count it is taken as 0.
    private static func missing(_ kind: Int64, threshold: Double) -> TreeTable.Missing {
        let goesSecond = kind & 2 == 0
        return switch kind >> 2 & 3 {
        case 0: TreeTable.Missing(goesSecond: !(0 <= threshold))
        case 1: TreeTable.Missing(goesSecond: goesSecond, includesZero: true)
        default: TreeTable.Missing(goesSecond: goesSecond)
        }
    }

    /// The sets of categories of one tree's splits, which name theirs by its number.
    private struct CategorySets {
        let boundaries: [Int64]
        let words: [Int64]

        subscript(number: Double) -> [UInt32] {
            get throws {
                guard let index = Int(exactly: number.rounded(.towardZero)), index >= 0, index < boundaries.count - 1,
                    boundaries[index] >= 0, boundaries[index] <= boundaries[index + 1],
                    boundaries[index + 1] <= words.count
                else { throw LightGBMText.malformed("has a split on categories without a set of them") }
                return words[Int(boundaries[index])..<Int(boundaries[index + 1])].map(UInt32.init(truncatingIfNeeded:))
            }
        }
    }

    /// The categories of the data that the model was trained on, where they were columns of pandas: the lists are in the order of the features
    /// that are categorical.
    private static func categories(of text: LightGBMText) throws -> [Int: TreeCategories] {
        guard let json = text.pandasCategories, let lists = try PackedJSON(parsing: json).elements,
            !lists.isEmpty
        else { return [:] }
        // Only numbered features have `-1:0:3` or the like; sizes are in brackets.
        let infos = (text.head["feature_infos"] ?? "").split(separator: " ")
        let features =
            text.categoricalFeatures
            ?? infos.indices.filter { !infos[$0].hasPrefix("[") && infos[$0] != "none" }
        guard features.count == lists.count else {
            throw LightGBMText.malformed(
                "keeps the categories of \(lists.count) columns, but has \(features.count) categorical features")
        }
        var categories: [Int: TreeCategories] = [:]
        for (feature, list) in zip(features.sorted(), lists) {
            if case .integers(let numbers) = list {
                categories[feature] = TreeCategories(numbers.map { String($0) }, areNumbers: true)
            } else if let numbers = list.floatElements {
                categories[feature] = TreeCategories(numbers.map { Column.label(of: $0) }, areNumbers: true)
            } else if let values = list.elements {
                let texts = try values.map { value in
                    switch value {
                    case .string(let text): text
                    case .bool(let flag): flag ? "True" : "False"
                    case .integer(let number): String(number)
                    case .number(let number): Column.label(of: Float(number))
                    default: throw LightGBMText.malformed("keeps categories that are neither texts nor numbers")
                    }
                }
                categories[feature] = TreeCategories(texts)
            }
        }
        return categories
    }
}

extension TreeTable {
    /// The tree with its leaves times a factor.
    fileprivate func scaled(by factor: Float) -> TreeTable {
        guard factor != 1 else { return self }
        return TreeTable(nodes.map { if case .leaf(let value) = $0 { .leaf(value * factor) } else { $0 } })
    }
}
