import Attar
import Testing

struct AllowanceTests {
    @Test(arguments: [("1%", 1000, 10), ("1 %", 50, 1), ("0%", 50, 0), ("100%", 7, 7), ("20", 5, 20), ("0", 5, 0)])
    func `A share is of the rows, and a number stands for itself`(_ text: String, _ rows: Int, _ most: Int) throws {
        #expect(try Allowance(text).most(of: rows) == most)
        #expect(try Allowance(Allowance(text).text) == Allowance(text))
    }

    @Test(arguments: ["0.01", "-1", "101%", "few", "", "%"])
    func `What could be either, or is neither, is refused`(_ text: String) {
        #expect(throws: AttarError.self) { try Allowance(text) }
    }

    @Test func `A recipe has it as text or number`() throws {
        for (yaml, allowance) in [("1%", Allowance.share(0.01)), ("5", .count(5)), ("'5'", .count(5))] {
            let recipe = try Recipe(yaml: "asking: {maxFailures: \(yaml), retryFailures: true}", source: "r")
            #expect(recipe.asking.maxFailures == allowance && recipe.asking.retryFailures)
        }
    }
}
