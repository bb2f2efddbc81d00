public import Compute

/// Rows of typed columns, with stable row identifiers, an optional target and optional weights. Value type.
public struct Dataset: Sendable {
    /// Where the rows come from, for messages: a path, or a name.
    public let source: String
    /// The feature columns, all of the same length. The target is not among them.
    public let columns: [Column]
    /// One identifier a row, kept through splits and selections: the row's position in its source, from 0.
    /// Synthesised rows have negative ones.
    public let identifiers: [Int]
    /// What is to be learned, where known.
    public let target: Target?
    /// How much each row counts, 0 or more; nil where all count the same.
    public let weights: [Float]?
    /// What each row belongs to, such as a patient or a site: rows of one group are never parted. Nil where each row stands alone.
    public let group: Column?
    /// When each row was: later rows are tested on. Nil where that does not count.
    public let time: Column?

    /// What the reader had to decide, for people to look at.
    public let notes: [ReadingNote]
    /// The line of the first row in a text file that has one row a line; nil for other sources. Messages name lines by it.
    package let firstLine: Int?
    /// What a reader had to take for granted; nil for rows that no reader of texts made.
    package let reading: ReadingTrace?

    /// Number of rows.
    public var count: Int { identifiers.count }

    /// A data set of the given parts.
    ///
    /// - Precondition: columns, identifiers, target, weights, group and time have the same number of rows.
    public init(
        source: String, columns: [Column], identifiers: [Int]? = nil, target: Target? = nil, weights: [Float]? = nil,
        group: Column? = nil, time: Column? = nil, notes: [ReadingNote] = []
    ) {
        self.init(
            source: source, columns: columns, identifiers: identifiers, target: target, weights: weights, group: group,
            time: time, notes: notes, firstLine: nil, reading: nil)
    }

    /// A data set whose rows stand on lines of a text file.
    package init(
        source: String, columns: [Column], identifiers: [Int]? = nil, target: Target? = nil, weights: [Float]? = nil,
        group: Column? = nil, time: Column? = nil, notes: [ReadingNote] = [], firstLine: Int?,
        reading: ReadingTrace?
    ) {
        let count = identifiers?.count ?? columns.first?.count ?? 0
        precondition(columns.allSatisfy { $0.count == count }, "columns of one data set have the same length")
        precondition(target.map { $0.count == count } ?? true, "the target has a value for each row")
        precondition(weights.map { $0.count == count } ?? true, "the weights have a value for each row")
        precondition(
            [group, time].compactMap(\.self).allSatisfy { $0.count == count }, "each row has its group and time")
        self.source = source
        self.columns = columns
        self.identifiers = identifiers ?? Array(0..<count)
        self.target = target
        self.weights = weights
        (self.group, self.time) = (group, time)
        self.notes = notes
        self.firstLine = firstLine
        self.reading = reading
    }

    /// The rows at the given positions, in that order; positions may repeat.
    public func selecting(_ rows: [Int]) -> Dataset {
        Dataset(
            source: source, columns: columns.map { $0.selecting(rows) }, identifiers: rows.map { identifiers[$0] },
            target: target?.selecting(rows), weights: weights.map { weights in rows.map { weights[$0] } },
            group: group?.selecting(rows), time: time?.selecting(rows), notes: notes, firstLine: firstLine,
            reading: reading)
    }

    /// The same rows with other parts.
    public func with(
        columns: [Column]? = nil, target: Target?? = nil, weights: [Float]?? = nil, group: Column?? = nil,
        time: Column?? = nil
    ) -> Dataset {
        Dataset(
            source: source, columns: columns ?? self.columns, identifiers: identifiers,
            target: target ?? self.target, weights: weights ?? self.weights,
            group: group ?? self.group, time: time ?? self.time, notes: notes, firstLine: firstLine, reading: reading)
    }

    /// The same rows as they were read otherwise.
    package func with(columns: [Column], notes: [ReadingNote], reading: ReadingTrace) -> Dataset {
        Dataset(
            source: source, columns: columns, identifiers: identifiers, target: target, weights: weights, group: group,
            time: time, notes: notes, firstLine: firstLine, reading: reading)
    }

    /// A row as messages name it: by its line in a text file, else counted from 1 in its source. Of made-up rows the source says that they are.
    package func place(_ row: Int) -> String {
        if identifiers[row] < 0 { return "a row of \(source)" }
        return firstLine.map { "\(source), line \($0 + identifiers[row])" } ?? "\(source), row \(identifiers[row] + 1)"
    }

    /// The column of that name, or nil.
    public func column(named name: String) -> Column? {
        columns.first { $0.name == name }
    }
}

/// What is to be learned: the truth of each row, and the task that it defines.
public struct Target: Hashable, Sendable {
    /// The column that it was read from.
    public let name: String
    /// The task: classes, or outputs.
    public let task: LearningTask
    /// What is right, one a row.
    public let truth: Truth

    /// A target of any task.
    public init(name: String, task: LearningTask, truth: Truth) {
        (self.name, self.task, self.truth) = (name, task, truth)
    }

    /// Classes of the given names.
    public init(name: String, classes: [String], labels: [Int32]) {
        precondition(labels.allSatisfy { $0 >= -1 && $0 < classes.count }, "labels are indices into the classes")
        self.init(name: name, task: .classification(classes), truth: .classes(labels))
    }

    /// Values of the named outputs, (rows, outputs).
    public init(name: String, outputs: [String], values: Matrix) {
        precondition(values.columns == outputs.count, "one column of values an output")
        self.init(name: name, task: .regression(outputs), truth: .values(values))
    }

    /// Each row's index into the classes, −1 where unknown; empty where the truth is no class.
    public var labels: [Int32] { truth.labels }
    /// (rows, outputs), NaN where unknown; of no rows where the truth is no value.
    public var values: Matrix { truth.values }

    /// Number of rows.
    public var count: Int { truth.count ?? 0 }

    /// The rows at the given positions, in that order.
    public func selecting(_ rows: [Int]) -> Target {
        Target(name: name, task: task, truth: truth.selecting(rows))
    }
}
