import Attar
import Compute

/// Intervals of figures of classes, and of differences of student and twin, hold the truth.
struct ClassIntervals: Claim {
    let name = "intervals of classes"
    let says =
        "95 % intervals hold the truth, %; in each cell on 30 · 100 · 500 rows. Δ: student minus the same student without a teacher."

    func tried(_ effort: Effort) throws -> [Outcome] {
        var table = CoverageTable("figure", worlds: ClassWorld.all.map(\.name))
        let order = Figures.order(TaskKind.classification.metrics)
        for world in ClassWorld.all {
            var generator = SeededGenerator(seed: Draws.seed, stream: "truth of \(world.name)")
            let fresh = world.drawn(Draws.truthRows, &generator)
            let truth = Figures.truth(
                RowStatistics(classes: fresh.student, fresh.labels, teacher: fresh.teacher, weights: fresh.weights),
                RowStatistics(classes: fresh.twin, fresh.labels, teacher: fresh.teacher, weights: fresh.weights),
                fresh.weights)
            for rows in Draws.rows {
                var coverage = Coverage()
                let found = try Draws.each(effort.draws, of: "\(world.name) \(rows)") { draw, generator in
                    Figures(world.drawn(rows, &generator), seed: UInt64(draw)).intervals
                }
                for intervals in found { coverage.add(intervals, truth: truth) }
                table.add(coverage, world: world.name, rows: rows, order: order)
            }
        }
        return table.outcomes(name, draws: effort.draws)
    }
}

extension CoverageTable {
    /// Prints the table, and says what became of the claim.
    func outcomes(_ claim: String, draws: Int) -> [Outcome] {
        self.print()
        let least = worst.min { $0.share < $1.share }
        return [
            Outcome(claim, share: least?.share ?? 0, of: draws, where: least?.place ?? "nothing", atLeast: 0.93),
            Outcome(
                "\(claim): none leaves out its own figure", worst: "\(strays)", goal: "0", isMet: strays == 0),
        ]
    }
}
