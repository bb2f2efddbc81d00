internal import Compute

extension Dataset {
    /// The same rows with a column taken out of the features and made the target.
    ///
    /// Without a kind, categories and texts are classes; numbers are classes where all are whole, at most 20 of them are
    /// distinct, and these are two or no more than a tenth of the rows; else they are values of a regression. Classes are
    /// ordered by size where all are numbers, else by their characters.
    ///
    /// - Parameters:
    ///   - name: the column, or several for a regression with several outputs, separated by commas.
    ///   - kind: the kind of task; nil infers it.
    ///   - task: a trained model's task, whose classes these rows must have; nil makes the task from the rows.
    /// - Throws: `AttarError`: `unknownColumn`; `invalidTarget` for missing values, a single class, a constant, too many
    ///   classes, texts in a regression, or a class that the task does not have.
    public func taking(
        target name: String, kind: LearningTask.Kind? = nil, matching task: LearningTask? = nil
    ) throws -> Dataset {
        let names =
            column(named: name) == nil && name.contains(",")
            ? name.split(separator: ",").map { $0.trimmingBlanks() } : [name]
        let columns = try names.map { try targetColumn($0) }
        let rest = self.columns.filter { !names.contains($0.name) }
        let kind = task?.kind ?? kind ?? (columns.count > 1 ? .regression : Self.inferredKind(columns[0]))
        let target: Target
        switch kind {
        case .classification:
            guard columns.count == 1 else {
                throw AttarError(
                    .invalidTarget, "'\(name)' names \(columns.count) columns, and classes stand in one",
                    remedy: "Name one column, or use --task regression")
            }
            target = try classes(in: columns[0], matching: task)
        case .regression:
            target = try values(in: columns, matching: task)
        default:
            throw AttarError(
                .invalidSetting, "The task '\(kind)' is not known", remedy: "Use classification or regression")
        }
        return with(columns: rest, target: target)
    }

    /// The same rows with a column taken out of the features and made the rows' weights.
    ///
    /// - Throws: `AttarError`: `unknownColumn`; `invalidSetting` where a weight is missing, negative or no number, or all are 0.
    public func taking(weights name: String) throws -> Dataset {
        let column = try existingColumn(name)
        guard case .numeric(let values) = column.storage else {
            throw AttarError(
                .invalidSetting, "The weights' column '\(name)' is \(column.kind.rawValue), not numeric",
                remedy: "Name a column of numbers")
        }
        if let row = values.firstIndex(where: { !($0 >= 0) }) {
            throw AttarError(
                .invalidSetting,
                "\(place(row)): the weight in column '\(name)' is \(values[row].isNaN ? "missing" : "negative")",
                remedy: "Give every row a weight of 0 or more")
        }
        if !values.contains(where: { $0 > 0 }) {
            throw AttarError(
                .invalidSetting, "All weights in column '\(name)' are 0", remedy: "Give some row a weight above 0")
        }
        return with(columns: columns.filter { $0.name != name }, weights: values)
    }

    private func existingColumn(_ name: String) throws -> Column {
        if let column = column(named: name) { return column }
        throw AttarError(
            .unknownColumn, "\(source) has no column '\(name)'", remedy: didYouMean(name, among: columns.map(\.name)))
    }

    /// The column of that name, of numbers or texts, without missing values.
    private func targetColumn(_ name: String) throws -> Column {
        let column = try existingColumn(name)
        if column.kind == .tensor {
            throw AttarError(
                .invalidTarget, "Column '\(name)' holds arrays, which cannot be a target", remedy: "Name another column"
            )
        }
        let missing = (0..<count).filter(column.isMissing)
        if let row = missing.first {
            throw AttarError(
                .invalidTarget,
                "\(place(row)): the target '\(name)' is missing\(missing.count > 1 ? ", as in \(missing.count - 1) other rows" : "")",
                remedy: "Fill in the target or leave those rows out")
        }
        return column
    }

    private static func inferredKind(_ column: Column) -> LearningTask.Kind {
        guard case .numeric(let values) = column.storage else { return .classification }
        var distinct: Set<Float> = []
        for value in values {
            if value != value.rounded() { return .regression }
            distinct.insert(value)
            if distinct.count > 20 { return .regression }
        }
        return distinct.count <= max(2, values.count / 10) ? .classification : .regression
    }
}

// MARK: - The two kinds

extension Dataset {
    private func classes(in column: Column, matching task: LearningTask?) throws -> Target {
        guard let (codes, names) = column.asCategories() else {
            throw AttarError(.invalidTarget, "Column '\(column.name)' cannot be classes", remedy: "Name another column")
        }
        if let task {
            let positions = Dictionary(uniqueKeysWithValues: task.names.enumerated().map { ($1, Int32($0)) })
            let mapped = names.map { positions[$0] }
            if let row = codes.firstIndex(where: { mapped[Int($0)] == nil }) {
                throw AttarError(
                    .invalidTarget,
                    "\(place(row)): the class '\(names[Int(codes[row])])' in column '\(column.name)' does not occur in the training rows",
                    remedy: didYouMean(names[Int(codes[row])], among: task.names))
            }
            return Target(name: column.name, classes: task.names, labels: codes.map { mapped[Int($0)] ?? -1 })
        }
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
        if classes.count > 2 && classes.count * 2 > count {
            throw AttarError(
                .invalidTarget,
                "The target '\(column.name)' has \(classes.count) distinct values in \(count) rows, too many to be classes",
                remedy: column.kind == .numeric
                    ? "Use --task regression" : "Name another target\(didYouMeanNumeric(column.name))")
        }
        return Target(name: column.name, classes: classes, labels: labels)
    }

    /// A hint at why a column that should be numeric is not, where the reader left a note.
    private func didYouMeanNumeric(_ name: String) -> String {
        notes.first { $0.column == name }.map { "; \($0.text.prefix(1).lowercased())\($0.text.dropFirst())" } ?? ""
    }

    private func values(in columns: [Column], matching task: LearningTask?) throws -> Target {
        if let task, task.width != columns.count {
            throw AttarError(
                .invalidTarget, "The model answers \(task.width) values and the target names \(columns.count)",
                remedy: "Name these columns: \(task.names.joined(separator: ","))")
        }
        var elements = [Float](repeating: 0, count: count * columns.count)
        for (position, column) in columns.enumerated() {
            guard case .numeric(let values) = column.storage else {
                throw AttarError(
                    .invalidTarget,
                    "The target '\(column.name)' is \(column.kind.rawValue), and a regression needs numbers\(didYouMeanNumeric(column.name))",
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
            values: Matrix(rows: count, columns: columns.count, elements: elements))
    }
}

extension Substring {
    func trimmingBlanks() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
