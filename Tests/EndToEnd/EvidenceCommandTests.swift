import Foundation
import Testing

/// How much is trained for evidence alone, through the command.
struct EvidenceCommandTests {
    @Test func `The effort for evidence goes from a flag into the file, and the student stays the same`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let distill = [
                "distill", "data.csv", "--target", "fruit", "--teacher", "tree", "--student", "linear", "--strategy",
                "teacher", "--seeds", "1", "--folds", "2", "--threads", "1", "--json",
            ]
            var fingerprints: [String?] = []
            for effort in ["full", "quick"] {
                let run = try await attar.run(distill + ["--evidence", effort, "--out", "\(effort).attar"])
                #expect(run.status == 0, "\(run.words)")
                let inspection = try await attar("inspect", "\(effort).attar", "--json").json()
                #expect((inspection["recipe"] as? [String: Any])?["evidence"] as? String == effort)
                fingerprints.append(inspection["fingerprint"] as? String)
            }
            #expect(fingerprints[0] != nil && fingerprints[0] == fingerprints[1])
            let wrong = try await attar.run(distill + ["--evidence", "much", "--out", "s.attar"])
            #expect(wrong.status != 0)
            #expect(wrong.words.contains("evidence is much, but must be auto, full, quick or cross"))
        }
    }

    @Test func `Every row becomes a test row, the page says whose figures those are, and verify what it cannot see`()
        async throws
    {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let distill = [
                "distill", "data.csv", "--target", "fruit", "--teacher", "boost[rounds=20]", "--student", "linear",
                "--strategy", "teacher", "--seeds", "1", "--folds", "3", "--threads", "1", "--evidence", "cross",
                "--json", "--out", "s.attar",
            ]
            let run = try await attar.run(distill + ["--report", "s.html", "--report", "s.md"])
            #expect(run.status == 0, "\(run.words)")
            let json = try run.json()
            #expect(json["testRows"] as? Int == json["trainingRows"] as? Int)
            let crossed = try #require(json["crossFitted"] as? [String: Int])
            #expect(crossed == ["parts": 3, "rows": try #require(json["testRows"] as? Int)])
            for page in ["s.html", "s.md"] {
                #expect(String(decoding: try attar.bytes(page), as: UTF8.self).contains("Every row is a test row"))
            }
            let verified = try await attar("verify", "s.attar", "data.csv")
            #expect(verified.status == 0 && verified.words.contains("that the file does not hold"), "\(verified.words)")
            let refused = try await attar.run(distill + ["--test", "data.csv"])
            #expect(refused.status == 64 && refused.words.contains("makes every row a test row"), "\(refused.words)")
        }
    }
}
