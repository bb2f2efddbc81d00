internal import Compute
internal import Foundation

extension TreeFile {
    /// A model as XGBoost 1.0 and newer save it.
    ///
    /// - Throws: `AttarError` (`malformedData`) where it is no such model, or of a kind that is not read.
    init(xgboost document: PackedJSON) throws {
        guard let learner = document["learner"], let booster = learner["gradient_booster"] else {
            if document["tree_info"] != nil {
                throw AttarError(
                    .malformedData, "it is a dump of LightGBM's",
                    remedy: "Save the model with booster.save_model('model.txt')")
            }
            throw Self.foreign("has no learner with a gradient booster")
        }
        let name = booster["name"]?.text ?? "gbtree"
        guard name != "gblinear" else {
            throw AttarError(
                .malformedData, "it is a linear model of XGBoost (gblinear), not trees",
                remedy: "Convert it to ONNX, or ask it through a program with --teacher 'command:python3 teacher.py'")
        }
        guard ["gbtree", "dart"].contains(name), let model = booster[name == "dart" ? "gbtree" : "model"],
            let trees = (name == "dart" ? model["model"] : model)?["trees"]?.elements,
            let groups = (name == "dart" ? model["model"] : model)?["tree_info"]?.integerElements,
            groups.count == trees.count
        else { throw Self.foreign("has no list of trees with their outputs") }
        let parameters = learner["learner_model_param"]
        let objective = XGBoostObjective(learner["objective"]?["name"]?.text ?? "")
        let link = try objective.link()

        let bases = try Self.baseScores(parameters?["base_score"])
        let outputs = max(parameters?["num_class"]?.whole ?? 0, parameters?["num_target"]?.whole ?? 1, 1)
        guard outputs <= max(1024, bases.count, trees.count) else {
            throw Self.foreign("has \(outputs) outputs, but only \(trees.count) trees")
        }
        guard bases.count == 1 || bases.count == outputs, let featureCount = parameters?["num_feature"]?.whole,
            featureCount >= 0, featureCount < Int32.max
        else { throw Self.foreign("has a base score or a number of features that fits nothing else") }
        let margins = (0..<Int(outputs)).map { objective.margin(of: bases[bases.count == 1 ? 0 : $0]) }
        guard margins.allSatisfy(\.isFinite) else {
            throw Self.foreign("has a base score that its objective cannot have")
        }

        let weights = name == "dart" ? booster["weight_drop"]?.floatElements : [Float](repeating: 1, count: trees.count)
        guard let weights, weights.count == trees.count else {
            throw Self.foreign("has no weight for each of its trees")
        }
        var laidOut = RoutedTrees(baseScores: margins)
        for ((tree, group), weight) in zip(zip(trees, groups), weights) {
            let table = try XGBoostTree(tree)
            if table.vectorSize > 1 {
                guard table.vectorSize == Int(outputs) else {
                    throw Self.foreign("has leaves of another width than its outputs")
                }
                for output in 0..<table.vectorSize {
                    try laidOut.append(
                        table.table(output: output, weight: weight), to: output, featureCount: Int(featureCount))
                }
            } else {
                try laidOut.append(
                    table.table(output: 0, weight: weight), to: Int(clamping: group), featureCount: Int(featureCount))
            }
        }
        let names = learner["feature_names"]?.stringElements ?? []
        guard names.isEmpty || names.count == Int(featureCount) else {
            throw Self.foreign("names \(names.count) features of \(featureCount)")
        }
        let gbtree = name == "dart" ? model["model"] : model
        self.init(
            trees: laidOut, link: link,
            features: TreeFileFeatures(
                count: Int(featureCount), names: names, used: laidOut.features,
                categories: try Self.categories(gbtree?["cats"]), categorical: laidOut.categoricalFeatures,
                thresholds: [:], isLightGBM: false))
        if let best = learner["attributes"]?["best_iteration"]?.whole, best >= 0,
            let rounds = gbtree?["iteration_indptr"]?.integerElements, best < rounds.count - 2
        {
            notes.append(
                "The model was stopped early, with its best round the \(best + 1)th of \(rounds.count - 1): all rounds answer, as with Booster.predict; to keep "
                    + "the best alone, save booster[:\(best + 1)]")
        }
    }

    /// The base score or scores: a number as text, or, from version 3 on, several in brackets.
    private static func baseScores(_ value: PackedJSON?) throws -> [Float] {
        guard let value else { return [0.5] }
        if let numbers = value.floatElements, !numbers.isEmpty { return numbers }
        if case .number(let number) = value { return [Float(number)] }
        if let whole = value.whole { return [Float(whole)] }
        guard let text = value.text else { throw foreign("has a base score that is no number") }
        let parts = text.drop { $0 == "[" }.prefix { $0 != "]" }.split(separator: ",")
        let numbers = parts.compactMap { Float($0.filter { $0 != " " }) }
        guard !numbers.isEmpty, numbers.count == parts.count else {
            throw foreign("has the base score '\(text.prefix(40))'")
        }
        return numbers
    }

    /// The categories that newer versions keep: for each feature that has any, their texts in the order of their codes.
    private static func categories(_ value: PackedJSON?) throws -> [Int: TreeCategories] {
        guard let encodings = value?["enc"]?.elements else { return [:] }
        var categories: [Int: TreeCategories] = [:]
        for (feature, encoding) in encodings.enumerated() {
            if let offsets = encoding["offsets"]?.integerElements {
                guard offsets.count > 1 else { continue }
                guard let values = encoding["values"]?.integerElements, offsets[0] == 0,
                    zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }), offsets.last == Int64(values.count)
                else { throw foreign("has categories whose texts do not fit their lengths") }
                let bytes = values.map { UInt8(truncatingIfNeeded: $0) }
                categories[feature] = TreeCategories(bytes, ends: offsets.dropFirst().map { Int($0) })
            } else if let values = encoding["values"]?.integerElements, !values.isEmpty {
                categories[feature] = TreeCategories(values.map { String($0) }, areNumbers: true)
            } else if let values = encoding["values"]?.floatElements, !values.isEmpty {
                categories[feature] = TreeCategories(values.map { Column.label(of: $0) }, areNumbers: true)
            }
        }
        return categories
    }

    static func foreign(_ problem: String) -> AttarError {
        AttarError(.malformedData, "the model \(problem)", remedy: "Save it again, with a newer version of its library")
    }
}

/// One tree of an XGBoost model, its lists checked against each other.
private struct XGBoostTree {
    /// Numbers a leaf.
    let vectorSize: Int
    private let left: [Int64]
    private let right: [Int64]
    private let features: [Int64]
    private let conditions: [Float]
    private let defaultLeft: [Int64]
    /// For each node that splits by category, its set.
    private var sets: [Int64: [UInt32]] = [:]
    private let leafWeights: [Float]
    private let leavesAreNumbered: Bool

    init(_ tree: PackedJSON) throws {
        guard let left = tree["left_children"]?.integerElements, let right = tree["right_children"]?.integerElements,
            let features = tree["split_indices"]?.integerElements,
            let conditions = tree["split_conditions"]?.floatElements,
            let defaultLeft = tree["default_left"]?.integerElements, !left.isEmpty, right.count == left.count,
            features.count == left.count, conditions.count == left.count, defaultLeft.count == left.count
        else { throw TreeFile.foreign("has a tree whose lists do not fit each other") }
        (self.left, self.right, self.features, self.conditions) = (left, right, features, conditions)
        self.defaultLeft = defaultLeft
        vectorSize = Int(clamping: tree["tree_param"]?["size_leaf_vector"]?.whole ?? 1)
        leavesAreNumbered = tree["leaf_weights"] != nil
        leafWeights =
            vectorSize > 1 ? (tree["leaf_weights"] ?? tree["base_weights"])?.floatElements ?? [] : []
        let kinds = tree["split_type"]?.integerElements ?? []
        guard kinds.contains(where: { $0 != 0 }) else { return }
        guard kinds.count == left.count, let nodes = tree["categories_nodes"]?.integerElements,
            let starts = tree["categories_segments"]?.integerElements,
            let sizes = tree["categories_sizes"]?.integerElements,
            let categories = tree["categories"]?.integerElements, starts.count == nodes.count,
            sizes.count == nodes.count
        else { throw TreeFile.foreign("has a tree whose categories do not fit each other") }
        var words = 0
        for (node, (start, size)) in zip(nodes, zip(starts, sizes)) {
            guard start >= 0, size >= 0, size <= categories.count, start <= Int64(categories.count) - size else {
                throw TreeFile.foreign("has a tree whose categories do not fit each other")
            }
            let members = categories[Int(start)..<Int(start + size)]
            guard members.allSatisfy({ $0 >= 0 && $0 < 1 << 24 }) else {
                throw TreeFile.foreign("has a category out of range")
            }
            var set = [UInt32](repeating: 0, count: Int((members.max() ?? 0) / 32) + 1)
            words += set.count
            guard words <= RoutedTrees.mostWords else {
                throw TreeFile.foreign("has larger sets of categories than any data")
            }
            for member in members { set[Int(member / 32)] |= 1 << UInt32(member % 32) }
            sets[node] = set
        }
        for (node, kind) in kinds.enumerated() where kind != 0 && left[node] >= 0 && sets[Int64(node)] == nil {
            throw TreeFile.foreign("has a split on categories without a set of them")
        }
        for node in Array(sets.keys) where node < 0 || node >= kinds.count || kinds[Int(node)] == 0 {
            sets[node] = nil
        }
    }

    /// The tree of one of the outputs that its leaves hold.
    func table(output: Int, weight: Float) throws -> TreeTable {
        TreeTable(
            try left.indices.map { node in
                let isLeaf = left[node] < 0
                if isLeaf { return .leaf(try leaf(node, output: output) * weight) }
                let missing = TreeTable.Missing(goesSecond: defaultLeft[node] == 0)
                let (feature, first, second) = (
                    Int(clamping: features[node]), Int(clamping: left[node]), Int(clamping: right[node])
                )
                if let set = sets[Int64(node)] {
                    return .categories(feature: feature, set: set, first: first, second: second, missing: missing)
                }
                return .split(
                    feature: feature, threshold: conditions[node], first: first, second: second, missing: missing)
            })
    }

    private func leaf(_ node: Int, output: Int) throws -> Float {
        guard vectorSize > 1 else { return conditions[node] }
        // Newer versions number the leaves, in the place of their right child.
        let number = leavesAreNumbered ? right[node] : Int64(node)
        guard number >= 0, number < leafWeights.count / vectorSize else {
            throw TreeFile.foreign("has a leaf without its values")
        }
        return leafWeights[Int(number) * vectorSize + output]
    }
}
