import Attar
import Compute
import Foundation
import Testing

/// Files that are broken by accident or on purpose: refused with one sentence that names the file, never a trap.
struct TreeFileRefusalTests {
    private let rows: Dataset

    init() throws { rows = try Dataset.read(TreeFileTeacherTests.path("table.csv")) }

    /// The error of a file of these bytes, nil where it is read and answers.
    private func error(of bytes: [UInt8], as ending: String) async throws -> AttarError? {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).\(ending)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do {
            _ = try await TreeFileTeacher(path: path, settings: TeacherSettings(), for: rows).predict(rows)
            return nil
        } catch let error as AttarError {
            #expect(error.problem.contains(path) || error.code == .schemaMismatch, "\(error)")
            #expect(error.problem.utf8.count < 600 && !error.problem.contains("\n"), "\(error)")
            return error
        }
    }

    private func contents(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: TreeFileTeacherTests.path(file))))
    }

    @Test(arguments: TreeFileTeacherTests.files)
    func `A file that is cut off or has bytes changed is read or refused, never more`(_ file: String) async throws {
        let whole = try contents(file)
        let ending = String(file.split(separator: ".")[1])
        #expect(try await error(of: whole, as: ending) == nil)
        var generator = SeededGenerator(seed: 11)
        var refused = 0
        for attempt in 0..<400 {
            var bytes = whole
            if attempt % 4 == 0 { bytes.removeLast(1 + generator.index(below: bytes.count)) }
            for _ in 0..<(attempt % 4 == 0 ? 0 : 1 + generator.index(below: 3)) {
                let place = generator.index(below: bytes.count)
                // Half of the changes leave a number a number.
                bytes[place] =
                    generator.uniform() < 0.5
                    ? UInt8(truncatingIfNeeded: generator.next())
                    : UInt8(ascii: "0") + UInt8(generator.index(below: 10))
            }
            if try await error(of: bytes, as: ending) != nil { refused += 1 }
        }
        #expect(refused > 80)
    }

    /// One tree of three nodes as XGBoost saves it, with some members replaced.
    private func xgboost(_ changes: [String: String] = [:], tree: [String: String] = [:]) -> [UInt8] {
        func object(_ members: [String: String]) -> String {
            "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
        }
        let one = object(
            [
                "left_children": "[1, -1, -1]", "right_children": "[2, -1, -1]", "split_indices": "[0, 0, 0]",
                "split_conditions": "[0.5, 1, 2E0]", "default_left": "[1, 0, 0]",
            ].merging(tree) { $1 })
        var parts = [
            "trees": "[\(one)]", "tree_info": "[0]", "name": "\"gbtree\"", "base_score": "\"[5E-1]\"",
            "num_class": "\"0\"",
            "num_feature": "\"4\"", "objective": "{\"name\": \"reg:squarederror\"}", "feature_names": "[]",
            "extra": "1",
        ]
        parts.merge(changes) { $1 }
        let part = { (name: String) in parts[name] ?? "" }
        return Array(
            """
            {"learner": {"feature_names": \(part("feature_names")), "gradient_booster": {"name": \(part("name")),
            "model": {"trees": \(part("trees")), "tree_info": \(part("tree_info"))}},
            "learner_model_param": {"base_score": \(part("base_score")), "num_class": \(part("num_class")),
            "num_feature": \(part("num_feature"))}, "objective": \(part("objective"))}, "extra": \(part("extra"))}
            """.utf8)
    }

    /// The rows as four numbers.
    private func fourNumbers() -> Dataset {
        Dataset(source: "four", columns: (0..<4).map { Column("c\($0)", .numeric([0.25, 0.5, .nan])) })
    }

    @Test func `The model that the next tests break is whole`() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(xgboost()).write(to: URL(fileURLWithPath: path))
        let answers = try await TreeFileTeacher(path: path, settings: TeacherSettings(), for: fourNumbers())
            .predict(fourNumbers())
        #expect(answers.matrix.elements == [1.5, 2.5, 1.5])
    }

    @Test(
        arguments: [
            ("a cycle", [:], ["left_children": "[0, -1, -1]"]),
            ("a node with two parents", [:], ["left_children": "[1, 1, -1]", "right_children": "[2, 2, -1]"]),
            ("a child beyond the nodes", [:], ["right_children": "[9, -1, -1]"]),
            ("a child beyond any memory", [:], ["right_children": "[123456789012345678, -1, -1]"]),
            ("a feature that there is not", [:], ["split_indices": "[4, 0, 0]"]),
            ("a negative feature", [:], ["split_indices": "[-1, 0, 0]"]),
            ("a threshold that is no number", [:], ["split_conditions": "[NaN, 1, 2]"]),
            ("an infinite leaf", [:], ["split_conditions": "[0.5, 1e99, 2]"]),
            ("lists of different lengths", [:], ["split_conditions": "[0.5, 1]"]),
            ("texts for numbers", [:], ["split_conditions": "[\"a\", \"b\", \"c\"]"]),
            ("a tree without nodes", [:], ["left_children": "[]", "right_children": "[]"]),
            ("categories without a set", [:], ["split_type": "[1, 0, 0]"]),
            (
                "a set beyond the categories", [:],
                [
                    "split_type": "[1, 0, 0]", "categories": "[1]", "categories_nodes": "[0]",
                    "categories_segments": "[9223372036854775]", "categories_sizes": "[2]",
                ]
            ),
            (
                "a category out of range", [:],
                [
                    "split_type": "[1, 0, 0]", "categories": "[99999999999]", "categories_nodes": "[0]",
                    "categories_segments": "[0]", "categories_sizes": "[1]",
                ]
            ),
            ("leaves without their values", [:], ["tree_param": "{\"size_leaf_vector\": \"3\"}"]),
            ("a tree for an output that there is not", ["tree_info": "[1]"], [:]),
            ("a negative output", ["tree_info": "[-1]"], [:]),
            ("more outputs than trees could have", ["num_class": "\"2000000000\""], [:]),
            ("outputs beyond any number", ["num_class": "\"9223372036854775807\""], [:]),
            ("no number of features", ["num_feature": "\"many\""], [:]),
            ("fewer outputs than trees", ["tree_info": "[0, 0]"], [:]),
            ("trees that are no list", ["trees": "{}"], [:]),
            ("a base score that is no number", ["base_score": "\"[half]\""], [:]),
            ("more base scores than outputs", ["base_score": "\"[1,2]\""], [:]),
            (
                "a base score beyond its objective",
                ["base_score": "\"2\"", "objective": "{\"name\": \"binary:logistic\"}"],
                [:]
            ),
            ("an unknown objective", ["objective": "{\"name\": \"mine\"}"], [:]),
            ("an unknown booster", ["name": "\"mine\""], [:]),
            ("a name twice", ["extra": "{\"a\": 1, \"a\": 2}"], [:]),
            ("names for fewer features", ["feature_names": "[\"a\"]"], [:]),
            ("deep nesting", ["extra": String(repeating: "[", count: 100_000)], [:]),
            ("a text that does not end", ["extra": "\"abc"], [:]),
            ("a number that is written wrongly", ["extra": "1-2e"], [:]),
        ] as [(String, [String: String], [String: String])])
    func `A model of XGBoost's with a fault is refused`(
        _ fault: String, changes: [String: String], tree: [String: String]
    ) async throws {
        #expect(try await error(of: xgboost(changes, tree: tree), as: "json") != nil, "\(fault)")
    }

    /// One tree of LightGBM's with a line put in the place of another.
    private func lightGBM(_ line: String? = nil, _ other: String = "") -> [UInt8] {
        let text = """
            tree
            version=v4
            num_class=1
            num_tree_per_iteration=1
            max_feature_idx=3
            objective=regression
            feature_names=c0 c1 c2 c3
            feature_infos=[0:1] [0:1] [0:1] [0:1]

            Tree=0
            num_leaves=3
            num_cat=0
            split_feature=0 1
            threshold=0.25 0.5
            decision_type=2 2
            left_child=1 -1
            right_child=-2 -3
            leaf_value=1 2 3
            is_linear=0

            end of trees
            """
        if let line { precondition(text.contains(line)) }
        return Array((line.map { text.replacingOccurrences(of: $0, with: other) } ?? text).utf8)
    }

    @Test func `The LightGBM model that the next test breaks is whole`() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).txt").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(lightGBM()).write(to: URL(fileURLWithPath: path))
        let answers = try await TreeFileTeacher(path: path, settings: TeacherSettings(), for: fourNumbers())
            .predict(fourNumbers())
        // At the threshold a row goes left; missing values are 0 where the model was trained without any.
        #expect(answers.matrix.elements == [1, 2, 1])
    }

    @Test(
        arguments: [
            ("a cycle", "left_child=1 -1", "left_child=1 0"),
            ("a cycle to itself", "left_child=1 -1", "left_child=0 -1"),
            ("a child beyond the nodes", "right_child=-2 -3", "right_child=-2 7"),
            ("a leaf beyond the leaves", "right_child=-2 -3", "right_child=-2 -9"),
            ("a leaf beyond any number", "right_child=-2 -3", "right_child=-2 -999999999999999999"),
            ("a feature that there is not", "split_feature=0 1", "split_feature=0 4"),
            ("a threshold that is no number", "threshold=0.25 0.5", "threshold=0.25 nan"),
            ("a leaf that is no number", "leaf_value=1 2 3", "leaf_value=1 inf 3"),
            ("a word for a number", "leaf_value=1 2 3", "leaf_value=1 two 3"),
            ("fewer leaves than it says", "num_leaves=3", "num_leaves=4"),
            ("leaves beyond any memory", "num_leaves=3", "num_leaves=999999999999999"),
            ("a number of too many digits", "num_leaves=3", "num_leaves=99999999999999999999999"),
            ("lists of different lengths", "decision_type=2 2", "decision_type=2"),
            ("categories without a set", "decision_type=2 2", "decision_type=1 2"),
            ("linear leaves", "is_linear=0", "is_linear=1"), ("no end", "end of trees", ""),
            ("a line twice", "num_cat=0", "num_leaves=3"), ("a line of the head twice", "version=v4", "num_class=1"),
            ("no outputs", "num_tree_per_iteration=1", "num_tree_per_iteration=0"),
            ("more outputs than trees", "num_tree_per_iteration=1", "num_tree_per_iteration=2"),
            ("features beyond any number", "max_feature_idx=3", "max_feature_idx=99999999999"),
            ("names for fewer features", "feature_names=c0 c1 c2 c3", "feature_names=c0 c1"),
            ("an unknown objective", "objective=regression", "objective=mine"),
            ("a steepness of nothing", "objective=regression", "objective=binary sigmoid:0"),
            ("categories that are no JSON", "end of trees", "end of trees\npandas_categorical:[[\"a\""),
            ("categories of no feature", "end of trees", "end of trees\npandas_categorical:[[\"a\"]]"),
        ])
    func `A model of LightGBM's with a fault is refused`(_ fault: String, line: String, other: String) async throws {
        #expect(try await error(of: lightGBM(line, other), as: "txt") != nil, "\(fault)")
    }

    @Test(arguments: ["", "{}", "[]", "tree\n", "row,prediction\n1,2\n", "booster[0]:\n0:leaf=1", "\u{80}\u{4}pickle"])
    func `A file that is no model is refused`(_ text: String) async throws {
        for ending in ["json", "txt", "bst"] {
            #expect(try await error(of: Array(text.utf8), as: ending)?.remedy.isEmpty == false)
        }
    }
}
