internal import Compute
internal import Foundation
internal import GRDB
internal import Synchronization

/// A teacher behind a store: rows whose answers are kept are not asked, all others are, and their answers are kept as they arrive.
///
/// Without a folder answers are remembered as long as the teacher lives, save for those to made-up rows, which come only once.
public final class StoredTeacher: Teacher {
    public let task: LearningTask
    public let fingerprint: Fingerprint
    public let answerNotes: [String]
    /// The teacher that is asked.
    public let teacher: any Teacher
    private let store: AnswerStore?
    private let question: StoredQuestion
    private let known: Mutex<KnownAnswers>
    private let counts = Mutex(Counts())
    private let progress: ProgressHandler

    /// How many rows were answered from the store and by the teacher, since it was opened.
    public struct Counts: Sendable {
        /// Rows whose answer was kept.
        public var found = 0
        /// Rows that the teacher answered.
        public var asked = 0
    }

    /// Puts a teacher behind a store.
    ///
    /// - Parameters:
    ///   - teacher: who is asked.
    ///   - name: what the store and messages call it: its path, command or address.
    ///   - columns: the columns that it is asked about.
    ///   - form: in what form its answers are kept.
    ///   - store: where; nil for memory alone.
    ///   - progress: told how many rows have been asked; may stop it.
    /// - Throws: `AttarError` as the store does; `invalidSetting` where the likeliest classes of a regression are asked for.
    public init(
        _ teacher: any Teacher, named name: String, columns: [String], form: StoredForm, in store: AnswerStore?,
        progress: @escaping ProgressHandler = { _ in .more }
    ) throws {
        if form.topK != nil, teacher.task.form != .probabilities {
            throw AttarError(
                .invalidSetting, "top-k keeps the likeliest classes, but '\(name)' answers a \(teacher.task.kind)",
                remedy: "Leave --top-k out")
        }
        (self.teacher, self.store, self.progress) = (teacher, store, progress)
        task = teacher.task
        question = try StoredQuestion(of: teacher, named: name, columns: columns.sorted(), form: form, in: store)
        var notes = teacher.answerNotes
        let (answers, lost) = try store?.answers(to: question) ?? (KnownAnswers(), [])
        known = Mutex(answers)
        if let store {
            notes += question.changes(among: try StoredQuestion.all(in: store), answers: try store.counts())
        }
        if let store, let first = lost.first {
            notes.append(
                "The store '\(store.path)' lacks \(lost.count == 1 ? "the shard '\(first)'" : "\(lost.count) shards, such as '\(first)'"): their rows are asked again"
            )
        }
        if let store, store.isReadOnly {
            notes.append(
                "The store '\(store.path)' can only be read: answers that it lacks are remembered for this run alone")
        }
        answerNotes = notes
        var hasher = FingerprintHasher()
        hasher.combine(teacher.fingerprint.hex)
        if form != StoredForm() { hasher.combine(form) }
        fingerprint = form == StoredForm() ? teacher.fingerprint : hasher.finished()
    }

    public var answersKnownRowsOnly: Bool { teacher.answersKnownRowsOnly }

    public var isMetered: Bool { teacher.isMetered }

    public var tokenizer: Tokenizer? { teacher.tokenizer }

    public func microsecondsARow(on rows: Dataset) throws -> Estimate? { try teacher.microsecondsARow(on: rows) }

    /// How many of the likeliest classes are known of each row; nil for all.
    public var topK: Int? { question.form.topK }

    /// Whether new answers outlive the run.
    var keepsAnswers: Bool { store.map { !$0.isReadOnly } ?? false }

    /// What has been looked up and asked.
    public var activity: Counts { counts.withLock { $0 } }

    /// The positions of rows without a kept answer, each of several equal rows but the first left out.
    public func unanswered(in rows: Dataset) -> [Int] { unanswered(RowKey.keys(of: asked(rows) ?? rows)) }

    private func unanswered(_ keys: [RowKey]) -> [Int] {
        known.withLock { known in
            var seen = KeyTable()
            return keys.indices.filter { known.table.position(of: keys[$0]) == nil && seen.insert(keys[$0]) != nil }
        }
    }

    /// The answers to rows, from the store as far as it has them.
    ///
    /// - Throws: as the teacher does. What it had answered before is kept.
    public func predict(_ rows: Dataset) async throws -> Answers {
        let isMadeUp = rows.identifiers.contains { $0 < 0 }
        guard store != nil || !isMadeUp, let rows = asked(rows) else { return try await teacher.predict(rows) }
        let keys = RowKey.keys(of: rows)
        let missing = unanswered(keys)
        counts.withLock { $0.found += rows.count - missing.count }
        if missing.count == rows.count {
            if rows.count > 0 { try await ask(rows, keys: keys) }
        } else if !missing.isEmpty {
            try await ask(rows.selecting(missing), keys: missing.map { keys[$0] })
        }
        let kept = question.form.width(of: task.width)
        let width = task.width
        return try known.withLock { known in
            let positions = try keys.map { key in
                guard let position = known.table.position(of: key) else {
                    throw AttarError(
                        .unusableTeacher, "the teacher '\(question.teacher)' left a row of '\(rows.source)' unanswered",
                        remedy: "Ask again: the answers that came are kept")
                }
                return position
            }
            let kind = known.kind ?? (task.form == .probabilities ? .probabilities : .values)
            return Answers(kind, known.packed.unpacked(positions, kept: kept, width: width))
        }
    }

    /// The rows with the columns of the question alone; nil where one is missing.
    private func asked(_ rows: Dataset) -> Dataset? {
        let wanted = Set(question.columns)
        let columns = rows.columns.filter { wanted.contains($0.name) }
        return columns.count == wanted.count ? rows.with(columns: columns) : nil
    }

    /// The rows whose answers are known.
    public func answered(in rows: Dataset) throws -> [Int] {
        let keys = RowKey.keys(of: asked(rows) ?? rows)
        return known.withLock { known in keys.indices.filter { known.table.position(of: keys[$0]) != nil } }
    }

    // MARK: Asking

    private func ask(_ rows: Dataset, keys: [RowKey]) async throws {
        let before = (teacher as? any PartialTeacher)?.spending
        let done = Mutex(0)
        @Sendable func keep(_ positions: [Int], _ outputs: Answers) throws {
            try self.keep(positions.map { keys[$0] }, outputs)
            let count = done.withLock { done in
                done += positions.count
                return done
            }
            try report(
                RunProgress(phase: "asking the teacher", completed: count, total: rows.count, unit: "rows"),
                to: progress)
        }
        let result: Result<Void, any Error>
        do {
            if let partial = teacher as? any PartialTeacher {
                try await partial.predict(rows, receiving: keep)
            } else {
                try await askInBlocks(rows, keep)
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        if let store, !store.isReadOnly {
            try store.gather(question)
            if let now = (teacher as? any PartialTeacher)?.spending { try store.record(now, since: before, question) }
            store.settle()
        }
        try result.get()
    }

    /// Asks a teacher that answers all or nothing in blocks that take about a second each, so that no more is lost than that.
    private func askInBlocks(_ rows: Dataset, _ keep: ([Int], Answers) throws -> Void) async throws {
        var (start, size) = (0, 1024)
        while start < rows.count {
            let block = Array(start..<min(rows.count, start + size))
            let began = ContinuousClock.now
            try keep(block, try await teacher.predict(block.count == rows.count ? rows : rows.selecting(block)))
            let took = began.duration(to: .now)
            size = took < .milliseconds(500) ? min(65_536, 4 * size) : took > .seconds(2) ? max(1, size / 2) : size
            start += block.count
        }
    }

    private func keep(_ keys: [RowKey], _ outputs: Answers) throws {
        guard outputs.matrix.rows == keys.count, outputs.matrix.columns == task.width else {
            throw AttarError(
                .unusableTeacher,
                "the teacher '\(question.teacher)' gave \(outputs.matrix.rows) × \(outputs.matrix.columns) answers to \(keys.count) rows of \(task.width) outputs"
            )
        }
        // What is kept must be right: a store outlives the run.
        if let bad = outputs.matrix.elements.firstIndex(where: { !$0.isFinite }) {
            throw AttarError(
                .unusableTeacher,
                "the teacher '\(question.teacher)' gave \(outputs.matrix.elements[bad]) as an answer, which is no finite number",
                remedy: "Look at what it was asked: missing values and numbers out of range are the usual cause")
        }
        let packed = PackedAnswers(outputs, as: question.form)
        let kind = question.form.kind(of: outputs)
        if let store, !store.isReadOnly {
            if let problem = packed.problem(in: question.form, kind: kind, width: task.width) {
                throw AttarError(
                    .unusableTeacher, "the teacher '\(question.teacher)' gave \(problem)",
                    remedy: "Say what its numbers are with --output-kind")
            }
            try store.keep(keys, packed, kind: kind, to: question)
        }
        let kept = question.form.width(of: task.width)
        known.withLock {
            $0.kind = kind
            $0.add(keys, packed, kept: kept)
        }
        counts.withLock { $0.asked += keys.count }
    }
}
