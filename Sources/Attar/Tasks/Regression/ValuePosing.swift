internal import Compute

/// A target of values: one or more columns of numbers.
public struct ValuePosing: Posing {
    /// The posing of values.
    public init() {}

    /// Several columns, or numbers that are no classes.
    public func isMeant(by columns: [Column]) -> Bool { true }

    public func target(
        _ name: String, from columns: [Column], of rows: Dataset, matching task: LearningTask?
    ) throws -> Target {
        if let task, task.width != columns.count {
            throw AttarError(
                .invalidTarget, "The model answers \(task.width) values and the target names \(columns.count)",
                remedy: "Name these columns: \(task.names.joined(separator: ","))")
        }
        var elements = [Float](repeating: 0, count: rows.count * columns.count)
        for (position, column) in columns.enumerated() {
            guard case .numeric(let values) = column.storage else {
                throw AttarError(
                    .invalidTarget,
                    "The target '\(column.name)' is \(column.kind.rawValue), and a regression needs numbers\(rows.reasonForTexts(in: column.name))",
                    remedy: "Use --task classification or name a column of numbers")
            }
            if task == nil, values.allSatisfy({ $0 == values[0] }) {
                throw AttarError(
                    .invalidTarget, "The target '\(column.name)' is \(Column.label(of: values[0])) in all rows",
                    remedy: "Name a target that differs between rows")
            }
            for row in values.indices { elements[row * columns.count + position] = values[row] }
        }
        return Target(
            name: columns.map(\.name).joined(separator: ","), outputs: task?.names ?? columns.map(\.name),
            values: Matrix(rows: rows.count, columns: columns.count, elements: elements))
    }

    /// Up to ten ranges that the first output's quantiles cut.
    public func strata(of target: Target) -> [Int32] {
        let values = (0..<target.count).map { target.values[$0, 0] }
        let order = values.indices.filter { !values[$0].isNaN }.sorted { (values[$0], $0) < (values[$1], $1) }
        // Ranges of five rows at least, so that a fifth of each is a row.
        let ranges = max(1, min(10, order.count / 5))
        var strata = [Int32](repeating: -1, count: values.count)
        for (rank, row) in order.enumerated() { strata[row] = Int32(rank * ranges / order.count) }
        return strata
    }
}
