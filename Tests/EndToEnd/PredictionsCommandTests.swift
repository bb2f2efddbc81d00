import Foundation
import Testing

/// The command with a teacher whose answers stand in a file.
struct PredictionsCommandTests {
    @Test func `Answers to training rows teach, and test rows of another file are measured without a teacher`()
        async throws
    {
        // Other fruit: no test row is a training row.
        let test = SmallData.fruit.split(separator: "\n").enumerated().map { index, line in
            guard index > 0, let comma = line.firstIndex(of: ","), let weight = Int(line[..<comma]) else {
                return "\(line)"
            }
            return "\(weight + 1)\(line[comma...])"
        }.joined(separator: "\n")
        try await Attar.inFolder(["data.csv": SmallData.fruit, "new.csv": test]) { attar in
            try attar.write(try await SmallData.tree.value, to: "tree.attar")
            _ = try await attar("predict", "data.csv", "--model", "tree.attar", "--out", "soft.csv")
            let run = try await attar(
                "distill", "data.csv", "--target", "fruit", "--teacher", "predictions:soft.csv", "--test", "new.csv",
                "--student", "linear", "--strategy", "teacher", "--seeds", "1", "--json")
            #expect(run.status == 0, "\(run.words)")
            let json = try run.json()
            let student = try #require(json["student"] as? [String: [String: Double]])
            #expect(try #require(student["accuracy"]?["value"]) > 0.5)
            #expect(student["agreement"] == nil)
            #expect((json["teacher"] as? [String: Any])?.isEmpty == true)
            #expect(run.words.contains("has no answers to the rows of 'new.csv'"), "\(run.words)")
            let verdict = try #require((json["verdict"] as? [String: Any])?["text"] as? String)
            #expect(!verdict.contains("the teacher ("), "\(verdict)")
            let verified = try await attar(
                "verify", "student.attar", "data.csv", "--test", "new.csv", "--teacher", "predictions:soft.csv")
            #expect(verified.status == 0, "\(verified.words)")
            #expect(verified.words.contains("has no answers to the rows of 'new.csv'"), "\(verified.words)")
            #expect(verified.words.contains("same    accuracy: "), "\(verified.words)")
            // The decision stands in one place, whoever makes it.
            let evaluated = try await attar("evaluate", "new.csv", "--model", "student.attar", "--json").json()
            for document in [json, evaluated] {
                let decision = try #require(document["decision"] as? NSDictionary)
                #expect((document["verdict"] as? NSDictionary)?["decision"] as? NSDictionary == decision)
            }
        }
    }
}
