import Foundation
import Testing

struct CoverageCommandTests {
    private func fields(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    @Test func `Sets hold the truth as often as is asked, from a distilled file and from rows that are given`()
        async throws
    {
        let rows = (0..<400).map { "\(($0 * 37) % 100),\(($0 * 37) % 100 + ($0 * 53) % 41 > 70 ? "yes" : "no")" }
        let data = "weight,answer\n" + rows.joined(separator: "\n") + "\n"
        try await Attar.inFolder(["data.csv": data]) { attar in
            let distilled = try await attar(
                "distill", "data.csv", "--target", "answer", "--teacher", "tree", "--student", "tree[leaves=4]",
                "--strategy", "teacher", "--seeds", "1", "--evidence", "quick", "--sets", "lac", "--out", "s.attar")
            #expect(distilled.status == 0, "\(distilled.words)")
            /// The classes in the set of each row.
            func sets(_ coverage: String, _ extra: [String] = []) async throws -> [[Substring]] {
                let run = try await attar.run(
                    ["predict", "data.csv", "--model", "s.attar", "--allow-extra-columns", "--out", "p.csv"]
                        + ["--coverage", coverage] + extra)
                #expect(run.status == 0, "\(run.words)")
                let lines = fields(String(decoding: try attar.bytes("p.csv"), as: UTF8.self))
                #expect(lines[0].last == "set" && lines.count == 401)
                return lines.dropFirst().map { ($0.last ?? "").split(separator: "|") }
            }
            for extra in [[], ["--calibration", "data.csv"]] {
                let wide = try await sets("90%", extra)
                let held = wide.indices.count { index in wide[index].contains { rows[index].hasSuffix(",\($0)") } }
                // Nine in ten of 400, and four standard errors of the 120 rows that the file's thresholds stand on.
                #expect(held > 316, "\(held) of 400")
                // Six rows in ten lie where only one answer occurs: sets of all classes everywhere would say nothing.
                let size = wide.reduce(0) { $0 + $1.count }
                #expect(size < 600, "\(size) classes in 400 sets")
                #expect(wide.count { $0.count == 1 } > 200)
                let narrow = try await sets("60%", extra).reduce(0) { $0 + $1.count }
                #expect(narrow <= size, "\(narrow) classes at 60 %, \(size) at 90 %")
            }
            let high = try await attar(
                "predict", "data.csv", "--model", "s.attar", "--allow-extra-columns", "--coverage", ".999", "--out",
                "p.csv")
            #expect(high.status == 0 && high.words.contains("needs 999 calibration rows, and there are 120"))
            let again = try await attar("distill", "data.csv", "--target", "answer", "--sets", "cqr")
            #expect(again.status != 0 && again.words.contains("sets is cqr, which does not suit a classification"))
        }
    }

    @Test func `A coverage that cannot be is refused, and a file without thresholds says what to do`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.unlabelled]) { attar in
            try attar.write(await SmallData.tree.value, to: "t.attar")
            for coverage in ["0", "1", "1.5", "abc", "120%"] {
                let run = try await attar("predict", "data.csv", "--model", "t.attar", "--coverage", coverage)
                #expect(run.status == 64 && run.words.contains("must lie between 0 and 1, such as .9 or 90%"))
            }
            let run = try await attar("predict", "data.csv", "--model", "t.attar", "--coverage", ".9")
            #expect(run.status != 0 && run.words.contains("'t.attar' keeps no thresholds for sets or intervals"))
            #expect(run.words.contains("--calibration DATA"))
            let alone = try await attar("predict", "data.csv", "--model", "t.attar", "--calibration", "data.csv")
            #expect(alone.status == 64 && alone.words.contains("--calibration needs --coverage"))
        }
    }

    @Test func `Intervals that cannot be promised on so few rows are refused`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.prices]) { attar in
            let distilled = try await attar(
                "distill", "data.csv", "--target", "price", "--task", "regression", "--teacher", "tree", "--student",
                "tree",
                "--strategy", "teacher", "--seeds", "1", "--evidence", "quick", "--out", "s.attar")
            #expect(distilled.status == 0, "\(distilled.words)")
            let predict = ["predict", "data.csv", "--model", "s.attar", "--allow-extra-columns", "--coverage"]
            let run = try await attar.run(predict + [".9", "--out", "p.csv"])
            #expect(run.status == 0, "\(run.words)")
            let lines = fields(String(decoding: try attar.bytes("p.csv"), as: UTF8.self))
            #expect(lines[0] == ["row", "prediction", "low", "high"])
            for line in lines.dropFirst() {
                let numbers = line.compactMap(Double.init)
                #expect(numbers[2] <= numbers[1] && numbers[1] <= numbers[3])
            }
            let high = try await attar.run(predict + [".99"])
            #expect(
                high.status != 0
                    && high.words.contains("a coverage of 99 % needs 99 calibration rows, and there are 24"))
        }
    }
}
