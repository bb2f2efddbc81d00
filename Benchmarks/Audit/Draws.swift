import Attar
import Compute
import Foundation

/// Rows that are drawn, and what is made of many draws.
enum Draws {
    /// All numbers follow from it.
    static let seed: UInt64 = number("--seed=").map(UInt64.init) ?? 20_260_101
    /// Fresh rows that the truth is taken from.
    static let truthRows = 200_000
    /// How many rows certificates stand on.
    static let rows = [30, 100, 500]

    /// What each of many draws gives, in their order, on all cores.
    static func each<Result: Sendable>(
        _ count: Int, of setting: String, _ body: @escaping @Sendable (_ draw: Int, inout SeededGenerator) -> Result
    ) throws -> [Result] {
        try concurrently(count, threads: availableThreads()) { draw in
            var generator = SeededGenerator(seed: seed, stream: "\(setting) \(draw)")
            return body(draw, &generator)
        }
    }

    /// What each of many whole runs gives, on all cores.
    static func runs<Result: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (_ draw: Int) async throws -> Result
    ) async throws -> [Result] {
        var found: [Result] = []
        for start in stride(from: 0, to: count, by: availableThreads()) {
            found += try await withThrowingTaskGroup(of: Result.self) { group in
                for draw in start..<min(count, start + availableThreads()) {
                    group.addTask { try await body(draw) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        return found
    }
}

/// Numbers that are drawn, one row a row of a table.
struct DrawnNumbers {
    private let columns: [[Float]]

    /// Normal numbers.
    init(_ rows: Int, columns: Int, _ generator: inout SeededGenerator) {
        var drawn = [[Float]](repeating: [], count: columns)
        for _ in 0..<rows {
            for column in 0..<columns { drawn[column].append(generator.normal()) }
        }
        self.columns = drawn
    }

    subscript(column: Int, row: Int) -> Float { columns[column][row] }

    /// The table with a target.
    func dataset(_ target: Target) -> Dataset {
        Dataset(
            source: "drawn", columns: columns.enumerated().map { Column("x\($0)", .numeric($1)) }, target: target)
    }
}

extension Target {
    /// Two classes, the second with the chance that each score stands for.
    static func chances(of scores: [Float], _ generator: inout SeededGenerator) -> Target {
        Target(
            name: "y", classes: ["no", "yes"],
            labels: scores.map { generator.uniform() < 1 / (1 + exp(-$0)) ? 1 : 0 })
    }
}

/// How often intervals hold the truth, over draws.
struct Coverage {
    private(set) var held: [String: (hits: Int, draws: Int)] = [:]
    /// Intervals that leave out their own figure.
    private(set) var strays = 0

    /// Counts the intervals of one draw.
    mutating func add(_ found: [String: Estimate], truth: [String: Double]) {
        for (name, estimate) in found {
            guard let truth = truth[name] else { continue }
            // Figures are summed up in 32 bits.
            let slack = 1e-6 * max(1, abs(truth))
            let isHeld = estimate.low - slack <= truth && truth <= estimate.high + slack
            held[name, default: (0, 0)].hits += isHeld ? 1 : 0
            held[name, default: (0, 0)].draws += 1
            if !(estimate.low <= estimate.value && estimate.value <= estimate.high) { strays += 1 }
        }
    }

    /// The share of draws whose interval holds the truth; nil where there was none.
    func share(_ name: String) -> Double? { held[name].map { Double($0.hits) / Double($0.draws) } }
}

/// A table of coverages: a line a figure, a column a world, in each cell one share for each number of rows.
struct CoverageTable {
    let title: String
    let worlds: [String]
    private var cells: [String: [String: [Double?]]] = [:]
    private var names: [String] = []
    private(set) var strays = 0
    private(set) var worst: [(share: Double, name: String, place: String)] = []

    init(_ title: String, worlds: [String]) { (self.title, self.worlds) = (title, worlds) }

    /// Adds what was found in a world on some number of rows.
    mutating func add(_ coverage: Coverage, world: String, rows: Int, order: [String]) {
        strays += coverage.strays
        for name in order where coverage.held[name] != nil {
            if !names.contains(name) { names.append(name) }
            let share = coverage.share(name)
            cells[name, default: [:]][world, default: []].append(share)
            if let share { worst.append((share, name, "\(name), \(world), \(rows) rows")) }
        }
    }

    /// Prints it as Markdown.
    func print() {
        let head = ([title] + worlds).joined(separator: " | ")
        Swift.print("| \(head) |\n|---|\(worlds.map { _ in "---|" }.joined())")
        for name in names {
            let texts = worlds.map { world in
                (cells[name]?[world] ?? []).map { $0.map { String(percent($0).dropLast(2)) } ?? "–" }.joined(
                    separator: " · ")
            }
            Swift.print("| \(([name] + texts).joined(separator: " | ")) |")
        }
        Swift.print("")
    }
}
