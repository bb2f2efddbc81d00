/// The middle of some measurements: robust against the few that the rest of the machine disturbed.
func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
}

/// Microseconds that the work takes.
func microseconds(_ work: () throws -> Void) rethrows -> Double {
    let duration = try ContinuousClock().measure(work)
    return Double(duration.components.seconds) * 1e6 + Double(duration.components.attoseconds) * 1e-12
}

/// Keeps the optimiser from leaving out work whose result nobody reads.
@inline(never)
func blackHole(_ value: some Any) {}
