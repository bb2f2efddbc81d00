internal import Compute

/// A teacher in a file of trees: a model that XGBoost (`.json`, `.ubj`) or LightGBM (`.txt`) saved, scored by Attar's own trees.
///
/// Answers are the original's within 1e-5: probabilities of classes, or values. Columns are matched to the model's features by their names
/// where it has them, else by their order; missing values and categories go the way that the model sends them. All trees in the file answer,
/// as they do by default where the library itself loads it. Numbers are 32-bit floats here, as they are in XGBoost; where LightGBM's 64 bits would be needed to tell
/// which way a value goes, that is said, and rows are refused where it is so of many.
public struct TreeFileTeacher: Teacher {
    public let task: LearningTask
    public let fingerprint: Fingerprint
    public let answerNotes: [String]
    /// Number of trees.
    public let treeCount: Int

    private let file: TreeFile
    private let binding: TreeFileBinding
    private let answers: ForeignAnswers
    private let threads: Int

    /// Rows that one thread takes at a time: their numbers stay in its cache.
    private static let block = 1024

    /// Opens the file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - settings: `outputKind` and `classes` are used; `workers` is the number of threads, one a processor where it is nil.
    ///   - rows: the rows to be answered, with their target where there is one.
    /// - Throws: `AttarError`: `unreadableFile`; `malformedData` naming the file and what is wrong in it; `unusableTeacher` where it answers
    ///   neither with classes nor with values, or others than the target's; `schemaMismatch` where the columns are not those of the model.
    public init(path: String, settings: TeacherSettings, for rows: Dataset) throws {
        let (file, content) = try TreeFile.read(path)
        let kind = try file.link.kind(asked: settings.outputKind, target: rows.target?.task, named: path)
        binding = try TreeFileBinding(
            file.features, in: rows, allowsExtra: settings.allowsExtraColumns, named: path)
        answers = try ForeignAnswers(
            width: file.link.width(margins: file.trees.outputs, as: kind), kind: kind, ownNames: nil,
            settings: settings, for: rows, isHard: file.link.isHard, named: path)
        task = answers.task
        treeCount = file.trees.treeCount
        threads = settings.workers ?? availableThreads()
        answerNotes = answers.notes + binding.notes + file.notes
        self.file = file
        var hasher = FingerprintHasher()
        hasher.combine(content.hex)
        hasher.combine(answers.kind.rawValue)
        hasher.combine(task)
        hasher.combine(binding.identity)
        fingerprint = hasher.finished()
    }

    public func predict(_ rows: Dataset) async throws -> Answers { try answers(for: rows) }

    /// The same answers as `predict` gives, on the caller's thread and the teacher's own.
    public func answers(for rows: Dataset) throws -> Answers {
        try answers.checked(file.link.answers(margins(for: rows), as: answers.kind), for: rows)
    }

    /// The sums of the trees' values, (rows, outputs of the model).
    private func margins(for rows: Dataset) throws -> Matrix {
        let columns = try binding.columns(of: rows)
        let outputs = file.trees.outputs
        let blocks = (rows.count + Self.block - 1) / Self.block
        let parts = try concurrently(blocks, threads: threads) { index in
            let range = index * Self.block..<min(rows.count, (index + 1) * Self.block)
            let (numbers, hasMissing) = columns.laidOut(range)
            var margins: [Float] = []
            margins.reserveCapacity(range.count * outputs)
            for _ in range { margins.append(contentsOf: file.trees.baseScores) }
            var places = margins.mutableSpan
            file.trees.score(numbers.span, hasMissing: hasMissing, into: &places)
            return margins
        }
        return Matrix(rows: rows.count, columns: outputs, elements: Array(parts.joined()))
    }
}
