import Attar
import Compute

/// Intervals of figures of values, and of differences of student and twin, hold the truth.
struct ValueIntervals: Claim {
    let name = "intervals of values"
    let says =
        "95 % intervals hold the truth, %; in each cell on 30 · 100 · 500 rows. Squares of t₃ and log-normal noise have tails that no interval of a mean is sure of: a note names them."

    func tried(_ effort: Effort) throws -> [Outcome] {
        var table = CoverageTable("figure", worlds: ValueWorld.all.map(\.name))
        let order = Figures.order(TaskKind.regression.metrics)
        var noted: [String] = []
        for world in ValueWorld.all {
            var generator = SeededGenerator(seed: Draws.seed, stream: "truth of \(world.name)")
            let fresh = world.drawn(Draws.truthRows, &generator)
            let truth = Figures.truth(
                RowStatistics(values: fresh.student, fresh.values, teacher: fresh.teacher, weights: fresh.weights),
                RowStatistics(values: fresh.twin, fresh.values, teacher: fresh.teacher, weights: fresh.weights),
                fresh.weights)
            for rows in Draws.rows {
                var coverage = Coverage()
                let found = try Draws.each(effort.draws, of: "\(world.name) \(rows)") { draw, generator in
                    let figures = Figures(world.drawn(rows, &generator), seed: UInt64(draw))
                    return (intervals: figures.intervals, isNoted: !figures.student.heavyTailed.isEmpty)
                }
                for draw in found { coverage.add(draw.intervals, truth: truth) }
                let share = Double(found.count { $0.isNoted }) / Double(found.count)
                noted.append("\(world.name), \(rows) rows: \(percent(share))")
                table.add(coverage, world: world.name, rows: rows, order: order)
            }
        }
        let outcomes = table.outcomes(name, draws: effort.draws)
        print("Noted as heavy-tailed: \(noted.joined(separator: "; ")).\n")
        let light = table.worst.filter { $0.place.contains("normal") && !$0.place.contains("log-normal") }
        let least = light.min { $0.share < $1.share }
        return [
            Outcome(
                "\(name), light tails", share: least?.share ?? 0, of: effort.draws, where: least?.place ?? "nothing",
                atLeast: 0.93)
        ] + outcomes
    }
}
