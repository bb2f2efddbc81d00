extension Dataset {
    /// The same rows with a column taken out of the features and made the target.
    ///
    /// - Parameters:
    ///   - name: the column, or several separated by commas for a target of several outputs.
    ///   - kind: the kind of task; nil takes the first that means such columns: classes where they are categories, texts or few whole numbers, else values.
    ///   - task: a trained model's task, whose classes these rows must have; nil makes the task from the rows.
    ///   - catalogue: the tasks that there are.
    /// - Throws: `AttarError`: `unknownColumn`; `invalidSetting` for a kind of task that is not known; `invalidTarget` for missing values, a single class, a constant,
    ///   too many classes, texts in a regression, or a class that the task does not have.
    public func taking(
        target name: String, kind: LearningTask.Kind? = nil, matching task: LearningTask? = nil,
        catalogue: Catalogue = .standard
    ) throws -> Dataset {
        let names =
            column(named: name) == nil && name.contains(",")
            ? name.split(separator: ",").map { $0.trimmingBlanks() } : [name]
        let columns = try names.map { try targetColumn($0) }
        let rest = self.columns.filter { !names.contains($0.name) }
        let asked: TaskKind
        if let kind = task?.kind ?? kind {
            asked = try catalogue.task(kind)
            guard asked.posing.takesTarget else {
                throw AttarError(
                    .invalidSetting, "the task '\(kind)' takes no target, but '\(name)' is named as one",
                    remedy: "Leave the target out, or name another task")
            }
        } else {
            let meant = catalogue.tasks.members.first { $0.posing.needsTarget && $0.posing.isMeant(by: columns) }
            guard let meant else {
                throw AttarError(
                    .invalidTarget, "no task is known that '\(name)' could be the target of",
                    remedy: "Name one with --task: \(catalogue.tasks.names.joined(separator: ", "))")
            }
            asked = meant
        }
        let target = try asked.posing.target(name, from: columns, of: self, matching: task)
        // A posing may be shared: its target is of the kind that was asked for.
        let own = LearningTask(kind: asked.kind, names: target.task.names, form: target.task.form)
        return with(columns: rest, target: Target(name: target.name, task: own, truth: target.truth))
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
}

extension Dataset {
    func existingColumn(_ name: String) throws -> Column {
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

    /// A hint at why a column that should be numeric is not, where the reader left a note.
    func reasonForTexts(in name: String) -> String {
        notes.first { $0.column == name }.map { "; \($0.text.prefix(1).lowercased())\($0.text.dropFirst())" } ?? ""
    }

    /// The target.
    ///
    /// - Throws: `AttarError` (`invalidTarget`) where there is none.
    var knownTarget: Target {
        get throws {
            guard let target else {
                throw AttarError(
                    .invalidTarget, "\(source) has no target", remedy: "Name one with taking(target:)")
            }
            return target
        }
    }
}
