extension LeakEvidence {
    /// Looks through the rows of a distillation.
    ///
    /// - Parameters:
    ///   - dataset: all rows that were given, test rows aside where they were given apart.
    ///   - training: what the training rows ask.
    ///   - test: what the test rows ask.
    ///   - parts: positions of rows that are tested on together while the others are learned from, where every row is a training and a test row; nil for none.
    ///   - unlabeled: rows that the teacher answers for the student.
    ///   - unread: columns that nobody learns from.
    ///   - teacher: who may have learned from test rows.
    package init(
        _ dataset: Dataset, training: Problem, test: Problem, parts: [[Int]]? = nil, unlabeled: Dataset?,
        unread: [UnreadColumn] = [], teacher: (any Teacher)?
    ) {
        let identifiers = dataset.identifierColumns
        let tellings = training.tellingColumns
        var found: [Leak] = []
        let equal = dataset.equalRows
        if equal.areCopies {
            found.append(
                .copies(equal.repeated, of: dataset.count, keepTogether: dataset.time == nil && dataset.group == nil))
        }
        found += [
            parts.map { Self.shared(test.rows, parts: $0) }
                ?? Self.shared(training.rows, test.rows, training.rows.fingerprint == test.rows.fingerprint),
            unlabeled.flatMap { Self.shared($0, test.rows) },
            // Parts never split a group, and have no times.
            parts == nil ? Self.groups(training.rows, test.rows) : nil,
            teacher?.seen(in: test.rows).flatMap { Leak(teachers: $0, rows: test.rows.count) },
        ].compactMap(\.self)
        found += identifiers.filter { column in !unread.contains { $0.name == column.name } }.map(Leak.init(_:))
        found += tellings.filter { telling in !identifiers.contains { $0.name == telling.name } }.map(Leak.init(_:))
        self.init(
            found,
            looked:
                "Test rows were looked for among the rows that student and teacher learned from, copies among the rows, and among the columns such as alone give the target or only count the rows."
        )
    }

    /// Looks through rows that a model is measured on.
    ///
    /// - Parameters:
    ///   - student: which of them it learned from; nil where its file does not say.
    ///   - teacher: the same of the teacher.
    init?(student: SeenRows?, teacher: SeenRows?, rows: Int) {
        guard student != nil || teacher != nil else { return nil }
        self.init(
            [student.flatMap { Leak(students: $0, rows: rows) }, teacher.flatMap { Leak(teachers: $0, rows: rows) }]
                .compactMap(\.self),
            looked:
                "The rows were looked for among those that \(student == nil ? "the teacher" : teacher == nil ? "the model" : "model and teacher") learned from."
        )
    }

    private init(_ found: [Leak], looked: String) {
        self.init(found: found.filter(\.voids) + found.filter { !$0.voids }, looked: looked)
    }

    /// Test rows among training rows, by content.
    private static func shared(_ training: Dataset, _ test: Dataset, _ areSame: Bool) -> Leak? {
        guard !areSame else {
            return Leak(
                .sharedRows, voids: true,
                "The test rows are the training rows, so the figures say nothing of new rows: give other rows with --test, or leave it out.",
                rows: test.count, of: test.count)
        }
        return seen(training, test).flatMap(Self.shared)
    }

    /// Rows of each part among those of the others, by content.
    private static func shared(_ rows: Dataset, parts: [[Int]]) -> Leak? {
        let seen = parts.compactMap { part in
            let inside = Set(part)
            return Self.seen(
                rows.selecting((0..<rows.count).filter { !inside.contains($0) }), rows.selecting(part))
        }
        guard !seen.isEmpty else { return nil }
        let all = SeenRows(
            found: seen.reduce(0) { $0 + $1.found }, looked: rows.count,
            chance: seen.reduce(0) { $0 + $1.chance } / Double(seen.count), known: rows.count)
        return shared(all)
    }

    private static func shared(_ seen: SeenRows) -> Leak? {
        guard seen.isMoreThanChance else { return nil }
        return Leak(
            .sharedRows, voids: seen.voidsFigures,
            seen.voidsFigures
                ? "\(seen.found) of \(seen.looked) test rows stand among the training rows, so the figures say nothing of new rows: take those rows out of one of the two."
                : "\(seen.found) of \(seen.looked) test rows stand among the training rows, which makes the figures a little too good.",
            rows: seen.found, of: seen.looked)
    }

    /// Test rows among those that only the teacher answered.
    private static func shared(_ unlabeled: Dataset, _ test: Dataset) -> Leak? {
        guard let seen = seen(unlabeled, test), seen.isMoreThanChance else { return nil }
        return Leak(
            .unlabeledRows,
            "\(seen.found) of \(seen.looked) test rows stand among the unlabelled rows, whose answers the student learned: figures that compare it with the teacher are too good.",
            rows: seen.found, of: seen.looked)
    }

    /// Which of some rows stand among others.
    private static func seen(_ known: Dataset, _ rows: Dataset) -> SeenRows? {
        let without = Array(Set(known.identifierColumns.map(\.name) + rows.identifierColumns.map(\.name)))
        let columns = known.columns.filter { rows.column(named: $0.name) != nil || $0.kind == .tensor }.map(\.name)
        // Row numbers alone say nothing of what rows are.
        guard !Set(columns).subtracting(without).isEmpty else { return nil }
        let contents = RowHashes(known, columns: columns, without: without).values
        let own = RowHashes(rows, columns: columns, without: without).values
        let others = Set(contents)
        let found = own.count(where: others.contains)
        guard found > 0 else { return nil }
        // Whether equal rows are copies shows where the shared ones stand beside all others.
        let joint = known.selecting(columns).joined(with: rows.selecting(columns))
        let areCopies = joint.map { EqualRows($0, contents: contents + own).areCopies } ?? true
        let equal = EqualRows(known, contents: contents)
        let chance = areCopies ? 0 : Double(equal.repeated + 1) / Double(known.count + 2)
        return SeenRows(found: found, looked: rows.count, chance: chance, known: known.count)
    }

    /// Test rows of groups that were trained on, and test rows that are no later than training rows.
    private static func groups(_ training: Dataset, _ test: Dataset) -> Leak? {
        if let (own, others) = training.group.flatMap({ own in test.group.map { (own, $0) } }) {
            let known = Set((0..<own.count).map(own.key))
            let found = (0..<others.count).count { known.contains(others.key($0)) }
            guard found > 0 else { return nil }
            return Leak(
                .groups, voids: true,
                "\(found) of \(test.count) test rows belong to groups that were trained on (column '\(own.name)'), so the figures say nothing of new groups: test on other groups.",
                column: own.name, rows: found, of: test.count)
        }
        guard let (own, others) = training.time.flatMap({ own in test.time.map { (own, $0) } }),
            let joint = own.joined(with: others)
        else { return nil }
        let ranks = joint.ranks
        let last = ranks.prefix(own.count).max() ?? 0
        let found = ranks.dropFirst(own.count).count { $0 <= last }
        guard found > 0 else { return nil }
        return Leak(
            .time,
            "\(found) of \(test.count) test rows are no later than the last training row (column '\(own.name)'): the figures do not show how the student does on later rows.",
            column: own.name, rows: found, of: test.count)
    }
}

extension Dataset {
    /// The named columns alone.
    fileprivate func selecting(_ names: [String]) -> Dataset {
        let names = Set(names)
        return Dataset(source: source, columns: columns.filter { names.contains($0.name) || $0.kind == .tensor })
    }

    /// Rows under these, where their columns are of the same types.
    fileprivate func joined(with others: Dataset) -> Dataset? {
        let joined = columns.compactMap { column -> Column? in
            (others.column(named: column.name) ?? others.columns.first { $0.kind == .tensor && column.kind == .tensor })
                .flatMap(column.joined)
        }
        return joined.count == columns.count ? Dataset(source: source, columns: joined) : nil
    }
}

extension Column {
    /// The values of another column after these; nil where they are of another type.
    fileprivate func joined(with other: Column) -> Column? {
        switch (storage, other.storage) {
        case (.numeric(let own), .numeric(let others)):
            // Where floats hold only one of the columns, they hold the other's whole numbers as they are.
            let exact = (wholes ?? other.wholes).flatMap { _ in
                wholeNumbers.flatMap { own in other.wholeNumbers.map { own + $0 } }
            }
            return Column(name, .numeric(own + others), notation: notation, wholes: exact)
        case (.text(let own), .text(let others)): return Column(name, .text(own + others), notation: notation)
        case (.tensor(let own, let shape), .tensor(let others, let theirs)) where shape == theirs:
            return Column(name, .tensor(own + others, shape: shape))
        case (.bytes(let own, let shape), .bytes(let others, let theirs)) where shape == theirs:
            return Column(name, .bytes(own + others, shape: shape))
        default:
            guard let own = texts, let others = other.texts else { return nil }
            return Column(name, .text(own + others))
        }
    }
}
