import Attar
import Testing

struct SpendingTests {
    @Test(arguments: [
        (0.008_699_549_999_999_966, "0.0087"), (12.3456, "12.35"), (0, "0"), (0.000_01, "less than 0.0001"),
        (0.01, "0.01"),
    ])
    func `A price has two digits, or four below a cent`(_ cost: Double, _ text: String) {
        #expect(Spending.price(cost) == text)
    }

    @Test func `Totals are one phrase`() {
        var spent = Spending()
        spent.requests = 1003
        (spent.tokensRead, spent.tokensWritten, spent.cost) = (1_234_567, 2006, 0.5)
        #expect(spent.words == "1,003 requests, 1,234,567 tokens read and 2,006 written, cost 0.50")
        var one = Spending()
        one.requests = 1
        #expect(one.words == "1 request")
        #expect(spent.since(one).requests == 1002)
    }
}
