public import Compute

extension RowStatistics {
    /// Bins of confidence: of equal width, (0, 1/15], …, (14/15, 1], or with equally many rows.
    static let bins = 15
    /// What smaller probabilities are raised to before a log loss takes their logarithm.
    static let lowestProbability: Float = 1e-15

    /// Accuracy and its kin, the quality of the probabilities, and how far the teacher's are met.
    ///
    /// - Parameters:
    ///   - outputs: probabilities, (rows, classes).
    ///   - teacher: the teacher's, of the same shape; nil where there is none, or this is the teacher.
    ///   - weights: how much each row counts, for metrics that stand on ranks; nil leaves those out.
    ///   - rule: which class is answered; nil for the likeliest. What probabilities are held to knows no rule.
    public init(
        classes outputs: Matrix, _ labels: [Int32], teacher: Matrix?, weights: [Float]? = nil,
        by rule: AnswerRule? = nil
    ) {
        self.init(Self.parts(classes: outputs, labels, teacher, weights, rule), rows: outputs.rows)
    }

    private static func parts(
        classes outputs: Matrix, _ labels: [Int32], _ teacher: Matrix?, _ weights: [Float]?, _ rule: AnswerRule?
    ) -> Parts {
        let rows = outputs.rows
        let likeliest = outputs.argmax()
        let answers = rule?.answers(outputs) ?? likeliest
        var correct = [Float](repeating: 0, count: rows)
        var logLoss = correct
        var brier = correct
        var confidences = correct
        for row in 0..<rows {
            let label = Int(labels[row])
            correct[row] = answers[row] == labels[row] ? 1 : 0
            logLoss[row] = -Float.log(max(outputs[row, label], lowestProbability))
            brier[row] = brierScore(outputs.row(row), label)
            confidences[row] = outputs[row, Int(likeliest[row])]
        }
        var parts = Parts()
        parts.metrics = [.accuracy, .logLoss, .brier]
        parts.columns = [correct, logLoss, brier]
        if let teacher {
            let teacherAnswers = rule?.answers(teacher) ?? teacher.argmax()
            parts.metrics += [.agreement, .klToTeacher, .negativeFlips]
            parts.columns.append(zip(answers, teacherAnswers).map { $0 == $1 ? 1 : 0 })
            parts.columns.append((0..<rows).map { divergence(from: teacher.row($0), to: outputs.row($0)) })
            parts.columns.append(
                (0..<rows).map { teacherAnswers[$0] == labels[$0] && answers[$0] != labels[$0] ? 1 : 0 })
        }
        parts.intervals = [
            .accuracy: .share(correct),
            .logLoss: .loss(
                rare: rareClasses(outputs, labels) { -Float.log(max($0[$0.startIndex + $1], lowestProbability)) }),
            .brier: .loss(rare: rareClasses(outputs, labels, of: brierScore)), .klToTeacher: .mean,
            .rankCorrelation: .correlation,
            .balancedAccuracy: .recalls(hits: correct, labels: labels, classes: outputs.columns),
            .macroF1: .overlaps(labels: labels, answers: answers, classes: outputs.columns),
            .matthews: .matthews(labels: labels, answers: answers, classes: outputs.columns),
            .expectedCalibrationError: .gaps(bins: 0, confidences: confidences),
            .adaptiveCalibrationError: .gaps(bins: 1, confidences: confidences),
        ]
        if teacher != nil {
            parts.intervals[.agreement] = .share(parts.columns[3])
            parts.intervals[.churn] = .share(parts.columns[3].map { 1 - $0 })
            parts.intervals[.negativeFlips] = .share(parts.columns[5])
        }
        if let rule, rule.hasCosts {
            parts.metrics.append(.cost)
            parts.columns.append((0..<rows).map { Float(rule.table[Int(labels[$0])][Int(answers[$0])]) })
            parts.intervals[.cost] = .mean
        }
        let means = parts.columns.count
        let ranked = rankFigures(outputs, labels, teacher, weights)
        if let areas = ranked.first(where: { $0.metric == .auroc })?.figure.areas {
            let curves = outputs.columns == 2 ? 1 : outputs.columns
            parts.intervals[.auroc] = .areas(areas, absent: curves - areas.count)
        }
        if let precisions = ranked.first(where: { $0.metric == .averagePrecision })?.figure.precisions {
            let curves = outputs.columns == 2 ? 1 : outputs.columns
            parts.intervals[.averagePrecision] = .precisions(precisions, absent: curves - precisions.count)
        }
        parts.metrics += ranked.map(\.metric)
        parts.columns += ranked.map(\.figure.influence)
        parts.metrics += [
            .expectedCalibrationError, .adaptiveCalibrationError, .balancedAccuracy, .macroF1, .matthews,
        ]
        if teacher != nil { parts.metrics.append(.churn) }
        let gaps = (0..<rows).map { (likeliest[$0] == labels[$0] ? 1 : 0) - confidences[$0] }
        let classes = outputs.columns
        parts.binned = [
            BinnedSums(
                count: bins,
                bins: confidences.map { Int32(min(bins - 1, max(0, Int(($0 * Float(bins)).rounded(.up)) - 1))) },
                values: gaps),
            BinnedSums(count: bins, bins: equalShares(of: confidences), values: gaps),
            BinnedSums(count: classes, bins: labels, values: [Float](repeating: 1, count: rows)),
            BinnedSums(count: classes, bins: answers, values: [Float](repeating: 1, count: rows)),
            BinnedSums(count: classes, bins: labels, values: correct),
        ]
        let hasTeacher = teacher != nil
        parts.combine = { sums, weight in
            var figures = sums.prefix(means).map { $0 / weight }
            let agreement = hasTeacher ? figures[3] : 0
            for (index, ranked) in ranked.enumerated() {
                figures.append(
                    min(1, max(ranked.least, ranked.figure.value + sums[means + index] / weight)))
            }
            let binned = sums.dropFirst(means + ranked.count)
            figures.append(binned.prefix(bins).reduce(0) { $0 + abs($1) } / weight)
            figures.append(binned.dropFirst(bins).prefix(bins).reduce(0) { $0 + abs($1) } / weight)
            let counts = Array(binned.dropFirst(2 * bins))
            figures += perClass(counts, classes: classes)
            if hasTeacher { figures.append(1 - agreement) }
            return figures
        }
        return parts
    }

    /// Σ (p − 1[label])² over the classes.
    private static func brierScore(_ probabilities: ArraySlice<Float>, _ label: Int) -> Float {
        probabilities.enumerated().reduce(0) { sum, next in
            let difference = next.element - (next.offset == label ? 1 : 0)
            return sum + difference * difference
        }
    }

    /// Classes with fewer than three rows, and what the rows would cost on average were all of such a class.
    private static func rareClasses(
        _ outputs: Matrix, _ labels: [Int32], of loss: (ArraySlice<Float>, Int) -> Float
    ) -> [RareClass] {
        var counts = [Int](repeating: 0, count: outputs.columns)
        for label in labels where label >= 0 { counts[Int(label)] += 1 }
        return counts.indices.filter { counts[$0] < 3 }.map { one in
            let sum = (0..<outputs.rows).reduce(0.0) { $0 + Double(loss(outputs.row($1), one)) }
            return RareClass(rows: counts[one], loss: sum / Double(max(1, outputs.rows)))
        }
    }

    /// The mean over the classes that occur of the share of their rows that are found, the mean of the F1 scores, and Matthews' correlation.
    ///
    /// F1 = 2 · right / (labelled + answered), over the classes that occur among labels or answers.
    /// - Parameter counts: rows labelled, rows answered and rows right of each class, one after the other.
    private static func perClass(_ counts: [Double], classes: Int) -> [Double] {
        var (recalls, present, scores, named) = (0.0, 0.0, 0.0, 0.0)
        for one in 0..<classes {
            let (labelled, answered, right) = (counts[one], counts[classes + one], counts[2 * classes + one])
            if labelled > 0 {
                recalls += right / labelled
                present += 1
            }
            if labelled + answered > 0 {
                scores += 2 * right / (labelled + answered)
                named += 1
            }
        }
        let matthews = MatthewsCorrelation.value(
            labelled: counts[..<classes], answered: counts[classes..<2 * classes],
            right: counts[(2 * classes)...].reduce(0, +))
        return [present > 0 ? recalls / present : 0, named > 0 ? scores / named : 0, matthews]
    }

    /// Bins that hold equally many rows, to within one, by ascending confidence: row i of n, ties in the rows' order, stands in bin ⌊15 i / n⌋.
    /// Nguyen and O'Connor (EMNLP 2015); Nixon et al. (CVPR workshops 2019).
    private static func equalShares(of confidences: [Float]) -> [Int32] {
        let order = confidences.indices.sorted { (confidences[$0], $0) < (confidences[$1], $1) }
        var shares = [Int32](repeating: 0, count: order.count)
        for (place, row) in order.enumerated() { shares[row] = Int32(place * bins / order.count) }
        return shares
    }

    /// The metrics that stand on ranks, with the least value that each can have.
    private static func rankFigures(
        _ outputs: Matrix, _ labels: [Int32], _ teacher: Matrix?, _ weights: [Float]?
    ) -> [(metric: Metric, figure: RankFigure, least: Double)] {
        guard let weights else { return [] }
        var figures: [(metric: Metric, figure: RankFigure, least: Double)] = []
        if let figure = RankStatistics.areaUnderCurve(outputs, labels: labels, weights: weights) {
            figures.append((.auroc, figure, 0))
        }
        if let figure = RankStatistics.averagePrecision(outputs, labels: labels, weights: weights) {
            figures.append((.averagePrecision, figure, 0))
        }
        if let teacher, let figure = RankStatistics.rankCorrelation(outputs, teacher, weights: weights) {
            figures.append((.rankCorrelation, figure, -1))
        }
        return figures
    }

    /// KL(p ‖ q) in nats, never below 0; q is at least 10⁻¹⁵.
    private static func divergence(from p: ArraySlice<Float>, to q: ArraySlice<Float>) -> Float {
        var sum: Float = 0
        for (p, q) in zip(p, q) where p > 0 { sum += p * (Float.log(p) - Float.log(max(q, lowestProbability))) }
        return max(0, sum)
    }
}
