import Attar
import Foundation
import Testing

@Suite struct FamilyGuideTests {
    @Test func `Both readmes name every option of the families that are no networks, with its default`() throws {
        let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { folder, _ in folder.deletingLastPathComponent() }
        for name in ["README.md", "README.zh-CN.md"] {
            let page = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
            for family in [Family.linear, .tree, .forest, .boost, .svm] {
                let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| `\(family.name)` |") })
                let options = FamilyGuide.options(of: family)
                #expect(!options.isEmpty)
                for option in options {
                    let name = try #require(option.split(separator: "`").first)
                    let usual = try #require(option.split(separator: "(").last?.prefix { $0 != ")" && $0 != ";" })
                    let isNumber = Double(usual) != nil
                    #expect(
                        row.contains(isNumber ? "`\(name)=\(usual)`" : "`\(name)"),
                        "\(name): \(family.name)'s row lacks \(option)")
                }
            }
        }
    }

    @Test func `A family out of its range says what to give, whichever it is`() throws {
        for (text, sentence) in [
            ("boost[depth=0]", "boost's depth is 0. Give 1 to 30."),
            ("tree[leaves=0]", "tree's leaves is 0. Give 1 to 1000000."),
            ("forest[minimumLeaf=0]", "forest's minimumLeaf is 0.0. Give a number above 0."),
            ("linear[l2=-1]", "linear's l2 is -1.0. Give 0 or more."),
        ] {
            let specification = try Specification(text)
            let estimator = try Family.named(specification.name).estimator(specification)
            let error = #expect(throws: AttarError.self) { try estimator.validate() }
            #expect(error?.description == sentence)
        }
    }

    @Test func `The guide fits a terminal`() {
        #expect(FamilyGuide.text().split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
}
