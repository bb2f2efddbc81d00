import Attar
import Compute

/// Sets of classes hold the truth as often as they promise, are not empty, and by class hold each class as often.
struct PredictionSetsClaim: Claim {
    let name = "prediction sets"
    let says =
        "Sets at 90 % from so many rows, on 2,000 fresh rows, mean over the draws, %: coverage, that of the rarest class, and empty sets; on 30 · 100 · 500 rows."

    private static let methods: [SetMethod] = [.lac, .aps, .raps, .lacByClass]
    private static let fresh = 2_000

    private struct Found: Sendable {
        var covered = 0.0
        var rarest: Double?
        var empty = 0.0
    }

    func tried(_ effort: Effort) throws -> [Outcome] {
        let worlds = ClassWorld.all.filter { !$0.isWeighted && $0.apart > 0.1 }
        print(
            "| method | \(worlds.map(\.name).joined(separator: " | ")) |\n|---|\(worlds.map { _ in "---|" }.joined())")
        let draws = max(40, effort.draws / 5)
        var (least, leastByClass) = ((share: 1.0, place: ""), (share: 1.0, place: ""))
        var empty = 0.0
        for method in Self.methods {
            var cells: [String] = []
            for world in worlds {
                var texts: [String] = []
                for rows in Draws.rows {
                    let found = try Draws.each(draws, of: "\(world.name) \(rows) sets") { draw, generator in
                        try? Self.measured(method, world, rows, seed: UInt64(draw), &generator)
                    }.compactMap { $0 }
                    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
                    let covered = mean(found.map(\.covered))
                    let rarest = mean(found.compactMap(\.rarest))
                    let place = "\(method), \(world.name), \(rows) rows"
                    if covered < least.share { least = (covered, place) }
                    if method.isByClass, rarest < leastByClass.share { leastByClass = (rarest, place) }
                    empty = max(empty, mean(found.map(\.empty)))
                    texts.append("\(percent(covered)), \(percent(rarest)), \(percent(mean(found.map(\.empty))))")
                }
                cells.append(texts.joined(separator: " · "))
            }
            print("| \(method) | \(cells.joined(separator: " | ")) |")
        }
        print("")
        // Two standard errors of a mean over so many draws, each on so many fresh rows.
        let slack = 0.015
        return [
            Outcome(
                "sets at 90 %", worst: "\(percent(least.share)) (\(least.place))", goal: "at least 90 %",
                isMet: least.share >= 0.9 - slack),
            Outcome(
                "sets by class at 90 %, rarest class", worst: "\(percent(leastByClass.share)) (\(leastByClass.place))",
                goal: "at least 90 %", isMet: leastByClass.share >= 0.9 - slack),
            Outcome("empty sets", worst: percent(empty), goal: "none", isMet: empty == 0),
        ]
    }

    private static func measured(
        _ method: SetMethod, _ world: ClassWorld, _ rows: Int, seed: UInt64, _ generator: inout SeededGenerator
    ) throws -> Found {
        let task = LearningTask(kind: .classification, names: (0..<world.classes).map { "class \($0)" })
        let (own, new) = (world.drawn(rows, &generator), world.drawn(fresh, &generator))
        let sets = PredictionSets(
            try ScoredRows(method, own.student, .classes(own.labels), of: task, seed: seed), seed: seed)
        let found = sets.sets(of: Answers(.probabilities, new.student), identifiers: Array(0..<fresh), coverage: 0.9)
        let held = found.indices.map { found[$0].contains(Int(new.labels[$0])) }
        let counts = (0..<world.classes).map { one in new.labels.count { Int($0) == one } }
        let rarest = counts.indices.filter { counts[$0] > 0 }.min { counts[$0] < counts[$1] }
        let members = new.labels.indices.filter { Int(new.labels[$0]) == rarest }
        return Found(
            covered: Double(held.count { $0 }) / Double(fresh),
            rarest: members.isEmpty ? nil : Double(members.count { held[$0] }) / Double(members.count),
            empty: Double(found.count { $0.isEmpty }) / Double(fresh))
    }
}
