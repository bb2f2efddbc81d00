import Attar
import Testing

struct TransferPlanTests {
    @Test func `A text names strategies`() throws {
        #expect(try TransferPlan.parsed("auto", synthesised: 10) == nil)
        let plan = try #require(try TransferPlan.parsed("munge + noise", synthesised: 3))
        #expect(plan == TransferPlan([.munge, .noise], synthesised: 3))
        #expect(plan.description == "munge+noise")
        #expect(try TransferPlan.parsed("labels", synthesised: 1)?.isLabelsOnly == true)
    }

    @Test(arguments: [
        ("mung", "there is no transfer strategy 'mung'. Did you mean 'munge'?"),
        ("+", "the transfer strategy is empty. Write auto."),
        ("labels+munge", "'labels+munge' combines labels with other strategies."),
    ])
    func `What names none is refused`(text: String, start: String) {
        #expect(sentence { try TransferPlan.parsed(text, synthesised: 1) as Any }.hasPrefix(start))
    }
}
