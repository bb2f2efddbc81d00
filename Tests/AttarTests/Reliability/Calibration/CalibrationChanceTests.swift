import Attar
import Compute
import Testing

struct CalibrationChanceTests {
    /// Answers of two classes and labels that are drawn by them, the logits multiplied afterwards.
    private static func rows(_ count: Int, sharpness: Float, seed: UInt64) -> (answers: Matrix, labels: [Int32]) {
        var generator = SeededGenerator(seed: seed)
        var scores = Matrix(rows: count, columns: 2)
        var labels: [Int32] = []
        for row in 0..<count {
            let score = 2 * generator.normal()
            let probability = Matrix(rows: 1, columns: 2, elements: [0, score]).softmax()[0, 1]
            labels.append(generator.uniform() < probability ? 1 : 0)
            scores[row, 1] = sharpness * score
        }
        return (scores.softmax(), labels)
    }

    private static func holds(sharpness: Float, seed: UInt64) throws -> Bool {
        let (answers, labels) = rows(300, sharpness: sharpness, seed: seed)
        let weights = [Float](repeating: 1, count: 300)
        let shown = RowStatistics(classes: answers, labels, teacher: nil).values(weights: weights)
        let chance = CalibrationEvidence.Chance(answers, labels, weights: weights, seed: 1)
        return try #require(
            Decision.Check(calibration: shown[.expectedCalibrationError], chance, limit: 0.05)
        ).holds
    }

    @Test func `Calibrated students pass on few rows, and those that are too sure do not`() throws {
        let seeds = (1...20).map { UInt64($0) }
        #expect(try seeds.count { try Self.holds(sharpness: 1, seed: $0) } >= 19)
        #expect(try seeds.count { try Self.holds(sharpness: 2, seed: $0) } <= 4)
    }

    @Test func `What chance adds is said, with how much of it there can be`() {
        let (answers, labels) = Self.rows(300, sharpness: 1, seed: 3)
        let chance = CalibrationEvidence.Chance(
            answers, labels, weights: [Float](repeating: 1, count: 300), seed: 1)
        #expect(chance.expected > 0.02 && chance.expected < chance.most && chance.most < 0.12)
        #expect(chance.error.low == 0 && chance.error.value <= chance.error.high)
    }

    @Test func `A certificate takes chance off its calibration error, and its check goes by that`() async throws {
        // Labels drawn from the probabilities: whatever error 150 rows show is chance.
        var generator = SeededGenerator(seed: 8, stream: "calibrated rows")
        let values = (0..<500).map { _ in 4 * generator.uniform() - 2 }
        let labels = values.map { value in
            let probability = Matrix(rows: 1, columns: 2, elements: [0, value]).softmax()[0, 1]
            return Int32(generator.uniform() < probability ? 1 : 0)
        }
        let rows = try Dataset(
            source: "drawn.csv",
            columns: [
                Column("x", .numeric(values)), Column("y", .categorical(codes: labels, categories: ["no", "yes"])),
            ]
        ).taking(target: "y")
        var settings = DistillationSettings()
        (settings.plan, settings.evidence, settings.seeds) = (TransferPlan([.teacher]), .quick, 1)
        settings.thresholds.calibrationError = 0.01
        let certificate = try await Distiller(
            student: LinearEstimator(), teacher: .training(LinearEstimator()), settings: settings
        ).distilled(on: rows).certificate
        let chance = try #require(certificate.evidence?.calibration?.chance)
        let shown = try #require(certificate.student["expectedCalibrationError"]).value
        #expect(shown > 0.01 && shown <= chance.most, "\(shown), by chance up to \(chance.most)")
        let check = try #require(certificate.verdict.decision?.checks.first { $0.name == "calibrationError" })
        #expect(check.holds && check.text.contains("by chance"))
    }
}
