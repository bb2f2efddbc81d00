import Attar
import Compute

/// The calibration check lets calibrated students through, and refuses those that are not.
struct CalibrationCheck: Claim {
    let name = "calibration check"
    let says =
        "Students that the check refuses, %: calibrated ones, and ones whose logits are multiplied by 2 and by ½; on 100 · 300 · 500 · 2,000 rows."

    private static let rows = [100, 300, 500, 2_000]
    private static let sharpness: [Float] = [1, 2, 0.5]

    func tried(_ effort: Effort) throws -> [Outcome] {
        let worlds = ClassWorld.all.filter { !$0.isWeighted && $0.apart > 0.1 }
        let limit = Thresholds().calibrationError
        print(
            "| student | \(worlds.map(\.name).joined(separator: " | ")) |\n|---|\(worlds.map { _ in "---|" }.joined())")
        var refusals: [(sharpness: Float, share: Double, world: String, rows: Int)] = []
        for sharpness in Self.sharpness {
            var cells: [String] = []
            for world in worlds {
                let shares = try Self.rows.map { rows in
                    let found = try Draws.each(effort.draws, of: "\(world.name) \(rows) calibration") {
                        draw, generator in
                        let (answers, labels) = world.calibrated(rows, sharpness: sharpness, &generator)
                        let weights = [Float](repeating: 1, count: rows)
                        let shown = RowStatistics(classes: answers, labels, teacher: nil)
                            .values(weights: weights)[.expectedCalibrationError]
                        let chance = CalibrationEvidence.Chance(answers, labels, weights: weights, seed: UInt64(draw))
                        return Decision.Check(calibration: shown, chance, limit: limit)?.holds ?? true
                    }
                    let share = Double(found.count { !$0 }) / Double(found.count)
                    refusals.append((sharpness, share, world.name, rows))
                    return share
                }
                cells.append(shares.map { String(percent($0).dropLast(2)) }.joined(separator: " · "))
            }
            let label = sharpness == 1 ? "calibrated" : "logits × \(sharpness)"
            print("| \(label) | \(cells.joined(separator: " | ")) |")
        }
        print("")
        let calibrated = refusals.filter { $0.sharpness == 1 }.max { $0.share < $1.share }
        // At 4 % a doubled logit changes the probabilities of few rows: its error is below the threshold, and no refusal is due.
        let doubled = refusals.filter { $0.sharpness == 2 && $0.rows >= 300 && $0.world != "4 %" }
            .min { $0.share < $1.share }
        return [
            Outcome(
                "calibrated students that are refused", share: calibrated?.share ?? 1, of: effort.draws,
                where: "\(calibrated?.world ?? ""), \(calibrated?.rows ?? 0) rows", atMost: 0.04),
            Outcome(
                "students with doubled logits that are refused, from 300 rows on", share: doubled?.share ?? 0,
                of: effort.draws, where: "\(doubled?.world ?? ""), \(doubled?.rows ?? 0) rows", atLeast: 0.8),
        ]
    }
}
