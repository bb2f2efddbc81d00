package import Compute
internal import Foundation

extension OutOfDistributionEvidence {
    /// How well the student's scores tell the most corrupted rows from the rows as they are. Each row is corrupted in one way, all ways in turn.
    ///
    /// - Parameters:
    ///   - study: who was asked about corrupted rows.
    ///   - asked: the answers to them.
    ///   - sample: the training rows from which distances are taken; nil for no distance.
    /// - Returns: nil where there are neither corruptions nor scores.
    /// - Throws: `AttarError` (`schemaMismatch`).
    init?(
        _ study: ShiftStudy, _ asked: [ShiftStudy.Asked], model: any Model, sample: TrainingSample?, threads: Int
    ) throws {
        let strongest = asked.filter { $0.strength == Corruption.strengths.upperBound }
        let count = study.clean.rows.count
        guard !strongest.isEmpty, count > 0 else { return nil }
        let width = model.encoder.width
        var strange = Matrix(rows: count, columns: width)
        for row in 0..<count {
            guard let features = strongest[row % strongest.count].features else { return nil }
            strange.elements.replaceSubrange(row * width..<(row + 1) * width, with: features.row(row))
        }
        let usual = try model.encoder.encoded(study.clean.rows)
        let seed = study.clean.seed
        var scores: [(name: String, usual: [Float], strange: [Float])] = []
        if study.clean.task.form == .probabilities {
            func doubt(_ features: Matrix) -> [Float] {
                let answers = model.outputs(for: features).matrix
                return (0..<answers.rows).map { -(answers.row($0).max() ?? 0) }
            }
            scores.append(("confidence", doubt(usual), doubt(strange)))
            if let logits = model.logits(for: usual), let others = model.logits(for: strange) {
                scores.append(("energy", Self.energies(logits), Self.energies(others)))
            }
        }
        if let sample, let space = sample.space {
            let labels = sample.truth.labels
            let distance = MahalanobisDistance(to: space.coordinates, labels: labels.isEmpty ? nil : labels)
            scores.append(
                (
                    "mahalanobis", distance.squared(of: space.coordinates(of: usual)),
                    distance.squared(of: space.coordinates(of: strange))
                ))
        }
        guard !scores.isEmpty else { return nil }
        let measured = try concurrently(scores.count, threads: threads) { [scores] index in
            let roc = ReceiverOperatingCharacteristic(usual: scores[index].usual, strange: scores[index].strange)
            return Score(
                name: scores[index].name, auroc: roc.area(seed: seed),
                falsePositiveRateAt95: roc.falsePositiveRate(atTruePositiveRate: 0.95))
        }
        let names = strongest.map { study.corruptions[$0.corruption].name }
        let list = names.count > 1 ? "one of " + names.joined(separator: ", ") : names[0]
        self.init(
            scores: measured, against: "test rows with \(list), at strength \(Corruption.strengths.upperBound)",
            rows: count)
    }

    /// −ln Σ exp(logits) of each row. Liu et al., "Energy-based Out-of-distribution Detection", NeurIPS 2020, at temperature 1.
    package static func energies(_ logits: Matrix) -> [Float] {
        (0..<logits.rows).map { row in
            let own = logits.row(row)
            let highest = own.max() ?? 0
            return -(highest + Float.log(own.reduce(0) { $0 + exp($1 - highest) }))
        }
    }
}
