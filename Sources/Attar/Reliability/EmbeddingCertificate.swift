internal import Compute

/// The evidence on an embedding student: whether it finds the same sentences alike as its teacher does.
///
/// Coordinates cannot be compared, since the student's stand in other directions; the similarities (cosines) of all pairs of test sentences
/// can. Their rank correlation is `spearman`. Its interval is the 95 % percentile interval of bootstrap replicates of the sentences.
public struct EmbeddingCertificate: Hashable, Codable, Sendable {
    /// The kind of task: embedding.
    public var task = LearningTask.Kind.embedding
    /// The student's figures: `spearman` where there were test sentences, `bytes`, `sentencesPerSecond` on one thread.
    public var student: [String: Estimate]
    /// The same student before it was trained on the corpus; nil where it was not.
    public var untrained: [String: Estimate]?
    /// The teacher, as given.
    public var teacher: String
    /// Sentences that the figures stand on.
    public var testRows: Int
    /// Sentences that it was trained on.
    public var trainingRows: Int
    /// What that comes to, in words.
    public var verdict: Verdict

    /// Replicates of the interval.
    private static let replicates = 100
    /// The most sentences of which all pairs are ranked.
    private static let mostSentences = 400

    /// - Parameter answers: the teacher's embeddings of the sentences, (sentences, its width); nil where there are none.
    init(
        _ model: StaticModel, untrained: StaticModel?, teacher: String, sentences: [String]?, answers: Matrix?,
        seed: UInt64, corpusSize: Int?
    ) throws {
        let bytes = try Artifact(model: model, metadata: ArtifactMetadata()).encoded().count
        var figures = ["bytes": Estimate(exactly: Double(bytes))]
        self.teacher = teacher
        testRows = sentences?.count ?? 0
        trainingRows = untrained == nil ? 0 : corpusSize ?? 0
        var text = "The student was not measured: no sentences were given to measure it on"
        var helped = false
        var untrainedFigures: [String: Estimate]?
        if let sentences, let answers, sentences.count >= 3 {
            let wanted = Self.similarities(answers)
            let own = Self.spearman(Self.similarities(model.embeddings(of: sentences)), wanted, seed)
            figures["spearman"] = own
            figures["sentencesPerSecond"] = Self.speed(of: model, on: sentences)
            helped = own.low > 0
            text =
                "The student's similarities of \(sentences.count) sentences correlate \(own.value.formatted(digits: 3)) with the teacher's (95 % interval \(own.low.formatted(digits: 3)) to \(own.high.formatted(digits: 3)))"
            if let untrained {
                let before = Self.spearman(Self.similarities(untrained.embeddings(of: sentences)), wanted, seed)
                untrainedFigures = ["spearman": before]
                text += ", and \(before.value.formatted(digits: 3)) before it was trained on the corpus"
            }
        }
        student = figures
        self.untrained = untrainedFigures
        verdict = Verdict(helped: helped, text: text + ".")
    }

    /// The cosines of all pairs of rows, (rows, rows).
    private static func similarities(_ rows: Matrix) -> Matrix {
        let some = rows.selecting(rows: Array(0..<min(rows.rows, mostSentences)))
        var scaled = some.elements
        for row in 0..<some.rows { StaticModel.normalise(&scaled, from: row * some.columns, width: some.columns) }
        let unit = Matrix(rows: some.rows, columns: some.columns, elements: scaled)
        return unit.timesTransposed(unit)
    }

    private static func spearman(_ one: Matrix, _ other: Matrix, _ seed: UInt64) -> Estimate {
        @Sendable func pairs(_ similarities: Matrix, _ rows: [Int]) -> [Float] {
            var pairs: [Float] = []
            pairs.reserveCapacity(rows.count * rows.count / 2)
            for (place, row) in rows.enumerated() {
                // A sentence drawn twice is no pair.
                for next in rows[..<place] where next != row { pairs.append(similarities[row, next]) }
            }
            return pairs
        }
        let all = Array(0..<one.rows)
        var generator = SeededGenerator(seed: seed, stream: "spearman")
        let draws = (0..<replicates).map { _ in all.map { _ in generator.index(below: all.count) } }
        let values = try? concurrently(replicates, threads: availableThreads()) { index in
            RankCorrelation.spearman(pairs(one, draws[index]), pairs(other, draws[index]))
        }
        return Estimate(value: RankCorrelation.spearman(pairs(one, all), pairs(other, all)), replicates: values ?? [])
    }

    /// Sentences a second on one thread, cutting into tokens included: the median of five rounds.
    private static func speed(of model: StaticModel, on sentences: [String]) -> Estimate {
        let clock = ContinuousClock()
        let times = (0..<5).map { _ in
            let time = clock.measure { _ = model.embeddings(of: sentences) }
            return Double(sentences.count)
                / max(1e-9, Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18)
        }.sorted()
        return Estimate(value: times[2], replicates: times)
    }
}

extension Verdict {
    /// A verdict that was reached elsewhere.
    fileprivate init(helped: Bool, text: String) {
        self.helped = helped
        self.text = text
    }
}
