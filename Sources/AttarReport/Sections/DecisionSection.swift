import Attar

/// The verdict, first on the page: what to do, why, and whether distilling helped.
func decisionSection(_ subject: Subject) -> String {
    var parts: [String] = []
    if let decision = subject.decision {
        let kind =
            switch decision.kind {
            case .ship: "Ship"
            case .shipWithGuard: "Ship with a guard"
            case .doNotShip: "Do not ship"
            }
        let isGood = decision.kind != .doNotShip
        parts.append("<p class=\"decision\">Decision: <strong>\(kind)</strong> \(isGood ? "✓" : "✗")</p>")
        if let guardrail = decision.guardrail {
            parts.append("<p><strong>The guard:</strong> \(escaped(guardrail.text))</p>")
        }
        let checks = decision.checks.map { check in
            "<li class=\"\(check.holds ? "holds" : "fails")\">\(check.holds ? "✓ kept" : "✗ not kept"): \(escaped(check.text)).</li>"
        }
        let told = Set(decision.checks.map { "\($0.text)." })
        let others = decision.reasons.filter { !told.contains($0) }.map { "<li class=\"fails\">✗ \(escaped($0))</li>" }
        let remarks = (decision.remarks ?? []).map { "<li class=\"quiet\">\(escaped($0))</li>" }
        parts.append("<ul class=\"checks\">\((others + checks + remarks).joined())</ul>")
    }
    if let verdict = subject.verdict { parts.append("<p>\(escaped(verdict))</p>") }
    if let text = subject.evidence.nonInferiority?.text { parts.append("<p>\(escaped(text))</p>") }
    let isNo = subject.decision.map { $0.kind == .doNotShip } ?? !subject.helped
    return "<div class=\"verdict\(isNo ? " no" : "")\">\(parts.joined(separator: "\n"))</div>"
}
