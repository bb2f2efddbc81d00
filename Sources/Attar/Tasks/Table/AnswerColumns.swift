public import Compute

/// The columns of a table of answers, and how they are matched to rows and outputs.
public struct AnswerColumns: Sendable {
    /// The table.
    public let table: Dataset
    /// The file, for messages.
    public let path: String

    /// The columns of a table.
    public init(_ table: Dataset, path: String) { (self.table, self.path) = (table, path) }

    /// What precedes the class in the header of a probability's column.
    public static let probabilityPrefix = "probability:"
    /// What precedes the output's name in the header of a value's column, where there are several.
    public static let predictionPrefix = "prediction:"
    /// The column of the most probable class, or of the only value.
    public static let predictionColumn = "prediction"
    /// The column of the rows' positions in the data.
    public static let rowColumn = "row"

    /// The columns of answers.
    public var answers: [Column] { table.columns.filter { $0.name != Self.rowColumn } }

    /// Where in the table the answer to each row of the data stands.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where one is missing.
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

    /// The numbers of columns as a matrix, (rows, columns.count).
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) naming a column that does not hold numbers.
    public func matrix(of columns: [Column]) throws -> Matrix {
        var matrix = Matrix(rows: table.count, columns: columns.count)
        for (index, column) in columns.enumerated() {
            guard case .numeric(let values) = column.storage else {
                throw unusable("the column '\(column.name)' of '\(path)' does not hold numbers", "Give numbers")
            }
            for (row, value) in values.enumerated() { matrix[row, index] = value }
        }
        return matrix
    }

    /// The column of an output's values: `prediction:` and its name, or its name alone.
    func column(ofOutput name: String) -> Column? {
        table.column(named: Self.predictionPrefix + name) ?? table.column(named: name)
    }

    /// A sentence about the file.
    public func unusable(_ problem: String, _ remedy: String) -> AttarError {
        AttarError(.unusableTeacher, problem, remedy: remedy)
    }
}
