internal import Compute

extension Evaluation {
    /// Students minus their twins, the mean over the seeds, for the claim that teaching helps whatever the seed.
    ///
    /// Each replicate of the rows is moved by how far the mean over so few seeds may lie from the mean over all: a number of Student's t distribution times the
    /// standard error that the seeds' figures give, with the degrees of freedom of Welch (Biometrika 34, 1947). Resampling three seeds instead would give
    /// two thirds of that variance and a normal distribution's tails, and claim gains of nothing two to three times as often as it should.
    ///
    /// - Parameters:
    ///   - students: one a seed.
    ///   - twins: one for each student, by the same seed.
    ///   - withSeeds: whether the interval holds the spread of the seeds; else it is about these students alone.
    package static func difference(
        _ students: [Evaluation], _ twins: [Evaluation], withSeeds: Bool = true, seed: UInt64
    ) -> Evaluation {
        let pairs = zip(students, twins).map { $0.minus($1) }
        let count = Double(pairs.count)
        let metrics = pairs[0].metrics
        let spreads = metrics.enumerated().map { index, metric in
            // Where the labels alone were taken, the students are the twins.
            let isSame = pairs.allSatisfy { pair in pair.replicates.allSatisfy { $0[index] == 0 } }
            return isSame || !withSeeds ? SeedSpread.none : SeedSpread(metric, students, twins)
        }
        var generator = SeededGenerator(seed: seed, stream: "spread of seeds")
        let replicates = pairs[0].replicates.indices.map { replicate in
            let normals = (0...max(1, 2 * (pairs.count - 1))).map { _ in Double(generator.normal()) }
            return metrics.indices.map { index in
                pairs.reduce(0) { $0 + $1.replicates[replicate][index] } / count + spreads[index].shift(normals)
            }
        }
        return Evaluation(
            metrics: metrics,
            values: metrics.indices.map { index in pairs.reduce(0) { $0 + $1.values[index] } / count },
            replicates: replicates, own: students.flatMap(\.own), against: twins.flatMap(\.own),
            weighting: students[0].weighting, seeds: withSeeds ? .replicates : .none)
    }
}

/// How far a mean difference over a few seeds may lie from that over all.
private struct SeedSpread {
    let error: Double
    let freedom: Int

    static let none = SeedSpread(error: 0, freedom: 1)

    init(error: Double, freedom: Int) { (self.error, self.freedom) = (error, freedom) }

    init(_ metric: Metric, _ students: [Evaluation], _ twins: [Evaluation]) {
        func part(_ members: [Evaluation]) -> Double {
            let values = members.compactMap { member in
                member.metrics.firstIndex(of: metric).map { member.values[$0] }
            }
            let mean = values.reduce(0, +) / Double(values.count)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return values.count > 1 ? squares / Double(values.count - 1) / Double(values.count) : 0
        }
        let (own, other) = (part(students), part(twins))
        let free = max(1, students.count - 1)
        let sizes = own * own + other * other
        guard sizes > 0 else {
            self = .none
            return
        }
        let welch = Double(free) * (own + other) * (own + other) / sizes
        // Rounded down, never below what one of the two has.
        self.init(error: (own + other).squareRoot(), freedom: min(2 * free, max(free, Int(welch + 1e-9))))
    }

    /// A number of Student's t distribution times the error, from standard normal numbers.
    func shift(_ normals: [Double]) -> Double {
        if error == 0 { return 0 }
        let squares = normals[1...freedom].reduce(0) { $0 + $1 * $1 } / Double(freedom)
        return squares > 0 ? error * normals[0] / squares.squareRoot() : 0
    }
}
