internal import Compute

extension PredictionSets {
    /// What stands of the sets in an artifact's document; the scores are tensors.
    struct Record: Hashable, Codable {
        var method: SetMethod
        var rows: Int
        var seed: UInt64
        /// Of each list of scores the rows that it stands on.
        var listRows: [Int]
        /// Of each list how many of the scores are kept.
        var listScores: [Int]
        var tree: Bool
        /// Files of earlier versions do not say: their sets can be empty.
        var allowsEmpty: Bool?
    }

    /// Scores that a list keeps at most: of classes, and of each class or pair of a tree's levels.
    private static let mostScores = 512
    private static let mostScoresEach = 128

    private static let prefix = "sets."
    private static let treePrefix = "sets.tree."

    /// The same with as few scores as an artifact keeps; thresholds read off them are never below the exact ones.
    package var compressed: PredictionSets {
        let most = quantiles.count == 1 ? Self.mostScores : Self.mostScoresEach
        return PredictionSets(
            method, task: task, rows: rows, seed: seed, quantiles: quantiles.map { $0.compressed(to: most) },
            tree: tree,
            allowsEmpty: allowsEmpty)
    }

    var record: Record {
        Record(
            method: method, rows: rows, seed: seed, listRows: quantiles.map(\.rows),
            listScores: quantiles.map(\.scores.count), tree: tree != nil,
            allowsEmpty: task.form == .probabilities && !allowsEmpty ? false : nil)
    }

    /// The scores as 32-bit floats, rounded up so that coverage is kept, and the shares below them where they do not follow from the rows.
    var tensors: [String: Tensor] {
        let scores = quantiles.flatMap { $0.scores.map(Self.up) }
        var tensors = [Self.prefix + "scores": Tensor(scores, shape: [scores.count])]
        if !quantiles.allSatisfy(\.isPlain) {
            let shares = quantiles.flatMap { $0.shares.map(Float.init) }
            tensors[Self.prefix + "shares"] = Tensor(shares, shape: [shares.count])
        }
        for (name, tensor) in tree?.described ?? [:] { tensors[Self.treePrefix + name] = tensor }
        return tensors
    }

    private static func up(_ score: Double) -> Float {
        let nearest = Float(score)
        let above = Double(nearest) < score ? nearest.nextUp : nearest
        return min(above, .greatestFiniteMagnitude)
    }

    /// A file's tensors: the model's, and those of sets.
    static func divided(_ tensors: [String: Tensor]) -> (model: [String: Tensor], sets: [String: Tensor]) {
        (tensors.filter { !$0.key.hasPrefix(prefix) }, tensors.filter { $0.key.hasPrefix(prefix) })
    }

    /// The sets that a file keeps.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where a part is missing or does not fit the others.
    init(_ record: Record, tensors: [String: Tensor], task: LearningTask, inputs: Int) throws {
        func damaged(_ problem: String) -> AttarError {
            AttarError(.malformedArtifact, "its prediction sets cannot be read: \(problem)")
        }
        let oneScore = record.method == .tail && task.form == .values && task.width == 1
        do { try record.method.check(for: task, among: oneScore ? [.tail] : nil) } catch {
            throw damaged("the method does not suit the task")
        }
        let lists =
            task.form == .probabilities
            ? (record.method.isByClass ? task.width : 1) : record.tree ? ResidualTree.coverages.count : task.width
        guard record.listRows.count == lists, record.listScores.count == lists,
            record.listScores.allSatisfy({ (0...1_000_000_000).contains($0) }),
            record.tree == (record.method == .cqr), !record.tree || task.width == 1
        else { throw damaged("there are \(record.listScores.count) lists of scores, not \(lists)") }
        let count = record.listScores.reduce(0, +)
        let described = ModelDescription(family: record.method.rawValue, tensors: tensors)
        let scores = try described.floats(Self.prefix + "scores", shape: [count])
        let shares =
            tensors[Self.prefix + "shares"] == nil
            ? nil : try described.floats(Self.prefix + "shares", shape: [count])
        var start = 0
        var quantiles: [ScoreQuantiles] = []
        for (rows, kept) in zip(record.listRows, record.listScores) {
            let own = scores[start..<start + kept].map {
                $0 == .greatestFiniteMagnitude ? Double.infinity : Double($0)
            }
            let ownShares =
                shares.map { $0[start..<start + kept].map(Double.init) }
                ?? (0..<kept).map { Double($0 + 1) / Double(kept + 1) }
            guard zip(own, own.dropFirst()).allSatisfy({ $0 <= $1 }),
                zip(ownShares, ownShares.dropFirst()).allSatisfy({ $0 <= $1 })
            else { throw damaged("the scores are not in order") }
            quantiles.append(ScoreQuantiles(rows: rows, scores: own, shares: ownShares))
            start += kept
        }
        var tree: ResidualTree?
        if record.tree {
            let own = tensors.filter { $0.key.hasPrefix(Self.treePrefix) }
                .map { (String($0.key.dropFirst(Self.treePrefix.count)), $0.value) }
            tree = try ResidualTree(Dictionary(uniqueKeysWithValues: own), inputs: inputs)
        }
        self.init(
            record.method, task: task, rows: record.rows, seed: record.seed, quantiles: quantiles, tree: tree,
            allowsEmpty: record.allowsEmpty ?? true)
    }
}

extension ScoreQuantiles {
    /// Whether all scores are kept and weigh the same.
    fileprivate var isPlain: Bool {
        shares.indices.allSatisfy { abs(shares[$0] - Double($0 + 1) / Double(shares.count + 1)) < 1e-12 }
    }
}
