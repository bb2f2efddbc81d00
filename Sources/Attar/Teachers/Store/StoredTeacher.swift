internal import Compute
internal import Foundation
internal import GRDB
internal import Synchronization

/// A teacher behind a store: rows whose answers are kept are not asked, all others are, and their answers are kept as they arrive.
///
/// Without a folder answers are remembered as long as the teacher lives, save for those to made-up rows, which come only once. Rows that the teacher has no usable answer to are
/// listed, up to the number that is allowed, and are not asked again; of these `Answers.known` is false.
public final class StoredTeacher: Teacher {
    public let task: LearningTask
    public let fingerprint: Fingerprint
    /// The teacher that is asked.
    public let teacher: any Teacher
    private let store: AnswerStore?
    private let question: StoredQuestion
    private let known: Mutex<KnownAnswers>
    private let counts = Mutex(Counts())
    private let progress: ProgressHandler
    private let ownNotes: [String]
    private let failures: FailureList
    private let allowance: Allowance
    /// The rows of which a share may fail.
    private let base: Mutex<Int>
    /// The rows of this run, and of no other that the list remembers, that it has no usable answer to.
    private let lost = Mutex<Set<RowKey>>([])
    /// Rows that limits leave out.
    private let unasked = Mutex<Set<RowKey>>([])
    /// What was spent and is on record; what opening the teacher took is counted with the first asking.
    private let recorded = Mutex<Spending?>(nil)

    /// How many rows were answered from the store and by the teacher, since it was opened.
    public struct Counts: Sendable {
        /// Rows whose answer was kept.
        public var found = 0
        /// Rows that the teacher answered.
        public var asked = 0
        /// Rows that it had no usable answer to.
        public var failed = 0
    }

    /// What messages call the teacher that is asked.
    var name: String { question.teacher }

    /// Puts a teacher behind a store.
    ///
    /// - Parameters:
    ///   - teacher: who is asked.
    ///   - name: what the store and messages call it: its path, command or address.
    ///   - columns: the columns that it is asked about.
    ///   - settings: how it is asked: in what form its answers are kept, how many rows may be left without one, and whether such rows are asked again.
    ///   - store: where answers are kept; nil for memory alone.
    ///   - rows: how many rows there are, where a share of them may be left without an answer.
    ///   - progress: told how many rows have been asked; may stop it.
    /// - Throws: `AttarError` as the store does; `invalidSetting` where the likeliest classes of a regression are asked for.
    public init(
        _ teacher: any Teacher, named name: String, columns: [String], asking settings: TeacherSettings,
        in store: AnswerStore?, of rows: Int = 0, progress: @escaping ProgressHandler = { _ in .more }
    ) throws {
        let form = settings.form
        if form.topK != nil, teacher.task.form != .probabilities {
            throw AttarError(
                .invalidSetting, "top-k keeps the likeliest classes, but '\(name)' answers a \(teacher.task.kind)",
                remedy: "Leave --top-k out")
        }
        (self.teacher, self.store, self.progress) = (teacher, store, progress)
        task = teacher.task
        question = try StoredQuestion(of: teacher, named: name, columns: columns.sorted(), form: form, in: store)
        var notes: [String] = []
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
        ownNotes = notes
        failures = FailureList(of: question, in: store, named: name, isForgiven: settings.retryFailures)
        allowance = settings.maxFailures ?? .count(0)
        base = Mutex(rows)
        var hasher = FingerprintHasher()
        hasher.combine(teacher.fingerprint.hex)
        if form != StoredForm() { hasher.combine(form) }
        fingerprint = form == StoredForm() ? teacher.fingerprint : hasher.finished()
    }

    /// What the teacher says of its answers, and what they turned out to be.
    public var answerNotes: [String] {
        var notes = teacher.answerNotes + ownNotes
        if isHard, !notes.contains(where: { $0.contains(ForeignAnswers.hardWords) }) {
            notes.append(ForeignAnswers.hardNote(of: question.teacher))
        }
        let lost = lost.withLock { $0.count }
        if lost > 0 {
            let place = failures.place.map { ": '\($0)' lists them with the reasons" } ?? ""
            notes.append(
                "The \(unanswerable(lost)), which may be of a kind that the others are not\(place)")
        }
        return notes
    }

    /// Whether all answers so far are labels without probabilities.
    var isHard: Bool {
        guard task.form == .probabilities, question.form.topK == nil else { return false }
        return known.withLock { known in
            !known.packed.values.isEmpty && known.kind == .probabilities
                && known.packed.values.allSatisfy { $0 == 0 || $0 == 1 }
        }
    }

    /// What was spent on its answers since it was opened; nil where nothing is counted.
    public var spending: Spending? { (teacher as? any PartialTeacher)?.spending }

    /// Where new answers are kept; nil where they are only remembered, as those are that a store lacks which can only be read.
    public var folder: String? { writable?.path }

    public var wrapped: [any Teacher] { [teacher] }

    /// Refuses rows that the teacher does; one whose answer is kept is answered.
    public func check(_ rows: Dataset) throws {
        let open = unanswered(in: rows)
        if !open.isEmpty { try teacher.check(open.count == rows.count ? rows : rows.selecting(open)) }
    }

    /// How many of the likeliest classes are known of each row; nil for all.
    public var topK: Int? { question.form.topK }

    /// Whether new answers outlive the run.
    var keepsAnswers: Bool { writable != nil }

    /// Whether made-up rows are asked about once, too: without a store they come and go.
    var remembersMadeUpRows: Bool { store != nil }

    /// The store where answers can be added to it; nil where they are only remembered.
    private var writable: AnswerStore? { store.flatMap { $0.isReadOnly ? nil : $0 } }

    /// What has been looked up and asked.
    public var activity: Counts { counts.withLock { $0 } }

    /// The positions of rows without a kept answer, each of several equal rows but the first left out.
    public func unanswered(in rows: Dataset) -> [Int] { unanswered(RowKey.keys(of: asked(rows) ?? rows)) }

    private func unanswered(_ keys: [RowKey]) -> [Int] {
        known.withLock { known in
            var seen = KeyTable()
            return keys.indices.filter {
                known.table.position(of: keys[$0]) == nil && !isLeft(keys[$0])
                    && seen.insert(keys[$0]) != nil
            }
        }
    }

    /// Whether rows can be left without an answer.
    var mayLeaveOut: Bool { allowance != .count(0) }

    /// The positions of rows that it has no usable answer to.
    func failed(in rows: Dataset) -> [Int] {
        let keys = RowKey.keys(of: asked(rows) ?? rows)
        return known.withLock { known in
            keys.indices.filter {
                known.table.position(of: keys[$0]) == nil && failures.reason(for: keys[$0]) != nil
            }
        }
    }

    /// Leaves rows without an answer where none is kept: they are not asked about from now on.
    func leaveUnasked(_ rows: Dataset) {
        let keys = RowKey.keys(of: asked(rows) ?? rows)
        unasked.withLock { $0.formUnion(keys) }
    }

    /// Whether a row without an answer is to be left so.
    private func isLeft(_ key: RowKey) -> Bool {
        failures.reason(for: key) != nil || unasked.withLock { $0.contains(key) }
    }

    /// The answers to rows, from the store as far as it has them.
    ///
    /// - Throws: as the teacher does. What it had answered before is kept.
    public func predict(_ rows: Dataset) async throws -> Answers {
        let isMadeUp = rows.identifiers.contains { $0 < 0 }
        guard store != nil || !isMadeUp, let rows = asked(rows) else { return try await unremembered(rows) }
        let keys = RowKey.keys(of: rows)
        let missing = unanswered(keys)
        base.withLock { $0 = max($0, rows.count) }
        try checkFailures(of: keys)
        counts.withLock { $0.found += rows.count - missing.count }
        if missing.count == rows.count {
            if rows.count > 0 { try await ask(rows, keys: keys) }
        } else if !missing.isEmpty {
            try await ask(rows.selecting(missing), keys: missing.map { keys[$0] })
        }
        let kept = question.form.width(of: task.width)
        let width = task.width
        return try known.withLock { known in
            let positions = keys.map { known.table.position(of: $0) }
            if let row = positions.indices.first(where: {
                positions[$0] == nil && !isLeft(keys[$0])
            }) {
                throw AttarError(
                    .unusableTeacher, "the teacher '\(question.teacher)' left \(rows.place(row)) unanswered",
                    remedy: "Ask again: the answers that came are kept")
            }
            let kind = known.kind ?? (task.form == .probabilities ? .probabilities : .values)
            let answered = positions.indices.filter { positions[$0] != nil }
            let found = known.packed.unpacked(answered.compactMap { positions[$0] }, kept: kept, width: width)
            if answered.count == rows.count { return Answers(kind, found) }
            // What stands in the other rows is not looked at.
            let none = kind == .probabilities ? 1 / Float(width) : 0
            var matrix = Matrix(
                rows: rows.count, columns: width, elements: [Float](repeating: none, count: rows.count * width))
            for (place, row) in answered.enumerated() {
                for column in 0..<width { matrix[row, column] = found[place, column] }
            }
            return Answers(kind, .dense(matrix), known: positions.map { $0 != nil })
        }
    }

    /// The answers to rows that come only once.
    private func unremembered(_ rows: Dataset) async throws -> Answers {
        guard allowance != .count(0), let partial = teacher as? any PartialTeacher else {
            return try await teacher.predict(rows)
        }
        let most = allowance.most(of: rows.count)
        return try await partial.predict(rows, failing: most)
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
        let before = recorded.withLock { $0 }
        let record = writable.map { SpendingRecord(question, in: $0) }
        let done = Mutex(0)
        @Sendable func took() -> Spending? { spending?.since(before) }
        @Sendable func count(_ rowsDone: Int) throws {
            let count = done.withLock { done in
                done += rowsDone
                return done
            }
            try report(
                RunProgress(phase: "asking the teacher", completed: count, total: rows.count, unit: "rows"),
                to: progress)
        }
        @Sendable func keep(_ positions: [Int], _ outputs: Answers) throws {
            try self.keep(positions.map { keys[$0] }, outputs, spent: took(), record)
            try count(positions.count)
        }
        @Sendable func leaveOut(_ failure: RowFailure) throws {
            try record?.write(took())
            try self.leaveOut(failure, keys[failure.position], of: rows)
            try count(1)
        }
        let result: Result<Void, any Error>
        do {
            if let partial = teacher as? any PartialTeacher {
                try await partial.predict(rows, receiving: keep, leavingOut: leaveOut)
            } else {
                try await askInBlocks(rows, keep)
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        let isTidy = Result {
            guard let store = writable else { return }
            try store.gather(question)
            try record?.write(took())
            try known.withLock { known in try failures.strike { known.table.position(of: $0) != nil } }
            store.settle()
        }
        recorded.withLock { $0 = spending }
        // What ended the asking is the cause of whatever went wrong after it.
        try result.get()
        try isTidy.get()
    }

    // MARK: Rows without an answer

    /// How many rows may be left without a usable answer.
    private var mostFailures: Int { allowance.most(of: base.withLock { $0 }) }

    /// Lists a row without a usable answer, and ends the asking where there are too many of them.
    private func leaveOut(_ failure: RowFailure, _ key: RowKey, of rows: Dataset) throws {
        let most = mostFailures
        guard most > 0 else { throw failure.error }
        try failures.add(key, row: rows.place(failure.position), reason: failure.reason)
        counts.withLock { $0.failed += 1 }
        let count = lost.withLock { lost in
            lost.insert(key)
            return lost.count
        }
        if count > most { throw tooMany(count, last: failure.error.problem) }
    }

    /// Refuses rows where too many of this run are known to have no usable answer, before the others are asked.
    private func checkFailures(of keys: [RowKey]) throws {
        guard failures.count > 0 else { return }
        let listed = known.withLock { known in
            keys.filter { known.table.position(of: $0) == nil && failures.reason(for: $0) != nil }
        }
        let count = lost.withLock { lost in
            lost.formUnion(listed)
            return lost.count
        }
        guard count > mostFailures, let reason = listed.first.flatMap(failures.reason) else { return }
        throw tooMany(count, last: "the last time \(reason)")
    }

    /// "teacher 'm' has no usable answer to 3 rows".
    private func unanswerable(_ rows: Int) -> String {
        RowFailure.unanswerable(Spending.count(rows, "row"), by: question.teacher)
    }

    private func tooMany(_ count: Int, last: String) -> AttarError {
        let allowed = mostFailures == 0 ? "none" : "\(allowance.text)\(allowance.isShare ? " (\(mostFailures))" : "")"
        return AttarError(
            .limitReached, "the \(unanswerable(count)), where --max-failures allows \(allowed); \(last)",
            remedy:
                "See \(failures.place.map { "'\($0)'" } ?? "the reason"), then raise --max-failures, or ask such rows again with --retry-failures"
        )
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

    private func keep(_ keys: [RowKey], _ outputs: Answers, spent: Spending?, _ record: SpendingRecord?) throws {
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
        if let store = writable {
            if let problem = packed.problem(in: question.form, kind: kind, width: task.width) {
                throw AttarError(
                    .unusableTeacher, "the teacher '\(question.teacher)' gave \(problem)",
                    remedy: "Say what its numbers are with --output-kind")
            }
            try store.keep(keys, packed, kind: kind, to: question) { try record?.write(spent, in: $0) }
        }
        let kept = question.form.width(of: task.width)
        known.withLock {
            $0.kind = kind
            $0.add(keys, packed, kept: kept)
        }
        counts.withLock { $0.asked += keys.count }
    }
}
