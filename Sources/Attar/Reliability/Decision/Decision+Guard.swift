extension Decision.Guard {
    /// A guard that leaves the student fewer rows is none.
    static let leastCoverage = 0.05
    /// A guard that leaves the student as good as all rows is none either.
    private static let mostCoverage = 0.999

    /// The guard with the lowest threshold that keeps a risk and holds something back, from what selective answering is vouched for; nil where none is.
    init?(_ selection: SelectiveEvidence?, risk: Double, _ hasTeacher: Bool) {
        let usable = (selection?.guarantees ?? []).filter {
            $0.risk <= risk + 1e-12 && (Self.leastCoverage..<Self.mostCoverage).contains($0.coverage ?? 0)
        }
        guard let best = usable.max(by: { $0.risk < $1.risk }), let threshold = best.threshold,
            let coverage = best.coverage, let shown = Self.shown(threshold)
        else { return nil }
        self.init(
            action: hasTeacher ? "teacher" : "abstain", threshold: threshold, coverage: coverage,
            text:
                "Where the student's confidence is below \(shown), let \(hasTeacher ? "the teacher answer, or nobody" : "nobody answer"): "
                + "the student then answers \(Decision.share(coverage)) of the rows, and with \((100 * (1 - best.delta)).formatted(digits: 0)) % confidence at most "
                + "\((100 * best.risk).formatted(digits: 0)) % of its answers are wrong.")
    }

    /// A threshold in as many digits as tell it from 1; nil where six do not: nobody would set it so.
    private static func shown(_ threshold: Double) -> String? {
        (3...6).lazy.map { threshold.formatted(digits: $0) }.first { (Double($0) ?? 1) < 1 }
    }
}
