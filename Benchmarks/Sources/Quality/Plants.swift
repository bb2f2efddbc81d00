import Attar
import Foundation

/// Regressions that are planted into real students, and students that are left alone: how often the certificate's test of slices finds the one and cries wolf at
/// the other.
///
/// Each run distils the default ensemble into `mlp[16]` on a split of its own. Then a tenth of the rows of one slice of at least 50 rows, rounded up, that the student
/// answers rightly are answered by its second choice: ten points are lost there, and nothing elsewhere.
struct Plants {
    private let rows: Dataset
    /// The places that test rows are said to come from; no model reads them.
    private static let places = 8

    init(_ name: String, target: String) throws {
        rows = try Dataset.read("../Datasets/\(name).csv").taking(target: target)
    }

    /// Prints how many plants are found and how many students that were left alone give an alarm.
    func report(over seeds: ClosedRange<UInt64>) async throws {
        var (caught, alarms) = (0, 0)
        var (shiftKept, learned): ([Double], [Double]) = ([], [])
        for seed in seeds {
            FileHandle.standardError.write(Data("plants, seed \(seed)\n".utf8))
            var recipe = Recipe()
            recipe.student = "mlp[16]"
            recipe.strategy = "teacher+munge"
            recipe.seeds = 1
            recipe.seed = seed
            let (training, test) = try rows.split(testFraction: 0.4, seed: seed)
            let run = try await Distiller(recipe).distilled(on: training, test: test)
            guard let teacher = run.teacher, let target = test.target else { continue }
            shiftKept.append(run.certificate.evidence?.shift?.agreementKept ?? .nan)
            learned.append(run.certificate.evidence?.learning?.gaps.student.gap ?? .nan)
            var state = seed &* 0x9e37_79b9_7f4a_7c15
            func drawn(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33) % bound
            }
            let codes = (0..<test.count).map { _ in Int32(drawn(Self.places)) }
            let place = Column("place", .categorical(codes: codes, categories: (0..<Self.places).map { "\($0)" }))
            let asked = test.with(columns: test.columns + [place])
            let answers = try await run.student.predict(test)
            let teachers = try await teacher.predict(test)
            let alone = try SliceEvidence(student: answers, teacher: teachers, on: asked, seed: seed)
            if !alone.regressions.isEmpty {
                alarms += 1
                print("    seed \(seed), left alone: \(alone.regressions.map(\.name).joined(separator: "; "))")
            }
            let (name, slice) = slice(of: asked, target, codes, seed: seed, drawn)
            let damaged = damaged(answers, on: slice, target.labels, drawn)
            let found = try SliceEvidence(student: damaged, teacher: teachers, on: asked, seed: seed)
            if found.regressions.contains(where: { $0.name == name }) {
                caught += 1
            } else {
                print("    seed \(seed), not found: \(name), \(slice.count) rows")
            }
        }
        print("plants, \(seeds.count) splits of the digits, student mlp[16]:")
        let (found, quiet) = (caught == seeds.count ? "met" : "missed", alarms <= 1 ? "met" : "missed")
        print("    planted regressions found: \(caught) of \(seeds.count), goal all: \(found)")
        print("    alarms for students left alone: \(alarms) of \(seeds.count), goal at most 1: \(quiet)")
        let least = Self.short(shiftKept.min() ?? .nan)
        print("    agreement kept under corruptions: \(Self.mean(shiftKept)), least \(least)")
        print("    accuracy on training rows above that on test rows: \(Self.mean(learned))")
    }

    /// In turn a class, a place and the upper quarter of a pixel's values.
    private func slice(
        of rows: Dataset, _ target: Target, _ codes: [Int32], seed: UInt64, _ drawn: (Int) -> Int
    ) -> (name: String, rows: [Int]) {
        while true {
            let name: String
            let members: [Int]
            switch seed % 3 {
            case 0:
                let label = drawn(target.task.names.count)
                name = "class \(target.task.names[label])"
                members = target.labels.indices.filter { Int(target.labels[$0]) == label }
            case 1:
                let place = drawn(Self.places)
                (name, members) = ("place = \(place)", codes.indices.filter { Int(codes[$0]) == place })
            default:
                let column = rows.columns[drawn(rows.columns.count - 1)]
                guard case .numeric(let values) = column.storage else { continue }
                let (start, most) = (values.sorted()[values.count * 3 / 4], values.max() ?? 0)
                if start == values.min() || Set(values).count <= 4 { continue }
                name = column.name + (start == most ? " = \(Int(most))" : " in \(Int(start)) to \(Int(most))")
                members = values.indices.filter { values[$0] >= start }
            }
            if members.count >= 50 { return (name, members) }
        }
    }

    /// The answers with ten points less on a slice.
    private func damaged(_ answers: Answers, on slice: [Int], _ labels: [Int32], _ drawn: (Int) -> Int) -> Answers {
        var matrix = answers.matrix
        let classes = matrix.columns
        var right = slice.filter { row in
            (0..<classes).allSatisfy { matrix[row, $0] <= matrix[row, Int(labels[row])] }
        }
        for _ in 0..<min(right.count, (slice.count + 9) / 10) {
            let row = right.remove(at: drawn(right.count))
            let order = (0..<classes).sorted { matrix[row, $0] > matrix[row, $1] }
            let best = matrix[row, order[0]]
            matrix[row, order[0]] = matrix[row, order[1]] * 0.999
            matrix[row, order[1]] = best
        }
        return Answers(answers.kind, matrix)
    }

    private static func mean(_ values: [Double]) -> String { short(values.reduce(0, +) / Double(max(1, values.count))) }

    private static func short(_ value: Double) -> String { String((value * 10_000).rounded() / 10_000) }
}
