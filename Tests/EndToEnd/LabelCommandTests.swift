import Foundation
import Testing

struct LabelCommandTests {
    @Test func `Rows are labelled once, counted, and asked no more`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            try attar.write(await SmallData.tree.value, to: "t.attar")
            let label = ["label", "data.csv", "--target", "fruit", "--teacher", "t.attar", "--out", "kept", "--json"]
            let first = try await attar.run(label)
            #expect(first.status == 0, "\(first.words)")
            #expect(first.words.contains("Asked 64 rows beforehand: the answers are probabilities of 3 classes"))
            #expect(try first.json()["asked"] as? Int == 90)
            let second = try await attar.run(label)
            let document = try second.json()
            #expect(document["asked"] as? Int == 0 && document["answered"] as? Int == 90)
            let stats = try await attar("label", "data.csv", "--target", "fruit", "--out", "kept", "--stats")
            #expect(
                stats.status == 0 && stats.words.contains("90 of these 90 rows")
                    && stats.words.contains("agreement with labels"))
        }
    }

    @Test func `A limited number of rows is asked, with a curve`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            try attar.write(await SmallData.tree.value, to: "t.attar")
            let run = try await attar(
                "label", "data.csv", "--target", "fruit", "--teacher", "t.attar", "--ask", "40", "--select", "k-centre",
                "--student", "linear", "--rounds", "2", "--json")
            #expect(run.status == 0, "\(run.words)")
            #expect(try run.json()["answered"] as? Int == 40)
            #expect((try run.json()["curve"] as? [Any])?.count == 2)
            #expect(try attar.names().contains("attar-answers"))
        }
    }
}
