internal import Compute

extension PredictionsFile {
    /// The columns of a file of predictions, read as the task of the rows' target wants them.
    ///
    /// - Parameter named: the kind of task that is asked for where they have none.
    static func contents(
        _ path: String, for rows: Dataset, named: LearningTask.Kind? = nil, catalogue: Catalogue = .standard
    ) throws -> Dataset {
        let types = try (rows.target?.task.kind ?? named).map { try catalogue.task($0).table.types } ?? [:]
        return try Dataset.read(path, options: ReadingOptions(types: types.merging(unnamed) { own, _ in own }))
    }

    /// The first column without a name is kept, as it may say which row is which.
    package static let unnamed: [String: Column.Kind] = ["x0": .numeric, "Unnamed: 0": .numeric]

    /// Matches the answers in a file to the rows of a data set.
    ///
    /// A CSV as `attar predict` writes it (`row,prediction,probability:<class>…`), one with a column for each class or
    /// output by its name, one with a single column of answers; or an `.npy` of (rows, outputs), with the classes in the order
    /// of the target's. Rows are matched by the column `row` where there is one, the position in the data from 0; else by
    /// order.
    ///
    /// - Parameters:
    ///   - contents: what the file holds.
    ///   - path: the file, for messages.
    ///   - kind: `.logits` where the file holds logits; nil for probabilities or values.
    ///   - rows: all rows of the data set, with their target where the task has one.
    ///   - named: the kind of task that is asked for where they have none; nil tells it from the columns.
    ///   - catalogue: the tasks that there are.
    /// - Throws: `AttarError` (`unusableTeacher`) naming file and row where lengths, classes or numbers do not fit.
    public init(
        _ contents: Dataset, path: String, kind: Answers.Kind? = nil, for rows: Dataset,
        named: LearningTask.Kind? = nil, catalogue: Catalogue = .standard
    ) throws {
        let (contents, indexNotes) = try Self.withoutIndex(contents, path: path)
        let columns = AnswerColumns(contents, path: path)
        // Without a target the columns themselves have to tell what they answer.
        let told =
            try named.map { [try catalogue.task($0)] } ?? catalogue.tasks.members.filter { !$0.posing.needsTarget }
        let tasks = told.lazy.compactMap { $0.table.task(in: columns, isNamed: named != nil) }
        guard let task = rows.target?.task ?? tasks.first else {
            throw AttarError(
                .invalidTarget, "'\(rows.source)' has no target, which '\(path)' has answers for",
                remedy: "Name it with --target")
        }
        let order = try columns.order(for: rows)
        let answers = try catalogue.task(task.kind).table.answers(in: columns, of: task, target: rows.target?.name)
        let outputs: Answers
        switch task.form {
        case .values:
            guard kind != .logits else {
                throw AttarError(
                    .invalidSetting, "'\(path)' is given as logits, but what is asked for is \(task.kind)",
                    remedy: "Leave [logits] out")
            }
            outputs = Answers(.values, answers.matrix)
        case .probabilities:
            outputs = Answers(answers.areHard ? .probabilities : kind ?? .probabilities, answers.matrix)
        }
        try Self.check(outputs, in: contents, path: path)
        let notes =
            indexNotes
            + (answers.areHard
                ? ["'\(path)' holds predicted classes without probabilities: the teacher's answers are hard labels"]
                : [])
        self.init(task: task, path: path, outputs: outputs.selecting(rows: order), notes: notes, rows: rows)
    }

    /// The contents without a column that has no name and counts the rows, as pandas writes its index; whatever it counts where another column says which row is which.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where it alone could say that, and holds whole numbers in another order, which may be the rows' positions or mean nothing.
    private static func withoutIndex(_ contents: Dataset, path: String) throws -> (Dataset, notes: [String]) {
        guard let first = contents.columns.first, contents.columns.count > 1,
            contents.reading?.unnamed.contains(first.name) ?? false, case .numeric(let values) = first.storage,
            values.allSatisfy({ $0 == $0.rounded() })
        else { return (contents, []) }
        let others = contents.with(columns: Array(contents.columns.dropFirst()))
        if others.column(named: AnswerColumns.rowColumn) != nil {
            return (
                others,
                [
                    "The first column of '\(path)' has no name, and the column 'row' says which row is which: it is left out"
                ]
            )
        }
        guard values.enumerated().allSatisfy({ Float($0) == $1 }) else {
            throw AttarError(
                .unusableTeacher,
                "the first column of '\(path)' has no name and holds whole numbers that do not count its rows from 0",
                remedy:
                    "Name it 'row' if they are the rows' positions in the data, else leave it out: to_csv(…, index=False)"
            )
        }
        return (
            others,
            ["The first column of '\(path)' has no name and counts its rows, as pandas' index does: it is left out"]
        )
    }

    private static func check(_ outputs: Answers, in contents: Dataset, path: String) throws {
        for row in 0..<outputs.matrix.rows {
            let answer = outputs.matrix.row(row)
            let place = contents.place(row)
            guard answer.allSatisfy(\.isFinite) else {
                throw AttarError(
                    .unusableTeacher, "\(place): an answer is missing or no finite number",
                    remedy: "Give an answer for each row")
            }
            guard outputs.kind == .probabilities else { continue }
            let sum = answer.reduce(0, +)
            let logits = "If these are logits, write --teacher 'predictions:\(path)[logits]'"
            if let negative = answer.first(where: { $0 < 0 }) {
                throw AttarError(
                    .unusableTeacher, "\(place): the probability \(negative) is negative", remedy: logits)
            }
            guard abs(sum - 1) <= ForeignAnswers.sumTolerance else {
                throw AttarError(
                    .unusableTeacher, "\(place): the probabilities sum to \(sum), not to 1", remedy: logits)
            }
        }
    }
}
