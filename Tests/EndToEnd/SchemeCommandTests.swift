import Foundation
import Testing

/// Schemes of distillation beyond one teacher and one student, through the command.
struct SchemeCommandTests {
    private static let student = [
        "--student", "mlp[4,epochs=20]", "--strategy", "teacher", "--folds", "3", "--seeds", "1",
    ]

    @Test func `Teachers, assistants, generations, peers and features go from a command into the file`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            for (name, model) in [("a", "mlp[16,8,epochs=30]"), ("b", "tree[leaves=8]")] {
                let run = try await attar(
                    "train", "data.csv", "--target", "fruit", "--model", model, "--out", "\(name).attar")
                #expect(run.status == 0, "\(run.words)")
            }
            let inspected = try await attar("inspect", "a.attar")
            #expect(inspected.output.contains("activation1 (8)"), "\(inspected.output)")
            let tensors = try await attar("inspect", "a.attar", "--json").json()["hiddenTensors"] as? [[String: Any]]
            #expect(tensors?.map { $0["name"] as? String } == ["dense0", "activation0", "dense1", "activation1"])

            let distill = ["distill", "data.csv", "--target", "fruit", "--json", "--out", "s.attar"] + Self.student
            func choice(_ arguments: [String]) async throws -> [String: Any] {
                let run = try await attar.run(distill + arguments)
                #expect(run.status == 0, "\(run.words)")
                return try #require(run.json()["choice"] as? [String: Any])
            }
            let several = try await choice(
                ["--teacher", "a.attar", "--teacher", "b.attar", "--teacher-weights", "0.7,0.3"])
            #expect(several["teacher"] as? String == "0.7 a.attar + 0.3 b.attar")

            let features = try await choice(
                ["--teacher", "a.attar", "--features", "hint:activation1>activation0,weight=10", "--features", "pkt"])
            #expect(features["features"] as? [String] == ["hint:activation1>activation0,weight=10.0", "pkt"])

            let chain = try await choice(
                ["--teacher", "a.attar", "--assistant", "mlp[8,epochs=20]", "--generations", "2"])
            let roles = (chain["stages"] as? [[String: Any]])?.map { $0["role"] as? String }
            #expect(roles == ["teacher", "assistant", "generation 1", "generation 2"])
            let recipe = try await attar("inspect", "s.attar", "--json").json()["recipe"] as? [String: Any]
            #expect(recipe?["assistants"] as? [String] == ["mlp[8,epochs=20]"])
            #expect(recipe?["generations"] as? Int == 2)

            let mutual = try await choice(["--teacher", "a.attar", "--peer", "mlp[8,epochs=20]"])
            #expect(mutual["peer"] as? String == "mlp[8,epochs=20]")
        }
    }
}
