/// A target of classes: one column of categories, texts or numbers.
public struct ClassPosing: Posing {
    /// The posing of classes.
    public init() {}

    /// Categories and texts are classes; numbers are where all are whole, at most 20 of them are distinct, and these are two or no more than a tenth of the rows.
    public func isMeant(by columns: [Column]) -> Bool {
        guard columns.count == 1 else { return false }
        guard case .numeric(let values) = columns[0].storage else { return true }
        if let wholes = columns[0].wholes {
            let distinct = Set(wholes).count
            return distinct <= 20 && distinct <= max(2, values.count / 10)
        }
        var distinct: Set<Float> = []
        for value in values {
            if value != value.rounded() { return false }
            distinct.insert(value)
            if distinct.count > 20 { return false }
        }
        return distinct.count <= max(2, values.count / 10)
    }

    /// Classes in order of size where all are numbers, else by their characters.
    public func target(
        _ name: String, from columns: [Column], of rows: Dataset, matching task: LearningTask?
    ) throws -> Target {
        guard columns.count == 1 else {
            throw AttarError(
                .invalidTarget, "'\(name)' names \(columns.count) columns, and classes stand in one",
                remedy: "Name one column, or use --task regression")
        }
        let column = columns[0]
        guard let (codes, names) = column.asCategories() else {
            throw AttarError(.invalidTarget, "Column '\(column.name)' cannot be classes", remedy: "Name another column")
        }
        if let task { return try Self.matched(column, codes, names, of: rows, to: task) }
        // Rows may be a selection, in which some categories no longer occur.
        var counts = [Int](repeating: 0, count: names.count)
        for code in codes { counts[Int(code)] += 1 }
        let classes = names.indices.filter { counts[$0] > 0 }.map { names[$0] }
        var next: Int32 = 0
        let positions = counts.map { count -> Int32 in
            defer { next += count > 0 ? 1 : 0 }
            return next
        }
        let labels = codes.map { positions[Int($0)] }
        if classes.count < 2 {
            throw AttarError(
                .invalidTarget, "The target '\(column.name)' has the one class '\(classes.first ?? "")' in all rows",
                remedy: "Name a target that differs between rows")
        }
        if classes.count > 2 && classes.count * 2 > rows.count {
            throw AttarError(
                .invalidTarget,
                "The target '\(column.name)' has \(classes.count) distinct values in \(rows.count) rows, too many to be classes",
                remedy: column.kind == .numeric
                    ? "Use --task regression" : "Name another target\(rows.reasonForTexts(in: column.name))")
        }
        return Target(name: column.name, classes: classes, labels: labels)
    }

    /// Classes in the order of a trained model's.
    private static func matched(
        _ column: Column, _ codes: [Int32], _ names: [String], of rows: Dataset, to task: LearningTask
    ) throws -> Target {
        let mapped = TruthWord.positions(of: names, among: task.names).map { $0.map { Int32($0) } }
        if let row = codes.firstIndex(where: { mapped[Int($0)] == nil }) {
            throw AttarError(
                .invalidTarget,
                "\(rows.place(row)): the class '\(names[Int(codes[row])])' in column '\(column.name)' does not occur in the training rows",
                remedy: didYouMean(names[Int(codes[row])], among: task.names))
        }
        return Target(name: column.name, classes: task.names, labels: codes.map { mapped[Int($0)] ?? -1 })
    }

    /// The classes.
    public func strata(of target: Target) -> [Int32] { target.labels }
}
