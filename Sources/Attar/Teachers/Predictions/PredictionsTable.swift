internal import Compute

/// The columns of a file of predictions, and how they match a target.
struct PredictionsTable {
    private let table: Dataset
    private let path: String

    init(_ table: Dataset, path: String) {
        self.table = table
        self.path = path
    }

    /// What precedes the class in the header of a probability's column.
    static let probabilityPrefix = "probability:"
    /// What precedes the output's name in the header of a value's column, where there are several.
    static let predictionPrefix = "prediction:"
    /// The column of the most probable class, or of the only value.
    static let predictionColumn = "prediction"
    /// The column of the rows' positions in the data.
    static let rowColumn = "row"

    /// Where in the file the answer to each row of the data stands.
    func order(for rows: Dataset) throws -> [Int] {
        guard table.count == rows.count else {
            throw unusable(
                "'\(path)' has \(table.count) rows, but '\(rows.source)' has \(rows.count)",
                "Give one answer for each row of the data")
        }
        guard let column = table.column(named: Self.rowColumn) else { return Array(0..<rows.count) }
        guard case .numeric(let numbers) = column.storage else {
            throw unusable("the column 'row' of '\(path)' does not hold numbers", "Write the row's position, from 0")
        }
        var positions: [Int: Int] = [:]
        for (position, number) in numbers.enumerated() {
            guard let identifier = Int(exactly: number), identifier >= 0 else {
                throw unusable(
                    "\(table.place(position)): the column 'row' holds no position",
                    "Write the row's position, from 0")
            }
            guard positions.updateValue(position, forKey: identifier) == nil else {
                throw unusable("'\(path)' has row = \(identifier) twice", "Give one answer for each row")
            }
        }
        return try rows.identifiers.map { identifier in
            guard let position = positions[identifier] else {
                throw unusable(
                    "'\(path)' has no answer with row = \(identifier), which '\(rows.source)' has",
                    "Count rows from 0 in the column 'row', or leave that column out")
            }
            return position
        }
    }

    /// Probabilities or logits for each class, (rows, classes); of a single column of classes a 1 for the class named.
    func classAnswers(for target: Target) throws -> (matrix: Matrix, areHard: Bool) {
        let classes = target.task.names
        let probabilities = table.columns.filter { $0.name.hasPrefix(Self.probabilityPrefix) }
        if !probabilities.isEmpty {
            let named = probabilities.map { (String($0.name.dropFirst(Self.probabilityPrefix.count)), $0) }
            return (try matrix(of: named, in: classes, target: target.name), false)
        }
        let answers = table.columns.filter { $0.name != Self.rowColumn }
        if classes.allSatisfy({ table.column(named: $0) != nil }) {
            let others = Set([Self.rowColumn, Self.predictionColumn]).subtracting(classes)
            let named = table.columns.filter { !others.contains($0.name) }.map { ($0.name, $0) }
            return (try matrix(of: named, in: classes, target: target.name), false)
        }
        if path.hasSuffix(".npy"), answers.count > 1 {
            guard answers.count == classes.count else {
                throw unusable(
                    "'\(path)' has \(answers.count) columns, but the target '\(target.name)' has \(classes.count) classes",
                    "Give one column a class, in this order: \(Self.list(classes))")
            }
            return (try matrix(of: Array(zip(classes, answers)), in: classes, target: target.name), false)
        }
        let only = table.column(named: Self.predictionColumn) ?? (answers.count == 1 ? answers[0] : nil)
        guard let only else {
            throw unusable(
                "'\(path)' has no column for the class '\(classes.first { table.column(named: $0) == nil } ?? "")'",
                "Name the columns \(Self.list(classes.map { Self.probabilityPrefix + $0 })), as 'attar predict' does")
        }
        return (try oneHot(only, classes: classes, target: target.name), true)
    }

    /// The values of each output, (rows, outputs).
    func values(for target: Target) throws -> (matrix: Matrix, areHard: Bool) {
        let outputs = target.task.names
        let answers = table.columns.filter { $0.name != Self.rowColumn }
        let chosen: [Column]
        if outputs.count == 1,
            let column = table.column(named: Self.predictionColumn) ?? table.column(named: outputs[0])
        {
            chosen = [column]
        } else {
            let named = outputs.compactMap {
                table.column(named: Self.predictionPrefix + $0) ?? table.column(named: $0)
            }
            chosen = named.count == outputs.count ? named : answers
        }
        guard chosen.count == outputs.count else {
            throw unusable(
                "'\(path)' has \(answers.count) columns of answers, but the target '\(target.name)' has \(outputs.count)",
                "Name the column 'prediction'")
        }
        return (try matrix(of: Array(zip(outputs, chosen)), in: outputs, target: target.name), false)
    }

    /// Columns by the name of their class, brought into the classes' order.
    private func matrix(of named: [(String, Column)], in classes: [String], target: String) throws -> Matrix {
        if let extra = named.first(where: { !classes.contains($0.0) }) {
            throw unusable(
                "'\(path)' has answers for the class '\(extra.0)', which the target '\(target)' does not have",
                "The target's classes are \(Self.list(classes))")
        }
        var matrix = Matrix(rows: table.count, columns: classes.count)
        for (index, name) in classes.enumerated() {
            guard let column = named.first(where: { $0.0 == name })?.1 else {
                throw unusable(
                    "'\(path)' has no answers for the class '\(name)' of the target '\(target)'",
                    "Add the column '\(Self.probabilityPrefix)\(name)'")
            }
            guard case .numeric(let values) = column.storage else {
                throw unusable("the column '\(column.name)' of '\(path)' does not hold numbers", "Give numbers")
            }
            for (row, value) in values.enumerated() { matrix[row, index] = value }
        }
        return matrix
    }

    private func oneHot(_ column: Column, classes: [String], target: String) throws -> Matrix {
        var matrix = Matrix(rows: table.count, columns: classes.count)
        let numbers = classes.map(Float.init)
        for row in 0..<table.count {
            let (text, index): (String, Int?)
            switch column.storage {
            case .categorical(let codes, let categories):
                text = codes[row] < 0 ? "" : categories[Int(codes[row])]
                index = classes.firstIndex(of: text)
            case .numeric(let values):
                text = values[row].isNaN ? "" : "\(values[row])"
                index = numbers.firstIndex(of: values[row])
            case .text(let values):
                text = values[row]
                index = classes.firstIndex(of: text)
            case .tensor, .bytes:
                throw unusable("the column '\(column.name)' of '\(path)' does not hold classes", "Give classes")
            }
            guard let index else {
                throw unusable(
                    text.isEmpty
                        ? "\(table.place(row)): there is no prediction"
                        : "\(table.place(row)): '\(text)' is no class of the target '\(target)'",
                    "The classes are \(Self.list(classes))")
            }
            matrix[row, index] = 1
        }
        return matrix
    }

    private func unusable(_ problem: String, _ remedy: String) -> AttarError {
        AttarError(.unusableTeacher, problem, remedy: remedy)
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }
}
