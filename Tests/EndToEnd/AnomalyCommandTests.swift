import Foundation
import Testing

struct AnomalyCommandTests {
    @Test func `A detector is distilled, raises alarms by a promise, and refuses one that it cannot keep`() async throws
    {
        // Rows along a line, and one in forty far off it.
        let rows = (0..<600).map { row -> String in
            let place = Double(row * 37 % 600) / 100
            let off = row % 40 == 7 ? 4.0 : Double(row * 53 % 41) / 200
            return "\(place),\(2 * place + off),\(row % 40 == 7 ? 1 : 0)"
        }
        let data = "a,b,known\n" + rows.joined(separator: "\n") + "\n"
        try await Attar.inFolder(["data.csv": data]) { attar in
            let distilled = try await attar(
                "distill", "data.csv", "--task", "anomaly", "--target", "known", "--teacher",
                "ensemble[iforest[trees=20],knn,lof]", "--student", "forest[trees=20]", "--strategy", "teacher",
                "--seeds",
                "1", "--evidence", "quick", "--out", "s.attar", "--json")
            #expect(distilled.status == 0, "\(distilled.words)")
            let json = distilled.output
            for key in ["auroc", "averagePrecision", "precisionAtTop1", "rankCorrelation", "falseAlarmRate"] {
                #expect(json.contains("\"\(key)\""), "\(key)")
            }
            let run = try await attar(
                "predict", "data.csv", "--model", "s.attar", "--allow-extra-columns", "--false-alarms", "1%", "--out",
                "p.csv")
            #expect(run.status == 0, "\(run.words)")
            let lines = String(decoding: try attar.bytes("p.csv"), as: UTF8.self).split(separator: "\n")
                .map { $0.split(separator: ",") }
            #expect(lines[0] == ["row", "score", "pValue", "alarm"] && lines.count == 601)
            let alarms = lines.dropFirst().count { $0[3] == "1" }
            #expect(alarms > 0 && alarms < 40, "\(alarms)")
            for line in lines.dropFirst() {
                #expect((Double(line[2]) ?? 1) <= 0.010_000_2 ? line[3] == "1" : line[3] == "0")
            }
            let few = try await attar(
                "predict", "data.csv", "--model", "s.attar", "--allow-extra-columns", "--false-alarms", ".1%")
            #expect(few.status != 0 && few.words.contains("can be promised on 999 held-out rows"))
            let coverage = try await attar(
                "predict", "data.csv", "--model", "s.attar", "--allow-extra-columns", "--coverage", ".9")
            #expect(coverage.status != 0 && coverage.words.contains("Leave --coverage out"))
            // Without its teacher nobody says what order is right: known anomalies are measured against, and skill is not judged.
            let alone = try await attar("evaluate", "data.csv", "--model", "s.attar", "--target", "known")
            #expect(alone.status == 0 && alone.output.contains("area under ROC"), "\(alone.words)")
            #expect(!alone.words.contains("not measurably better"), "\(alone.words)")
        }
    }
}
