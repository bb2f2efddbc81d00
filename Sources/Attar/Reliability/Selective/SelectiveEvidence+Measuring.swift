package import Compute

extension SelectiveEvidence {
    private static let coverages = [0.8, 0.9, 0.95, 0.99]
    private static let risks = [0.01, 0.02, 0.05, 0.1]
    private static let delta = 0.1
    private static let mostPoints = 60
    private static let replicates = 200
    /// Rows that a curve is worth drawing of.
    private static let fewestRows = 20

    /// What is gained by not answering the least confident rows.
    ///
    /// Of classes, confidence is the largest probability. Of values it is how narrow the student's interval is, which takes a tree.
    /// - Returns: nil where there is no confidence, or where the rows are too few.
    package init?(_ judged: JudgedRows, features: Matrix, tree: ResidualTree?) {
        let tellsMistakes = judged.kind.judging.lossKind == .mistakes
        let rows = judged.rows.count
        guard rows >= Self.fewestRows, tellsMistakes || tree != nil else { return nil }
        let widths = tree.map { tree in
            (0..<features.rows).map { row in
                let frame = tree.frame(of: features.row(row), pair: ResidualTree.pair(for: 0.9))
                return frame.low - frame.high
            }
        }
        let errors = judged.answers.map { answers in
            tellsMistakes
                ? judged.losses(answers).values.map(Double.init)
                : (0..<rows).map { row in
                    let residual = Double(answers[row, 0]) - Double(judged.truth.values[row, 0])
                    let square = residual * residual
                    // Reports hold finite numbers only.
                    return square.isFinite ? square : Double(Float.greatestFiniteMagnitude)
                }
        }
        func curve(_ answers: Matrix, _ errors: [Double]) -> RiskCoverage {
            let confidence =
                tellsMistakes ? (0..<rows).map { Double(answers.row($0).max() ?? 0) } : widths ?? []
            return RiskCoverage(confidence: confidence, errors: errors, weights: judged.weights)
        }
        var curves = SideBySide(student: curve(judged.answers.student, errors.student))
        if let answers = judged.answers.labelsOnly, let own = errors.labelsOnly {
            curves.labelsOnly = curve(answers, own)
        }
        if let answers = judged.answers.teacher, let own = errors.teacher { curves.teacher = curve(answers, own) }
        let wrong = errors.student.map { $0 > 0 }
        let measured = curves.map {
            Self.measured($0, tellsMistakes: tellsMistakes, seed: judged.seed, judged.dependence)
        }
        self.init(
            curves: curves.map { $0.points(Self.mostPoints) }, levels: measured.map(\.levels),
            area: measured.map(\.area),
            guarantees: tellsMistakes && !judged.isCrossFitted
                ? Self.risks.map { risk in
                    let found = curves.student.guarantee(risk: risk, delta: Self.delta, wrong: wrong)
                    return Guarantee(
                        risk: risk, delta: Self.delta, threshold: found?.threshold, coverage: found?.coverage)
                } : [],
            score: tellsMistakes ? "probability" : "interval width", notes: [])
        addNotes(judged, tellsMistakes: tellsMistakes)
    }

    private mutating func addNotes(_ judged: JudgedRows, tellsMistakes: Bool) {
        guard tellsMistakes else {
            notes.append("Of values no risk is vouched for: squared errors have no bound.")
            return
        }
        if judged.isCrossFitted {
            notes.append(
                "No risk is vouched for: confidences are those of several students, and none of the file's.")
        }
        let rows = judged.rows.count
        for guarantee in guarantees where guarantee.threshold == nil {
            let needed = RiskCoverage.fewestRows(risk: guarantee.risk, delta: guarantee.delta)
            let percent = PredictionSets.percent(guarantee.risk)
            notes.append(
                rows < needed
                    ? "To vouch for at most \(percent) wrong answers takes at least \(needed) test rows, and there are \(rows)."
                    : "No threshold can be vouched for to leave at most \(percent) wrong answers: even the most confident rows hold too many."
            )
        }
        if !guarantees.isEmpty, judged.weights.contains(where: { $0 != judged.weights[0] }) {
            notes.append("For thresholds that are vouched for every row counts once, whatever it weighs.")
        }
    }

    /// Levels and area of one model; equal seeds draw the same rows.
    private static func measured(
        _ curve: RiskCoverage, tellsMistakes: Bool, seed: UInt64, _ dependence: FoldDependence
    ) -> (levels: [Level], area: Estimate) {
        let drawn = drawn(curve, seed: seed)
        let areas = drawn.map(\.area)
        func quality(_ risk: Double) -> Double { tellsMistakes ? 1 - risk : risk }
        let levels = coverages.enumerated().map { index, coverage in
            let found = curve.answered(coverage)
            return Level(
                coverage: coverage, threshold: curve.confidence[found.places - 1],
                quality: dependence.widened(
                    Estimate(value: quality(found.risk), replicates: drawn.map { quality($0.risks[index]) }),
                    in: 0...(tellsMistakes ? 1 : .infinity)))
        }
        return (
            levels,
            dependence.widened(
                Estimate(value: curve.area(), replicates: areas), in: 0...(tellsMistakes ? 1 : .infinity))
        )
    }

    /// The area of one model's curve and its risks at the levels, in replicates of the rows; equal seeds draw the same rows for every model.
    private static func drawn(_ curve: RiskCoverage, seed: UInt64) -> [(area: Double, risks: [Double])] {
        @Sendable func figures(_ counts: [Int32]) -> (area: Double, risks: [Double]) {
            (curve.area(counts: counts), coverages.map { curve.answered($0, counts: counts).risk })
        }
        let rows = curve.order.count
        var generator = SeededGenerator(seed: seed, stream: "selective bootstrap")
        guard rows <= Resampling.mostCounted else {
            let seeds = generator.seeds(replicates)
            let order = curve.order.map(Int32.init)
            return
                (try? concurrently(replicates, threads: availableThreads()) {
                    figures(Resampling.poissonCounts(of: order, seed: seeds[$0]))
                }) ?? []
        }
        var places = [Int](repeating: 0, count: rows)
        for (place, row) in curve.order.enumerated() { places[row] = place }
        return (0..<replicates).map { _ in
            var counts = [Int32](repeating: 0, count: rows)
            for _ in 0..<rows { counts[places[generator.index(below: rows)]] += 1 }
            return figures(counts)
        }
    }
}
