import Attar
import Compute
import Foundation

/// Intervals of cross-fitted figures hold those of the student in the file, which learned from all rows.
struct CrossFittedIntervals: Claim {
    let name = "cross-fitted intervals"
    let says =
        "Whole runs with --evidence cross, a teacher that is trained, and 20,000 fresh rows for the student in the file: 95 % intervals that hold its figure, %, and how many of accuracy would if they were those of independent rows; on 60 · 200 rows."

    private static let rows = [60, 200]
    private static let fresh = 20_000
    private static let students = ["linear", "tree[leaves=8]"]

    private struct Found: Sendable {
        var accuracy = false
        var loss = false
        var plain = false
        /// The figure less the truth.
        var off = 0.0
    }

    func tried(_ effort: Effort) async throws -> [Outcome] {
        print("| student | accuracy | log loss | accuracy, rows taken as independent | mean error of accuracy |")
        print("|---|---|---|---|---|")
        let draws = max(40, effort.draws / 5)
        var worst = (share: 1.0, place: "")
        for student in Self.students {
            var cells = [[String]](repeating: [], count: 4)
            for rows in Self.rows {
                let found = try await Draws.runs(draws) { try await Self.measured(student, rows, draw: $0) }
                func share(_ holds: (Found) -> Bool) -> Double { Double(found.count(where: holds)) / Double(draws) }
                for (name, value) in [("accuracy", share(\.accuracy)), ("log loss", share(\.loss))] {
                    if value < worst.share { worst = (value, "\(name), \(student), \(rows) rows") }
                }
                cells[0].append(percent(share(\.accuracy)))
                cells[1].append(percent(share(\.loss)))
                cells[2].append(percent(share(\.plain)))
                cells[3].append(String(format: "%+.3f", found.reduce(0) { $0 + $1.off } / Double(draws)))
            }
            print("| `\(student)` | \(cells.map { $0.joined(separator: " · ") }.joined(separator: " | ")) |")
        }
        print("")
        return [Outcome("cross-fitted intervals", share: worst.share, of: draws, where: worst.place, atLeast: 0.95)]
    }

    private static func measured(_ student: String, _ rows: Int, draw: Int) async throws -> Found {
        var generator = SeededGenerator(seed: Draws.seed, stream: "crossed \(rows) \(draw)")
        let (own, new) = (drawn(rows, &generator), drawn(fresh, &generator))
        var recipe = Recipe()
        (recipe.student, recipe.teacher, recipe.strategy) = (student, "boost[rounds=20]", "teacher")
        (recipe.seeds, recipe.threads, recipe.evidence, recipe.seed) = (1, 1, .cross, UInt64(draw))
        let run = try await Distiller(recipe).distilled(on: own)
        let answers = run.student.outputs(for: try run.student.encoder.encoded(new)).matrix
        let labels = new.target?.labels ?? []
        let right = Double(zip(answers.argmax(), labels).count { $0 == $1 }) / Double(fresh)
        let loss = labels.enumerated().reduce(0) { $0 - log(Double(max(1e-12, answers[$1.offset, Int($1.element)]))) }
        func holds(_ name: String, _ truth: Double) -> Bool {
            run.certificate.student[name].map { $0.low <= truth && truth <= $0.high } ?? false
        }
        let shown = run.certificate.student["accuracy"]?.value ?? 0
        let plain = Binomial.estimate((shown * Double(rows)).rounded(), of: Double(rows))
        return Found(
            accuracy: holds("accuracy", right), loss: holds("logLoss", loss / Double(fresh)),
            plain: plain.low <= right && right <= plain.high, off: shown - right)
    }

    /// Rows of six numbers, of which three decide about the chances of two classes, two of them together.
    private static func drawn(_ rows: Int, _ generator: inout SeededGenerator) -> Dataset {
        let numbers = DrawnNumbers(rows, columns: 6, &generator)
        let scores = (0..<rows).map { 1.5 * numbers[0, $0] + numbers[1, $0] * numbers[2, $0] }
        return numbers.dataset(.chances(of: scores, &generator))
    }
}
