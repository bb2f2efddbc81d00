public import Compute

/// Classes in a table: `prediction`, the likeliest class, then `probability:<class>` for each.
public struct ClassTable: AnswerTable {
    /// The table of classes.
    public init() {}

    /// Predicted classes are read as the names that they are, even where these are numbers.
    public var types: [String: Column.Kind] { [AnswerColumns.predictionColumn: .categorical] }

    public func headers(of task: LearningTask) -> [String] {
        [AnswerColumns.predictionColumn] + task.names.map { AnswerColumns.probabilityPrefix + $0 }
    }

    public func leading(_ answers: Matrix, by rule: AnswerRule?) -> [Int32]? {
        rule?.answers(answers) ?? answers.argmax()
    }

    /// Probabilities or logits for each class; of a single column of classes a 1 for the class named.
    public func answers(in columns: AnswerColumns, of task: LearningTask, target: String?) throws -> HeldAnswers {
        let (classes, target, table) = (task.names, target ?? "", columns.table)
        let probabilities = table.columns.filter { $0.name.hasPrefix(AnswerColumns.probabilityPrefix) }
        if !probabilities.isEmpty {
            let named = probabilities.map { (String($0.name.dropFirst(AnswerColumns.probabilityPrefix.count)), $0) }
            return HeldAnswers(try matrix(of: named, in: classes, target: target, columns))
        }
        let answers = columns.answers
        if classes.allSatisfy({ table.column(named: $0) != nil }) {
            let others = Set([AnswerColumns.rowColumn, AnswerColumns.predictionColumn]).subtracting(classes)
            let named = table.columns.filter { !others.contains($0.name) }.map { ($0.name, $0) }
            return HeldAnswers(try matrix(of: named, in: classes, target: target, columns))
        }
        if columns.path.hasSuffix(".npy"), answers.count > 1 {
            guard answers.count == classes.count else {
                throw columns.unusable(
                    "'\(columns.path)' has \(answers.count) columns, but the target '\(target)' has \(classes.count) classes",
                    "Give one column a class, in this order: \(listed(classes))")
            }
            return HeldAnswers(try matrix(of: Array(zip(classes, answers)), in: classes, target: target, columns))
        }
        let only = table.column(named: AnswerColumns.predictionColumn) ?? (answers.count == 1 ? answers[0] : nil)
        guard let only else {
            throw columns.unusable(
                "'\(columns.path)' has no column for the class '\(classes.first { table.column(named: $0) == nil } ?? "")'",
                "Name the columns \(listed(classes.map { AnswerColumns.probabilityPrefix + $0 })), as 'attar predict' does"
            )
        }
        return HeldAnswers(try oneHot(only, classes: classes, target: target, columns), areHard: true)
    }

    /// Columns by the name of their class, brought into the classes' order.
    private func matrix(
        of named: [(String, Column)], in classes: [String], target: String, _ columns: AnswerColumns
    ) throws -> Matrix {
        if let extra = named.first(where: { !classes.contains($0.0) }) {
            throw columns.unusable(
                "'\(columns.path)' has answers for the class '\(extra.0)', which the target '\(target)' does not have",
                "The target's classes are \(listed(classes))")
        }
        return try columns.matrix(
            of: classes.map { name in
                guard let column = named.first(where: { $0.0 == name })?.1 else {
                    throw columns.unusable(
                        "'\(columns.path)' has no answers for the class '\(name)' of the target '\(target)'",
                        "Add the column '\(AnswerColumns.probabilityPrefix)\(name)'")
                }
                return column
            })
    }

    private func oneHot(
        _ column: Column, classes: [String], target: String, _ columns: AnswerColumns
    ) throws -> Matrix {
        let table = columns.table
        var matrix = Matrix(rows: table.count, columns: classes.count)
        let numbers = classes.map(Float.init)
        let places: [Int?] =
            if case .categorical(_, let categories) = column.storage {
                TruthWord.positions(of: categories, among: classes)
            } else { [] }
        for row in 0..<table.count {
            let (text, index): (String, Int?)
            switch column.storage {
            case .categorical(let codes, let categories):
                text = codes[row] < 0 ? "" : categories[Int(codes[row])]
                index = codes[row] < 0 ? nil : places[Int(codes[row])]
            case .numeric(let values):
                text = values[row].isNaN ? "" : "\(values[row])"
                index = numbers.firstIndex(of: values[row])
            case .text(let values):
                text = values[row]
                index = classes.firstIndex(of: text)
            case .tensor, .bytes:
                throw columns.unusable(
                    "the column '\(column.name)' of '\(columns.path)' does not hold classes", "Give classes")
            }
            guard let index else {
                throw columns.unusable(
                    text.isEmpty
                        ? "\(table.place(row)): there is no prediction"
                        : "\(table.place(row)): '\(text)' is no class of the target '\(target)'",
                    "The classes are \(listed(classes))")
            }
            matrix[row, index] = 1
        }
        return matrix
    }
}
