import Attar
import Compute

/// The bound on how far a student lies behind its teacher holds.
struct DeficitBounds: Claim {
    let name = "non-inferiority bounds"
    let says =
        "The one-sided 95 % bound of student minus teacher lies below the true difference, %; on 30 · 100 · 500 rows."

    func tried(_ effort: Effort) throws -> [Outcome] {
        var table = CoverageTable("bound", worlds: ClassWorld.all.map(\.name))
        for world in ClassWorld.all {
            var generator = SeededGenerator(seed: Draws.seed, stream: "truth of \(world.name)")
            let fresh = world.drawn(Draws.truthRows, &generator)
            let truth = Figures.truth(
                RowStatistics(classes: fresh.student, fresh.labels, teacher: nil),
                RowStatistics(classes: fresh.teacher, fresh.labels, teacher: nil), fresh.weights)
            for rows in Draws.rows {
                var coverage = Coverage()
                let found = try Draws.each(effort.draws, of: "\(world.name) \(rows) bound") { draw, generator in
                    let figures = Figures(world.drawn(rows, &generator), seed: UInt64(draw))
                    let bound = figures.student.minus(figures.teacher).estimate(.accuracy, .oneSided)
                    return Estimate(value: bound?.value ?? 0, low: bound?.low ?? 0, high: .infinity)
                }
                for bound in found { coverage.add(["Δ accuracy": bound], truth: truth) }
                table.add(coverage, world: world.name, rows: rows, order: ["Δ accuracy"])
            }
        }
        return table.outcomes(name, draws: effort.draws)
    }
}
