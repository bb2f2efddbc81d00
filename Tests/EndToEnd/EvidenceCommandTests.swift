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
            #expect(wrong.words.contains("evidence is much, but must be auto, full or quick"))
        }
    }
}
