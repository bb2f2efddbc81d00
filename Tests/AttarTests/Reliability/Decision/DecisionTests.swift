import Attar
import Compute
import Testing

struct DecisionTests {
    /// A decision on a student that keeps everything, but for what is changed.
    private static func decision(
        bound: Double = 0.01, flips: Double = 0.01, error: Double = 0.02, difference: Estimate? = nil,
        agreementKept: Double? = nil, threshold: Double? = 0.8, rows: Int = 500
    ) throws -> Decision {
        let guarded = threshold.map { #","threshold":\#($0),"coverage":0.93"# } ?? ""
        let shift = agreementKept.map {
            #","shift":{"rows":500,"clean":{"quality":{"student":0.9}},"corruptions":[],"agreementKept":\#($0),"qualityKept":1,"notes":[]}"#
        }
        let evidence: Evidence = try JSONValue(
            parsing: """
                {"training":[],"nonInferiority":{"metric":"accuracy","deficit":0,"bound":\(bound),"text":""},
                "selection":{"curves":{"student":[]},"levels":{"student":[]},"area":{"student":{"value":0,"low":0,"high":0}},
                "guarantees":[{"risk":0.01,"delta":0.1},{"risk":0.05,"delta":0.1\(guarded)},
                {"risk":0.1,"delta":0.1,"threshold":0.5,"coverage":0.99}],"score":"probability","notes":[]}\(shift ?? "")}
                """
        ).decoded()
        return Decision(
            Thresholds(), of: .classification,
            Decision.Grounds(
                figures: [
                    "negativeFlips": Estimate(exactly: flips), "expectedCalibrationError": Estimate(exactly: error),
                ],
                difference: difference, evidence: evidence, hasTeacher: true, testRows: rows))
    }

    @Test func `A student that keeps all thresholds ships, with what was looked at as reasons`() throws {
        let decision = try Self.decision(agreementKept: 0.96)
        #expect(decision.kind == .ship && decision.guardrail == nil)
        #expect(decision.checks.map(\.name) == ["deficit", "negativeFlips", "calibrationError", "agreementUnderShift"])
        #expect(decision.checks.last?.value == 0.96 && decision.checks.last?.limit == 0.5)
        #expect(decision.reasons.count == 4)
    }

    @Test func `Wrong answers are kept back by a guard where a confidence is vouched for`() throws {
        let decision = try Self.decision(flips: 0.04)
        #expect(decision.kind == .shipWithGuard)
        let guardrail = try #require(decision.guardrail)
        #expect(guardrail.threshold == 0.8 && guardrail.coverage == 0.93 && guardrail.action == "teacher")
        #expect(decision.reasons.first?.contains("4.0 % of the rows; allowed are 3.0 %") == true)
        let close = try Self.decision(bound: 0.0502)
        #expect(
            close.reasons.first?.contains("at most 5.02 points below the teacher's; allowed are 5.00 points") == true)
        #expect(try Self.decision(bound: 0.06, agreementKept: 0.4).kind == .shipWithGuard)
        #expect(try Self.decision(agreementKept: 0.45).kind == .shipWithGuard)
        #expect(try Self.decision(flips: 0.04, threshold: nil).kind == .doNotShip)
    }

    @Test func `A guard can be the answer to probabilities that do not mean what they say`() throws {
        #expect(try Self.decision(error: 0.06).kind == .shipWithGuard)
        #expect(try Self.decision(error: 0.06, threshold: nil).kind == .doNotShip)
    }

    @Test func `No guard helps against harm or too few rows`() throws {
        #expect(try Self.decision(rows: 29).kind == .doNotShip)
        #expect(try Self.decision(difference: Estimate(value: -0.02, low: -0.03, high: -0.001)).kind == .doNotShip)
        #expect(try Self.decision(difference: Estimate(value: -0.02, low: -0.03, high: 0.001)).kind == .ship)
    }

    @Test func `Thresholds are read from a recipe, and refused where they are no shares`() throws {
        let recipe = try Recipe(yaml: "thresholds: {deficit: 0.02, sliceRegressions: 2}\nrequire: ship", source: "r")
        #expect(recipe.thresholds.deficit == 0.02 && recipe.thresholds.sliceRegressions == 2)
        #expect(recipe.thresholds.negativeFlips == Thresholds().negativeFlips)
        let again: Recipe = try JSONValue(encoding: recipe).decoded()
        #expect(again == recipe)
        for bad in ["thresholds: {deficit: 2}", "thresholds: {sliceRegressions: -1}", "require: much"] {
            #expect(throws: AttarError.self) { try Recipe(yaml: bad, source: "r").validate() }
        }
        let unknown = #expect(throws: AttarError.self) {
            try Recipe(yaml: "thresholds: {deficits: 0.1}", source: "r")
        }
        #expect(unknown?.description.contains("deficits") == true)
    }
}
