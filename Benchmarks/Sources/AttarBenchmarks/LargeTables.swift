import Attar
import Compute
import Foundation

/// Whole runs on tables of many rows and 28 columns of numbers, each in a fresh process: whether time grows with the rows and not faster, and what memory they take
/// beside the table as floats.
enum LargeTables {
    private static let columnCount = 28
    private static let (fewer, more) = (250_000, 1_000_000)

    /// What is trained: a run of `distill` with the teacher `boost`, or the teacher `forest[trees=50]` alone.
    private static let students = ["linear", "tree", "mlp[32]", "boost"]
    private static let forest = "forest[trees=50]"

    static var group: RowGroup { RowGroup(name: "large tables", rows: rows) }

    private static func rows() throws -> [Row] {
        let threads = ProcessInfo.processInfo.activeProcessorCount
        var rows: [Row] = []
        for work in students + [forest] {
            let title = work == forest ? "train \(work)" : "distill boost into \(work)"
            guard let few = measured(work, rows: fewer), let many = measured(work, rows: more) else { continue }
            rows.append(Row(work: "\(title), \(more) × \(columnCount)", threads: threads, value: many[0], unit: "s"))
            rows.append(
                Row(
                    work: "its time beside that on \(fewer) rows, for each row", threads: threads,
                    value: many[0] / few[0] * Double(fewer) / Double(more), unit: "×", goal: .atMost(1.25)))
            let megabytes = Double(more * columnCount * 4) / 1e6
            rows.append(
                work == forest
                    ? Row(
                        work: "its peak memory", threads: threads, value: many[1] / 1e3, unit: "GB", goal: .atMost(4))
                    : Row(
                        work: "its peak memory, relative to the table as floats", threads: threads,
                        value: many[1] / megabytes, unit: "×", goal: .atMost(3)))
        }
        return rows
    }

    /// Seconds and megabytes of one run.
    private static func measured(_ work: String, rows: Int) -> [Double]? {
        Contestant.own("large table", work, String(rows))?.measure()
    }

    /// What a process of its own measures: the seconds of one run, and the peak memory.
    static func measure(_ work: String, rows count: Int) throws {
        let rows = table(count)
        try answer {
            let time = try microseconds {
                try wait {
                    var recipe = Recipe()
                    recipe.evidence = .quick
                    if work == forest {
                        _ = try await TrainedTeacher(Specification(work), on: rows, recipe: recipe)
                    } else {
                        (recipe.teacher, recipe.student) = ("boost", work)
                        _ = try await Distiller(recipe).distilled(on: rows)
                    }
                }
            }
            return [time / 1e6, peakMegabytes()]
        }
    }

    /// Numbers, and a class that depends on ten of them and on chance.
    private static func table(_ count: Int) -> Dataset {
        var generator = SeededGenerator(seed: 1)
        let values = (0..<columnCount).map { _ in (0..<count).map { _ in generator.normal() } }
        let labels = (0..<count).map { row -> Int32 in
            let curve = values[0][row] * values[1][row] + 0.5 * values[2][row] * values[2][row]
            let line = (3..<10).reduce(Float(0)) { $0 + 0.4 * values[$1][row] }
            return curve + line - 0.5 + generator.normal() > 0 ? 1 : 0
        }
        return Dataset(
            source: "rows", columns: values.enumerated().map { Column("x\($0)", .numeric($1)) },
            target: Target(name: "y", classes: ["no", "yes"], labels: labels))
    }
}
