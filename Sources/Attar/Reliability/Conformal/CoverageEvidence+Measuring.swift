package import Compute

extension CoverageEvidence {
    /// The levels that are measured.
    static let targets = [0.8, 0.9, 0.95]
    private static let folds = 5
    /// Test rows that coverage is worth measuring on.
    private static let fewestRows = 20

    /// What each method's sets or intervals hold, each fifth of the test rows judged by thresholds from the others.
    ///
    /// - Parameters:
    ///   - features: the test rows encoded.
    ///   - tree: of out-of-fold residuals, for intervals as wide as a row needs; nil where there is none.
    ///   - stored: the method that the artifact keeps.
    ///   - allowsEmpty: whether sets can be empty.
    /// - Returns: nil where the rows are too few.
    /// - Throws: `AttarError`.
    package init?(
        _ judged: JudgedRows, features: Matrix, tree: ResidualTree?, stored: SetMethod, allowsEmpty: Bool = false
    ) throws {
        guard judged.rows.count >= Self.fewestRows else { return nil }
        let isSets = judged.task.form == .probabilities
        let methods: [SetMethod] =
            isSets ? [.lac, .aps, .raps, .lacByClass] : tree == nil ? [.residual] : [.residual, .cqr]
        let folds = Self.folded(judged.rows.count, seed: judged.seed)
        self.init(
            methods: try methods.map { try Self.measured($0, judged, features, tree, allowsEmpty, folds) },
            allowsEmpty: isSets ? allowsEmpty : nil, stored: stored.rawValue,
            rows: judged.rows.count, crps: isSets ? nil : Self.crps(judged, folds), notes: [])
        if isSets { notes = Self.notes(on: judged) }
        if !isSets, tree == nil {
            notes.append(
                judged.isCrossFitted
                    ? "Intervals as wide as each row needs (cqr) were left out: what tells the widths has learned from every row."
                    : "Intervals as wide as each row needs (cqr) were left out: they take a single value a row, and residuals of at least \(ResidualTree.fewestRows) training rows by students that have not seen them."
            )
        }
        let strange = judged.answers.student.elements.contains { !$0.isFinite }
        if strange, isSets {
            notes.append("Some of the student's answers are no number; sets of those rows hold all classes.")
        }
        if strange, !isSets {
            notes.append(
                "Some of the student's answers are no number; their rows are in no interval, and there is no CRPS.")
        }
    }

    /// For each row the fifth that it is judged with, drawn from the seed.
    private static func folded(_ rows: Int, seed: UInt64) -> [[Int]] {
        var generator = SeededGenerator(seed: seed, stream: "coverage folds")
        let shuffled = Array(0..<rows).shuffled(using: &generator)
        return (0..<folds).map { fold in stride(from: fold, to: rows, by: folds).map { shuffled[$0] }.sorted() }
    }

    private static func others(than fold: [Int], of rows: Int) -> [Int] {
        var inside = [Bool](repeating: false, count: rows)
        for row in fold { inside[row] = true }
        return (0..<rows).filter { !inside[$0] }
    }

    private static func measured(
        _ method: SetMethod, _ judged: JudgedRows, _ features: Matrix, _ tree: ResidualTree?,
        _ allowsEmpty: Bool, _ folds: [[Int]]
    ) throws -> Method {
        let rows = judged.rows.count
        let answers = judged.answers.student
        let scored = try ScoredRows(
            method, answers, judged.truth, of: judged.task, weights: judged.weights, features: features,
            tree: method == .cqr ? tree : nil, allowsEmpty: allowsEmpty, seed: judged.seed)
        var held = [[Double]](repeating: [Double](repeating: 0, count: rows), count: targets.count)
        var sizes = held
        for fold in folds {
            let sets = PredictionSets(scored, at: others(than: fold, of: rows), seed: judged.seed)
            let own = answers.selecting(rows: fold)
            for (level, target) in targets.enumerated() {
                if judged.task.form == .probabilities {
                    // A row is judged with the draw that it was scored with: it is the row's, and a second one would only add chance.
                    let found = sets.sets(
                        of: Answers(.probabilities, own), identifiers: fold, coverage: target,
                        draws: RowDraws(seed: judged.seed, stream: ScoredRows.stream))
                    for (place, row) in fold.enumerated() {
                        held[level][row] = found[place].contains(Int(judged.truth.labels[row])) ? 1 : 0
                        sizes[level][row] = Double(found[place].count)
                    }
                } else {
                    let ends = sets.intervals(
                        around: Answers(.values, own), features: features.selecting(rows: fold), coverage: target)
                    for (place, row) in fold.enumerated() {
                        for output in 0..<own.columns {
                            let (low, high) = (ends.low[place, output], ends.high[place, output])
                            let value = judged.truth.values[row, output]
                            // Of several outputs the mean.
                            held[level][row] += (low <= value && value <= high ? 1 : 0) / Double(own.columns)
                            sizes[level][row] += (Double(high) - Double(low)) / Double(own.columns)
                        }
                    }
                }
            }
        }
        return Method(
            name: method.rawValue,
            levels: targets.indices.map { Self.level(targets[$0], held[$0], sizes[$0], judged) })
    }

    private static func level(_ target: Double, _ held: [Double], _ sizes: [Double], _ judged: JudgedRows) -> Level {
        let weights = judged.weights
        let total = weights.reduce(0) { $0 + Double($1) }
        func mean(_ values: [Double]) -> Double {
            zip(values, weights).reduce(0) { $0 + $1.0 * Double($1.1) } / total
        }
        // What cannot be bounded on so few rows has no width that JSON could hold.
        let finite = sizes.map { $0.isFinite ? $0 : Double(Float.greatestFiniteMagnitude) }
        var level = Level(
            target: target, coverage: judged.dependence.widened(Estimate(share: held, weights: weights), in: 0...1),
            size: mean(finite), empty: nil,
            worstClass: nil, worstCoverage: nil, rarestClass: nil, rarestCoverage: nil,
            tolerance: judged.dependence.factor * 2 * (target * (1 - target) / Double(held.count)).squareRoot())
        guard judged.task.form == .probabilities else { return level }
        level.empty = mean(sizes.map { $0 == 0 ? 1 : 0 })
        var (sums, counts) = (
            [Double](repeating: 0, count: judged.task.width), [Double](repeating: 0, count: judged.task.width)
        )
        for (row, label) in judged.truth.labels.enumerated() where label >= 0 {
            sums[Int(label)] += held[row] * Double(weights[row])
            counts[Int(label)] += Double(weights[row])
        }
        let shares = sums.indices.filter { counts[$0] > 0 }.map {
            (name: judged.task.names[$0], share: sums[$0] / counts[$0])
        }
        if let worst = shares.min(by: { $0.share < $1.share }) {
            (level.worstClass, level.worstCoverage) = (worst.name, worst.share)
        }
        if let rarest = counts.indices.filter({ counts[$0] > 0 }).min(by: { counts[$0] < counts[$1] }) {
            let own = held.indices.filter { Int(judged.truth.labels[$0]) == rarest }
            level.rarestClass = judged.task.names[rarest]
            level.rarestCoverage = judged.dependence.widened(
                RowWeighting(weights, units: judged.problem.units)
                    .share(of: held.map { Float($0) }, at: own, isDifference: false, .twoSided), in: 0...1)
        }
        return level
    }

    /// Classes that have no rows to speak of, and rows of a single class, in sentences.
    private static func notes(on judged: JudgedRows) -> [String] {
        var counts = [Int](repeating: 0, count: judged.task.width)
        for label in judged.truth.labels where label >= 0 { counts[Int(label)] += 1 }
        let present = counts.indices.filter { counts[$0] > 0 }
        var notes: [String] = []
        if present.count == 1 {
            notes.append(
                "All test rows are of the class '\(judged.task.names[present[0]])', so that coverage says nothing of the others."
            )
        }
        let absent = counts.indices.filter { counts[$0] == 0 }.map { "'\(judged.task.names[$0])'" }
        if !absent.isEmpty {
            notes.append(
                "No calibration row is of \(absent.count == 1 ? "the class" : "the classes") \(absent.prefix(6).joined(separator: ", "))\(absent.count > 6 ? ", …" : ""): with thresholds by class every set holds \(absent.count == 1 ? "it" : "them"), and without them nothing is promised there."
            )
        }
        for target in targets {
            let needed = ScoreQuantiles.rowsNeeded(coverage: target)
            // Of each class four fifths are at hand where a fifth is judged.
            let few = counts.indices.filter { counts[$0] > 0 && counts[$0] * 4 / 5 < needed }
            if !few.isEmpty {
                notes.append(
                    "At \(PredictionSets.percent(target)) by class \(few.count) of \(counts.count) classes have fewer than the \(needed) rows that a threshold takes, and are in every set: \(few.prefix(6).map { "'\(judged.task.names[$0])'" }.joined(separator: ", "))\(few.count > 6 ? ", …" : "")."
                )
            }
        }
        return notes
    }

    /// The score of each model's prediction with the residuals of the other four fifths around it; of several outputs the mean.
    ///
    /// - Returns: nil where some answer is no number: it has no score.
    private static func crps(_ judged: JudgedRows, _ folds: [[Int]]) -> SideBySide<Estimate>? {
        let rows = judged.rows.count
        guard judged.answers.all.allSatisfy({ $0.elements.allSatisfy(\.isFinite) }) else { return nil }
        return judged.answers.map { answers in
            var scores = [Double](repeating: 0, count: rows)
            for fold in folds {
                let others = others(than: fold, of: rows)
                for output in 0..<answers.columns {
                    func residual(_ row: Int) -> Double {
                        Double(judged.truth.values[row, output]) - Double(answers[row, output])
                    }
                    let forecast = RankedProbabilityScore(quantilesOf: others.map(residual))
                    for row in fold { scores[row] += forecast.score(residual: residual(row)) / Double(answers.columns) }
                }
            }
            return judged.dependence.widened(
                Estimate(meanOf: scores, weights: judged.weights, seed: judged.seed), in: 0...Double.infinity)
        }
    }
}

extension Estimate {
    /// A weighted mean over rows with its 95 % bootstrap interval; equal seeds draw the same rows.
    init(meanOf values: [Double], weights: [Float], seed: UInt64, replicates: Int = 300) {
        var generator = SeededGenerator(seed: seed, stream: "bootstrap of means")
        func mean(_ rows: some Sequence<Int>) -> Double {
            var (sum, total) = (0.0, 0.0)
            for row in rows {
                sum += values[row] * Double(weights[row])
                total += Double(weights[row])
            }
            return total > 0 ? sum / total : 0
        }
        let drawn = (0..<(values.count > 1 ? replicates : 0)).map { _ in
            mean((0..<values.count).lazy.map { _ in generator.index(below: values.count) })
        }
        self.init(value: mean(values.indices), replicates: drawn)
    }
}
