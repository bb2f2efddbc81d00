import Attar
import Testing

struct GuardTests {
    /// A decision on a student that flips too many answers, with thresholds that are vouched for: risk, threshold, coverage.
    private static func decision(_ guarantees: [(Double, Double, Double)]) throws -> Decision {
        let vouched = guarantees.map {
            #"{"risk":\#($0.0),"delta":0.1,"threshold":\#($0.1),"coverage":\#($0.2)}"#
        }.joined(separator: ",")
        let evidence: Evidence = try JSONValue(
            parsing: """
                {"selection":{"curves":{"student":[]},"levels":{"student":[]},"area":{"student":{"value":0,"low":0,"high":0}},
                "guarantees":[\(vouched)],"score":"probability","notes":[]}}
                """
        ).decoded()
        return Decision(
            Thresholds(), of: .classification,
            Decision.Grounds(
                figures: ["negativeFlips": Estimate(exactly: 0.04)], evidence: evidence, hasTeacher: true, testRows: 500
            ))
    }

    @Test func `A guard that holds nothing back gives way to one that does`() throws {
        let decision = try Self.decision([(0.02, 0.7, 0.9), (0.05, 0.31, 1)])
        #expect(decision.kind == .shipWithGuard && decision.guardrail?.threshold == 0.7)
        #expect(decision.guardrail?.text.contains("the student then answers 90.0 % of the rows") == true)
    }

    @Test func `A guard that answers everything, next to nothing, or only what is beyond doubt is none`() throws {
        for useless in [(0.05, 0.31, 1.0), (0.05, 0.9, 0.9995), (0.05, 0.99, 0.01), (0.05, 0.99999999, 0.5)] {
            let decision = try Self.decision([useless])
            #expect(decision.kind == .doNotShip && decision.guardrail == nil, "\(useless)")
            #expect(decision.reasons.contains { $0.hasPrefix("No confidence is known that keeps some rows from") })
        }
    }

    @Test func `A threshold is written in as many digits as tell it from 1`() throws {
        let close = try Self.decision([(0.05, 0.99987, 0.5)])
        #expect(close.guardrail?.text.contains("below 0.9999,") == true, "\(close.guardrail?.text ?? "")")
        #expect(close.guardrail?.text.contains("1.000") == false)
    }
}
