internal import Attar

/// A decision in words.
enum DecisionText {
    /// The decision, what stands against it, the guard, and what cannot be told.
    static func lines(_ decision: Decision) -> [String] {
        let failed = decision.checks.filter { !$0.holds }.map { "\($0.text)." }
        let against = decision.reasons.filter { reason in
            failed.contains(reason) || !decision.checks.contains { "\($0.text)." == reason }
        }
        return ["Decision: \(decision.kind.rawValue)."] + against.map { "  because: \($0)" }
            + [decision.guardrail.map { "  guard: \($0.text)" }].compactMap { $0 }
            + (decision.remarks ?? []).map { "  note: \($0)" }
    }
}
