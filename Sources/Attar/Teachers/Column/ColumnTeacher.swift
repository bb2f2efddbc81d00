internal import Compute

/// A teacher whose answers stand in a column of the rows themselves: the clusters that some program has found. It can answer rows that have the column, and no others.
public struct ColumnTeacher: Teacher {
    /// The clusters that the column holds.
    public let task: LearningTask
    /// Its name.
    public let column: String

    public let answersKnownRowsOnly = true

    /// The column of rows that is their target.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where it is not, or holds no clusters.
    public init(_ column: String, of rows: Dataset) throws {
        guard let target = rows.target, target.name == column, target.task.kind == .clustering else {
            throw AttarError(
                .unusableTeacher,
                "\(rows.source): the column '\(column)' is not read as clusters that a teacher has found",
                remedy: "Give --task clustering with --teacher column:\(column), and no target")
        }
        (task, self.column) = (target.task, column)
    }

    public var fingerprint: Fingerprint {
        var hasher = FingerprintHasher()
        hasher.combine(task)
        hasher.combine(column)
        return hasher.finished()
    }

    /// Each row's own.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) for rows without the column, and for rows that are made up.
    public func predict(_ rows: Dataset) async throws -> Answers {
        var answers = Matrix(rows: rows.count, columns: task.width)
        for (row, label) in try labels(of: rows).enumerated() { answers[row, Int(label)] = 1 }
        return Answers(.probabilities, answers)
    }

    /// Refuses rows without the column.
    public func check(_ rows: Dataset) throws { _ = try labels(of: rows) }

    private func labels(of rows: Dataset) throws -> [Int32] {
        guard !rows.identifiers.contains(where: { $0 < 0 }), let target = rows.target, target.task == task else {
            throw AttarError(
                .unusableTeacher,
                "\(rows.source): the teacher's clusters stand in the column '\(column)', which rows that are made up, or given without it, do not have",
                remedy: "Use a strategy without such rows, such as --strategy teacher")
        }
        return target.labels
    }
}

extension TeacherKind {
    /// Clusters or scores that stand in a column of the rows: `column:NAME`. Scores are no target, so that the rows may have one; whoever learns from them leaves the column out of
    /// the features.
    public static let column = TeacherKind(
        name: "column", form: "column:NAME", prefixes: ["column:"], traits: .knownRowsOnly,
        read: { name, _ in
            guard !name.isEmpty else {
                throw AttarError(
                    .invalidSetting, "'column:' names no column", remedy: "Write it as column:cluster")
            }
            return name
        }, column: { $0 },
        opened: { name, settings, rows, _ in
            // Where it is not the target, it is a column of answers as a file of them has one.
            guard rows.target?.name != name, let column = rows.column(named: name) else {
                return try ColumnTeacher(name, of: rows)
            }
            return try PredictionsFile(
                Dataset(source: rows.source, columns: [column]), path: "column:\(name)", for: rows,
                named: settings.task)
        })
}

extension TeacherReference {
    /// Clusters that stand in a column of the rows, which have it as their target: `rows.taking(target: name, kind: .clustering)`.
    public static func column(_ name: String) -> TeacherReference {
        TeacherReference(.source(TeacherSource(.column, name)), named: "column:\(name)")
    }

    /// The column of the rows in which the teacher's answers stand; nil for teachers that answer otherwise.
    public var column: String? { if case .source(let source) = origin { source.column } else { nil } }
}
