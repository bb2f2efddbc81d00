import Foundation

/// Small tables that the tests make up, and models trained on them once.
enum SmallData {
    /// 90 rows with a number that tells the class, one that does not, and a category that nearly does.
    static let fruit = table(rows: 90)
    /// The same rows without the target.
    static let bare = table(rows: 90, withTarget: false)
    /// A few of them.
    static let unlabelled = table(rows: 20, withTarget: false)
    /// Rows with a numeric target.
    static let prices =
        "size,age,price\n"
        + (0..<80).map { "\($0 % 20),\($0 % 7),\(3 * ($0 % 20) - ($0 % 7)).5" }.joined(separator: "\n") + "\n"

    /// A tree that was trained on `fruit`.
    static let tree = Task { try await trained("tree[leaves=8]", on: fruit, target: "fruit") }

    private static func table(rows: Int, withTarget: Bool = true) -> String {
        let names = ["apple", "pear", "plum, ripe"]
        var text = "weight,noise,shop\(withTarget ? ",fruit" : "")\n"
        for row in 0..<rows {
            let kind = row % 3
            text += "\(100 + 60 * kind + row * 7 % 40),\(row * 31 % 17),\(row % 5 == 0 ? "other" : "shop\(kind)")"
            text += withTarget ? ",\"\(names[kind])\"\n" : "\n"
        }
        return text
    }

    private static func trained(_ model: String, on data: String, target: String) async throws -> Data {
        var bytes = Data()
        try await Attar.inFolder(["data.csv": data]) { attar in
            _ = try await attar(
                "train", "data.csv", "--target", target, "--model", model, "--out", "m.attar", "--threads", "1")
            bytes = try attar.bytes("m.attar")
        }
        return bytes
    }
}
