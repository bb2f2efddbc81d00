internal import Attar

/// Training rows and, where they come from a file of their own, test rows and unlabelled rows.
struct LabelledRows {
    let training: Dataset
    let test: Dataset?
    let unlabeled: Dataset?

    /// Reads all files.
    ///
    /// - Parameters:
    ///   - canTeachAlone: whether there is a trained teacher, from whose answers alone students of rows without a target learn.
    ///   - says: whether that is said.
    ///   - teacher: whose categories keep their texts as they stand.
    /// - Throws: `AttarError` as reading does; `invalidSetting` where the recipe names no target, and its task needs one.
    init(
        _ data: String, test: String?, unlabeled: String? = nil, recipe: Recipe, task: LearningTask.Kind? = nil,
        canTeachAlone: Bool = false, says: Bool = true, taughtBy teacher: TeacherReference? = nil,
        progress: @escaping ProgressHandler
    ) throws {
        let recipe = try Self.naming(column: teacher?.column, in: recipe, task: task)
        let needsTarget = try (task ?? recipe.task).map { try Catalogue.standard.task($0).posing.needsTarget } ?? true
        guard recipe.target != nil || !needsTarget || canTeachAlone else {
            throw AttarError(
                .invalidSetting, "no target is named",
                remedy:
                    "Name the column to learn with --target; where there are no labels, distill learns the answers of a trained teacher (--teacher)"
            )
        }
        var reading = try recipe.reading
        reading.add(literals: teacher?.categories ?? [:])
        let read = try Dataset.read(data, options: reading, progress: progress)
        try recipe.checkColumns(of: read)
        let all = try Self.apart(read, by: recipe)
        let training = try recipe.target.map { try all.taking(target: $0, kind: recipe.task ?? task) } ?? all
        self.training = training
        for note in training.notes { Console.note("note: \(note).") }
        if recipe.target == nil, needsTarget, says {
            let names = all.columns.prefix(8).map { "'\($0.name)'" }.joined(separator: ", ")
            let rest = all.columns.count > 8 ? " and \(all.columns.count - 8) more" : ""
            Console.note(
                "note: no target is named: the student learns what the teacher answers, from the columns \(names)\(rest). If one of them holds labels, name it with --target."
            )
        }
        // Further files are read with the types and notations that the training rows turned out to have.
        let options = reading.matching(read)
        self.test = try test.map {
            let read = try Dataset.read($0, options: options, progress: progress)
            for note in read.notes where note.column == nil { Console.note("note: \(note).") }
            // Test rows need no groups or times; where they have some, those are held against the training rows'.
            var own = recipe
            if let name = own.group, read.column(named: name) == nil { own.group = nil }
            if let name = own.time, read.column(named: name) == nil { own.time = nil }
            let rows = try Self.apart(read, by: own)
            return try recipe.target.map { try rows.taking(target: $0, matching: training.target?.task) } ?? rows
        }
        if let test = self.test {
            let features = Set(training.columns.map(\.name))
            for column in test.columns where !features.contains(column.name) {
                Console.note(
                    "note: \(test.source): column '\(column.name)' is not among the training rows' and is not used.")
            }
        }
        self.unlabeled = try unlabeled.map {
            let rows = try Dataset.read($0, options: options, progress: progress)
            let features = Set(training.columns.map(\.name))
            return rows.with(columns: rows.columns.filter { features.contains($0.name) })
        }
    }

    /// The rows whose answers are kept already, test rows in a file of their own aside.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where none are kept, or too few.
    func answered(by teacher: (any Teacher)?) throws -> LabelledRows {
        guard let teacher else {
            throw AttarError(
                .invalidSetting, "--answered-only needs a teacher whose answers are kept, not a model to train",
                remedy: "Name the teacher that 'attar label' asked, and its --store")
        }
        let kept = try teacher.answeredRows(of: training)
        Console.note("\(kept.count) of \(training.count) rows have an answer and are used.")
        return LabelledRows(
            training: kept, test: test, unlabeled: try unlabeled.map { try teacher.answeredRows(of: $0) })
    }

    private init(training: Dataset, test: Dataset?, unlabeled: Dataset?) {
        (self.training, self.test, self.unlabeled) = (training, test, unlabeled)
    }

    /// The rows without a column in which a teacher's answers stand: these are no features.
    func without(column name: String?) -> LabelledRows {
        guard let name else { return self }
        func without(_ rows: Dataset) -> Dataset { rows.with(columns: rows.columns.filter { $0.name != name }) }
        return LabelledRows(
            training: without(training), test: test.map(without), unlabeled: unlabeled.map(without))
    }

    /// The recipe where a teacher's answers stand in a column of the rows: that is their target.
    private static func naming(column: String?, in recipe: Recipe, task: LearningTask.Kind?) throws -> Recipe {
        let kind = try Catalogue.standard.task(recipe.task ?? task ?? .clustering)
        guard let column, kind.posing.targetHoldsAnswers else { return recipe }
        if let target = recipe.target, target != column {
            throw AttarError(
                .invalidSetting,
                "the teacher's clusters stand in the column '\(column)', and '\(target)' is named as the target",
                remedy: "Leave the target out: clusters are learned from the teacher alone")
        }
        var recipe = recipe
        (recipe.target, recipe.task) = (column, kind.kind)
        return recipe
    }

    /// Rows with the columns taken out of the features that say how much rows count and how they may be parted.
    private static func apart(_ rows: Dataset, by recipe: Recipe) throws -> Dataset {
        let parted = try rows.taking(group: recipe.group, time: recipe.time)
        return try recipe.weights.map { try parted.taking(weights: $0) } ?? parted
    }
}
