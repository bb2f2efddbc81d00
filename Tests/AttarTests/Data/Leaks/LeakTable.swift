import Attar
import Compute

/// Tables whose leaks are known, made up from a seed.
enum LeakTable {
    /// Normal numbers, and a coin as target.
    static func coin(_ count: Int, columns: Int = 4, seed: UInt64) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "coin")
        let numbers = (0..<columns).map { index in
            Column("x\(index)", .numeric((0..<count).map { _ in (generator.normal() * 1e5).rounded() / 1e5 }))
        }
        return Dataset(
            source: "coin", columns: numbers, target: target((0..<count).map { _ in generator.next() >> 63 == 0 }))
    }

    /// Columns of whole numbers below the given counts, and a coin as target.
    static func codes(_ count: Int, of sizes: [Int], seed: UInt64) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "codes")
        let columns = sizes.enumerated().map { index, size in
            Column("c\(index)", .numeric((0..<count).map { _ in Float(generator.index(below: size)) }))
        }
        return Dataset(
            source: "codes", columns: columns, target: target((0..<count).map { _ in generator.next() >> 63 == 0 }))
    }

    /// Each of the rows so many times, in random order.
    static func copied(_ rows: Dataset, times: Int, seed: UInt64) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "copies")
        return rows.selecting((0..<times * rows.count).map { $0 % rows.count }.shuffled(using: &generator))
    }

    /// Rows under others of the same columns.
    static func joined(_ one: Dataset, _ other: Dataset) -> Dataset {
        let columns = zip(one.columns, other.columns).compactMap { own, others -> Column? in
            guard case .numeric(let first) = own.storage, case .numeric(let second) = others.storage else { return nil }
            return Column(own.name, .numeric(first + second))
        }
        return Dataset(
            source: "joined", columns: columns,
            target: one.target.flatMap { own in
                other.target.map { Target(name: own.name, classes: own.task.names, labels: own.labels + $0.labels) }
            })
    }

    /// What rows with a target ask.
    static func problem(_ rows: Dataset) -> Problem {
        guard let target = rows.target else { preconditionFailure("the rows have a target") }
        return Problem(task: target.task, rows: rows, truth: target.truth)
    }

    /// Yes or no.
    static func target(_ flags: [Bool]) -> Target {
        Target(name: "y", classes: ["no", "yes"], labels: flags.map { $0 ? 1 : 0 })
    }
}
