import Attar
import Testing

struct NumberTextTests {
    @Test(
        arguments: [
            ("1,234.50", 1234.5, nil), ("1.234,50", nil, 1234.5), ("1,5", nil, 1.5), ("1.5", 1.5, nil),
            ("1,234", 1234, 1.234), ("1.234", 1.234, 1234), ("1,234,567", 1_234_567, nil), ("1 234,5", nil, 1234.5),
            ("1\u{202F}234\u{202F}567", 1_234_567, 1_234_567), ("1'234.50", 1234.5, nil), ("$1,200", 1200, 1.2),
            ("-$5", -5, -5), ("$-5", -5, -5), ("(1,200.00)", -1200, nil), ("5 €", 5, 5), ("EUR 5,25", nil, 5.25),
            ("\u{2212}3", -3, -3), ("45%", 0.45, 0.45), ("12,5 %", nil, 0.125), ("0,123", nil, 0.123),
            ("1,5e3", nil, 1500),
            (".5", 0.5, nil), (",5", nil, 0.5),
        ] as [(String, Float?, Float?)])
    func `A number that people wrote has the value that the mark before its fraction gives it`(
        text: String, byPoint: Float?, byComma: Float?
    ) throws {
        let number = try #require(NumberText(text))
        #expect(number.value(.point) == byPoint && number.value(.comma) == byComma)
    }

    @Test(arguments: [
        "", " ", "abc", "1,23,456", "12.34.56", "1..5", "007", "0,123,456", "1-2", "2024-01-31", "31.01.2024", "12:30",
        "$", "%", "5%%", "$5%", "$€5", "5 apples", "+-5", "1,2345,678", "1 23", "192.168.1.1", "1e", "e5", ",", "()",
    ])
    func `What is no number in any notation is none`(text: String) {
        #expect(NumberText(text) == nil)
    }
}
