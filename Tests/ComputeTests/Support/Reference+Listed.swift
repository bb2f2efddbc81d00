import Compute

extension Reference {
    /// −log of the softmax of a row, as plainly as possible.
    private static func surprises(_ z: [Double]) -> [Double] {
        let highest = z.max() ?? 0
        let sum = z.reduce(0) { $0 + exponential($1 - highest) }
        return z.map { highest + logarithm(sum) - $0 }
    }

    /// Σ over listed classes of q·log(q/p) + tail·log(tail/(1 − Σ p)).
    static func sparseDivergence(_ z: [Double], _ listed: [(id: Int, share: Double)], tail: Double) -> Double {
        let surprises = surprises(z)
        var value = listed.reduce(0) { value, entry in
            entry.share > 0 ? value + entry.share * (logarithm(entry.share) + surprises[entry.id]) : value
        }
        let others = z.indices.filter { index in !listed.contains { $0.id == index } }
        let rest = others.reduce(0) { $0 + exponential(-surprises[$1]) }
        if tail > 0, !others.isEmpty { value += tail * (logarithm(tail) - logarithm(rest)) }
        return value
    }

    /// −Σ weight·log p.
    static func sampledCrossEntropy(_ z: [Double], _ drawn: [(id: Int, weight: Double)]) -> Double {
        let surprises = surprises(z)
        return drawn.reduce(0) { $0 + $1.weight * surprises[$1.id] }
    }
}
