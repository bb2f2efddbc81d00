import Attar
import Testing

struct SettingFormTests {
    @Test(arguments: [
        (NumberRange.above(0), "above 0", [1e-9, 5], [0, -1]),
        (.above(0, atMost: 1), "above 0, at most 1", [1, 0.5], [0, 1.5]),
        (.from(0), "0 or more", [0, 1e9], [-1e-9]),
        (.from(0, below: 1), "0 or more, below 1", [0, 0.99], [1]),
        (.from(0, to: 1), "from 0 to 1", [0, 1], [-0.1, 1.1]),
        (.between(0, 1), "between 0 and 1", [0.5], [0, 1]),
    ])
    func `A range contains its numbers and says so`(
        _ range: NumberRange, words: String, inside: [Double], outside: [Double]
    ) {
        #expect(range.words == words)
        for number in inside { #expect(range.contains(number), "\(number)") }
        for number in outside + [.nan, .infinity] { #expect(!range.contains(number), "\(number)") }
    }

    @Test func `A value of another type is refused with the type`() {
        let error = #expect(throws: AttarError.self) { try SettingForm.count(1...9).check(.string("x"), of: "folds") }
        #expect(error?.description == "folds is of the wrong type. Give a whole number, from 1 to 9.")
    }

    @Test func `A misspelled word of many brings the nearest one`() {
        let form = SettingForm.word(["lac", "aps", "raps", "cqr"])
        let error = #expect(throws: AttarError.self) { try form.check(.string("rap"), of: "sets") }
        #expect(error?.description == "sets is rap, but must be lac, aps, raps or cqr. Did you mean 'raps'?")
    }
}
