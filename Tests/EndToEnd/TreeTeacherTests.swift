import Foundation
import Testing

/// Model files of XGBoost and LightGBM as teachers of the command.
struct TreeTeacherTests {
    /// Per class one tree that knows the fruit by its weight: below 150, from there to 210, and above.
    private static let trees = [("150", "4", "-2", "-2"), ("150", "-2", "4", "-2"), ("150", "-2", "-2", "4")]

    private static let lightGBM =
        """
        tree
        version=v4
        num_class=3
        num_tree_per_iteration=3
        max_feature_idx=1
        objective=multiclass num_class:3
        feature_names=noise weight
        feature_infos=[0:16] [100:259]

        """
        + trees.enumerated().map { index, tree in
            """
            Tree=\(index)
            num_leaves=3
            num_cat=0
            split_feature=1 1
            threshold=\(tree.0) 210
            decision_type=2 2
            left_child=-1 -2
            right_child=1 -3
            leaf_value=\(tree.1) \(tree.2) \(tree.3)

            """
        }.joined() + "end of trees\n"

    private static let xgboost: String = {
        let trees = Self.trees.map { tree in
            """
            {"left_children": [1, -1, 3, -1, -1], "right_children": [2, -1, 4, -1, -1], "split_indices": [1, 0, 1, 0, 0],
             "split_conditions": [\(tree.0), \(tree.1), 210, \(tree.2), \(tree.3)], "default_left": [0, 0, 0, 0, 0]}
            """
        }.joined(separator: ",\n")
        return """
            {"learner": {"feature_names": ["noise", "weight"],
             "gradient_booster": {"name": "gbtree", "model": {"trees": [\(trees)], "tree_info": [0, 1, 2]}},
             "learner_model_param": {"base_score": "5E-1", "num_class": "3", "num_feature": "2"},
             "objective": {"name": "multi:softprob"}}, "version": [2, 1, 0]}
            """
    }()

    @Test(arguments: [("model.txt", lightGBM), ("model.json", xgboost)])
    func `A student learns from a model file by one command`(_ name: String, model: String) async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit, name: model]) { attar in
            let run = try await attar(
                "distill", "data.csv", "--target", "fruit", "--teacher", name, "--student", "tree[leaves=8]",
                "--strategy", "teacher", "--folds", "3", "--seeds", "1", "--out", "s.attar", "--json")
            #expect(run.status == 0, "\(run.words)")
            let json = try run.json()
            for whose in ["teacher", "student"] {
                let accuracy = (json[whose] as? [String: Any])?["accuracy"] as? [String: Any]
                #expect(accuracy?["value"] as? Double == 1, "\(whose): \(json)")
            }
            #expect((json["choice"] as? [String: Any])?["teacher"] as? String == name)
            #expect(run.words.contains("does not name its classes"), "\(run.words)")
        }
    }

    @Test func `A broken model file is one line and status 1`() async throws {
        let files = ["data.csv": SmallData.fruit, "model.json": String(Self.xgboost.prefix(300))]
        try await Attar.inFolder(files) { attar in
            let run = try await attar(
                "distill", "data.csv", "--target", "fruit", "--teacher", "model.json", "--out", "s.attar")
            #expect(run.status == 1)
            #expect(run.words.contains("'model.json'") && run.words.contains("cannot be read"), "\(run.words)")
            #expect(try attar.names() == ["data.csv", "model.json"])
        }
    }
}
