internal import Compute

/// One figure a row for each model, and how it is summed over slices: whether the answer is right, or the squared error.
struct SliceMeasure: Sendable {
    /// Of each model, each row's figure: 1 for right and 0 for wrong, or the squared error.
    let figures: SideBySide<[Float]>
    /// Whether the figures are shares of right answers, of which a higher one is better; else they are losses.
    let isBetterHigh: Bool
    /// Student and other model by a proper score of their probabilities, which a shifted threshold leaves alone; nil where the figures are one.
    private let scores: SideBySide<[Float]>?
    /// Whether the student is right on each row, at its own threshold or the teacher's; nil where there are no thresholds.
    private let lenient: [Float]?
    private let weights: [Float]
    /// What figures are multiplied by to be in the target's own units: squared errors are kept in units in which they neither overflow nor vanish.
    private let scale: Double
    private let seed: UInt64
    private let dependence: FoldDependence

    init(_ judged: JudgedRows) {
        (weights, seed, dependence) = (judged.weights, judged.seed, judged.dependence)
        let losses = judged.answers.map { judged.losses($0) }
        isBetterHigh = losses.student.kind == .mistakes
        scale = losses.student.scale
        scores = judged.answers.optionalMap { judged.kind.judging.properLosses($0, judged.truth) }
        lenient = judged.rightAtTeachersRate?.either.map { $0 ? 1 : 0 }
        figures = losses.map { [isBetterHigh] losses in isBetterHigh ? losses.values.map { 1 - $0 } : losses.values }
    }

    /// Whom the student is compared with, and its figures; nil for nobody.
    var other: (name: String, figures: [Float])? {
        figures.teacher.map { ("teacher", $0) } ?? figures.labelsOnly.map { ("labelsOnly", $0) }
    }

    /// Each row's loss of the student against the other model: 1 where only the other is right, −1 where only the student is.
    func losses(against other: [Float]) -> [Int8] { zip(figures.student, other).map { Int8($1 - $0) } }

    /// Each row's squared error of the student minus that of the other model. In a regression with several outputs each counts by its own unit.
    func errorDifferences(against other: [Float]) -> [Float] { zip(figures.student, other).map { $0 - $1 } }

    /// A model's figure on some rows, with its 95 % interval: Wilson's (1927) for a share, at the number of rows that the weights are worth (Kish, 1965);
    /// for squared errors the normal one of a mean of many rows, the bootstrap's of fewer than 1,000.
    func quality(_ figures: [Float], on rows: [Int]) -> Estimate {
        let (mean, worth, variance) = moments(rows) { figures[$0] }
        if isBetterHigh {
            let z2 = 1.959964 * 1.959964
            let centre = (mean + z2 / (2 * worth)) / (1 + z2 / worth)
            let half =
                (z2 * (mean * (1 - mean) / worth + z2 / (4 * worth * worth))).squareRoot() / (1 + z2 / worth)
            return dependence.widened(
                Estimate(value: mean, low: min(mean, max(0, centre - half)), high: max(mean, min(1, centre + half))),
                in: 0...1)
        }
        return interval(mean, worth, variance, rows) { figures[$0] }
    }

    /// The student's figure minus another's on some rows, with its 95 % interval: Agresti and Min's (Statistics in Medicine 24, 2005) for paired shares,
    /// half a row added to each cell; for squared errors as of a mean.
    func difference(to other: [Float], on rows: [Int]) -> Estimate {
        difference(figures.student, other, on: rows)
    }

    private func difference(_ student: [Float], _ other: [Float], on rows: [Int]) -> Estimate {
        let (mean, worth, variance) = moments(rows) { student[$0] - other[$0] }
        guard isBetterHigh else { return interval(mean, worth, variance, rows) { student[$0] - other[$0] } }
        var (better, worse, total) = (0.0, 0.0, 0.0)
        for row in rows {
            let weight = Double(weights[row])
            total += weight
            if student[row] > other[row] { better += weight } else if student[row] < other[row] { worse += weight }
        }
        let scale = total > 0 ? worth / total : 0
        (better, worse) = (better * scale + 0.5, worse * scale + 0.5)
        let count = worth + 2
        let centre = (better - worse) / count
        let half =
            1.959964 * (max(0, better + worse - (better - worse) * (better - worse) / count)).squareRoot() / count
        return dependence.widened(
            Estimate(value: mean, low: min(mean, max(-1, centre - half)), high: max(mean, min(1, centre + half))),
            in: -1...1)
    }

    /// Whether the student falls behind on some rows only because it answers at another threshold than the model it is held against.
    ///
    /// Of a class, it does not fall behind at the other's threshold; of any other rows, its probabilities are no worse.
    func isShiftedOnly(_ kind: SliceEvidence.Kind, on rows: [Int]) -> Bool {
        if kind == .label || kind == .rare, let lenient, let teacher = figures.teacher {
            return difference(lenient, teacher, on: rows).high >= 0
        }
        guard let scores, let other = scores.teacher ?? scores.labelsOnly else { return false }
        return moments(rows) { scores.student[$0] - other[$0] }.mean <= 0
    }

    /// The weighted mean, how many rows of equal weight the rows are worth, and the weighted variance.
    private func moments(_ rows: [Int], _ value: (Int) -> Float) -> (mean: Double, worth: Double, variance: Double) {
        var (total, squares, sum, sumOfSquares) = (0.0, 0.0, 0.0, 0.0)
        for row in rows {
            let (weight, value) = (Double(weights[row]), Double(value(row)))
            total += weight
            squares += weight * weight
            sum += weight * value
            sumOfSquares += weight * value * value
        }
        guard total > 0 else { return (0, 1, 0) }
        let mean = sum / total
        return (mean, total * total / squares, max(0, sumOfSquares / total - mean * mean))
    }

    private func interval(
        _ mean: Double, _ worth: Double, _ variance: Double, _ rows: [Int], _ value: (Int) -> Float
    ) -> Estimate {
        if rows.count >= 1_000 {
            let half = 1.959964 * (variance / worth).squareRoot()
            return dependence.widened(
                Estimate(value: scale * mean, low: scale * (mean - half), high: scale * (mean + half)))
        }
        var generator = SeededGenerator(seed: seed, stream: "slice interval")
        let own = rows.map { (value: Double(value($0)), weight: Double(weights[$0])) }
        let replicates = (0..<200).map { _ in
            var (sum, total) = (0.0, 0.0)
            for _ in own.indices {
                let drawn = own[generator.index(below: own.count)]
                sum += drawn.value * drawn.weight
                total += drawn.weight
            }
            return total > 0 ? sum / total : mean
        }
        return dependence.widened(Estimate(value: scale * mean, replicates: replicates.map { scale * $0 }))
    }
}
