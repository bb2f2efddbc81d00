import Attar
import Compute

/// What whole runs say in the end: nothing is shipped that knows nothing, and what is said to have helped has.
struct WholeRuns: Claim {
    let name = "whole runs"
    let says =
        "Whole runs of a teacher that is trained and a plan that is chosen. On targets that follow from nothing: how many students are shipped, %. On a target that follows from the numbers: how often *helped* or *hurt* is said, of accuracy or log loss, and how often wrongly, as 20,000 fresh rows have it, %."

    private static let fresh = 20_000
    private static let students = ["linear", "tree[leaves=8]"]

    /// What a run is about.
    private struct Setting: Sendable {
        var name: String
        var rows: Int
        /// How much the numbers tell of the target.
        var signal: Float
        /// How rare the second class is, as a logit; nil for values.
        var offset: Float?

        static let nonsense = [
            Setting(name: "a coin", rows: 300, signal: 0, offset: 0),
            Setting(name: "4 % at random", rows: 600, signal: 0, offset: -3.2),
            Setting(name: "values at random", rows: 300, signal: 0, offset: nil),
        ]
        static let known = Setting(name: "known", rows: 300, signal: 1, offset: 0)
    }

    /// What a run said.
    private struct Found: Sendable {
        var isShipped: Bool
        var said = false
        var wrong = false
    }

    func tried(_ effort: Effort) async throws -> [Outcome] {
        let draws = max(20, effort.draws / 10)
        print("| target | student | shipped | said | said wrongly |\n|---|---|---|---|---|")
        var (shipped, wrong) = ((share: 0.0, place: ""), (share: 0.0, place: ""))
        for setting in Setting.nonsense + [Setting.known] {
            for student in Self.students {
                let found = try await Draws.runs(draws) { try await Self.measured(student, setting, draw: $0) }
                func share(_ holds: (Found) -> Bool) -> Double { Double(found.count(where: holds)) / Double(draws) }
                let place = "\(student), \(setting.name)"
                let isKnown = setting.signal > 0
                if !isKnown, share(\.isShipped) >= shipped.share { shipped = (share(\.isShipped), place) }
                if isKnown, share(\.wrong) >= wrong.share { wrong = (share(\.wrong), place) }
                let said = isKnown ? "\(percent(share(\.said))) | \(percent(share(\.wrong)))" : "– | –"
                print("| \(setting.name) | `\(student)` | \(percent(share(\.isShipped))) | \(said) |")
            }
        }
        print("")
        return [
            Outcome(
                "what knows nothing is shipped", share: shipped.share, of: draws, where: shipped.place, atMost: 0.05),
            Outcome("helped or hurt, said wrongly", share: wrong.share, of: draws, where: wrong.place, atMost: 0.05),
        ]
    }

    private static func measured(_ student: String, _ setting: Setting, draw: Int) async throws -> Found {
        var generator = SeededGenerator(seed: Draws.seed, stream: "\(setting.name) \(draw)")
        let own = drawn(setting.rows, setting, &generator)
        var recipe = Recipe()
        (recipe.student, recipe.teacher) = (student, "boost[rounds=20]")
        (recipe.seeds, recipe.threads, recipe.evidence, recipe.seed) = (1, 1, .quick, UInt64(draw))
        let run = try await Distiller(recipe).distilled(on: own)
        var found = Found(isShipped: run.certificate.verdict.decision?.kind != .doNotShip)
        let gains = (run.certificate.verdict.gains ?? []).filter {
            ["accuracy", "logLoss"].contains($0.metric) && $0.outcome != .notShown
        }
        found.said = !gains.isEmpty
        guard setting.signal > 0, found.said else { return found }
        recipe.strategy = "labels"
        let twin = try await Distiller(recipe).distilled(on: own).student
        let new = drawn(fresh, setting, &generator)
        let (ours, theirs) = (try figures(run.student, new), try figures(twin, new))
        found.wrong = gains.contains { gain in
            let gained =
                gain.metric == "accuracy" ? ours.accuracy - theirs.accuracy : theirs.logLoss - ours.logLoss
            return gain.outcome == .helped ? gained <= 0 : gained >= 0
        }
        return found
    }

    private static func figures(_ model: any Model, _ rows: Dataset) throws -> (accuracy: Double, logLoss: Double) {
        let answers = model.outputs(for: try model.encoder.encoded(rows)).matrix
        let values = RowStatistics(classes: answers, rows.target?.labels ?? [], teacher: nil)
            .values(weights: [Float](repeating: 1, count: rows.count))
        return (values[.accuracy] ?? 0, values[.logLoss] ?? 0)
    }

    /// Rows of six numbers, of which three decide as much as the setting says.
    private static func drawn(_ rows: Int, _ setting: Setting, _ generator: inout SeededGenerator) -> Dataset {
        let numbers = DrawnNumbers(rows, columns: 6, &generator)
        let scores = (0..<rows).map { setting.signal * (1.5 * numbers[0, $0] + numbers[1, $0] * numbers[2, $0]) }
        guard let offset = setting.offset else {
            let values = scores.map { $0 + generator.normal() }
            return numbers.dataset(
                Target(name: "y", outputs: ["y"], values: Matrix(rows: rows, columns: 1, elements: values)))
        }
        return numbers.dataset(.chances(of: scores.map { $0 + offset }, &generator))
    }
}
