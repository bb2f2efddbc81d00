internal import Compute

/// Some of the rows, and what the model answers to them: from these it is told what its numbers are.
struct ONNXProbe {
    /// The rows.
    let rows: Dataset
    /// The answers to them in parts: the output that is read, the labels where there are such, and how many rows each part answers.
    let parts: [(main: ONNXValue, labels: ONNXValue?, asked: Int, wanted: Int)]
}

extension ONNXAnswers {
    /// Tells what the numbers are, from the output's shape, the numbers themselves, the target and what the user says.
    ///
    /// Rows that are not negative and sum to 1 are probabilities; other numbers are logits where the target has classes, else values. One number
    /// a row belongs to the second of two classes. Whole numbers or texts are labels.
    /// - Throws: `AttarError` (`unusableTeacher`) where they fit neither the target nor what the user says.
    init(
        _ choice: ONNXOutputChoice, _ probe: ONNXProbe, of model: ONNXModel, for rows: Dataset,
        settings: TeacherSettings
    ) throws {
        let name = "'\(model.path)'"
        let output = choice.reading.name
        func read(_ value: ONNXValue) -> ONNXOutput { ONNXOutput(value, name: output, teacher: name) }
        guard let first = probe.parts.first else {
            throw AttarError(.unusableTeacher, "\(rows.source) has no rows to ask the teacher \(name) about")
        }
        let shape = try read(first.main).rowShape(asked: first.asked)
        let width = shape.reduce(1, *)
        let target = settings.classes == nil ? rows.target?.task : nil
        let wantsClasses = settings.classes != nil || target?.form == .probabilities
        var notes = choice.notes

        func finished(_ form: Form, width: Int, _ foreign: ForeignAnswers) -> ONNXAnswers {
            ONNXAnswers(
                reading: choice.reading, form: form, width: width, foreign: foreign, notes: notes + foreign.notes,
                name: name)
        }

        // One point a row is the mean of its tokens' where nothing else is said; a row that has one already keeps it.
        let isPooled = settings.wantsEmbedding ? shape.count == 2 : true
        if isPooled, let pooling = settings.pooling ?? (settings.wantsEmbedding ? "mean" : nil) {
            guard shape.count == 2 else {
                throw AttarError(
                    .unusableTeacher,
                    "--pooling needs an output of batch × tokens × numbers, but '\(output)' of the teacher \(name) has rows of the shape \(shape)",
                    remedy: "Name its hidden state with --teacher-output, or leave --pooling out")
            }
            self = finished(
                pooling == "cls" ? .firstToken : .meanOfTokens, width: shape[1],
                ForeignAnswers(embeddingOf: shape[1], named: model.path))
            return
        }
        if shape.filter({ $0 != 1 }).count > 1 {
            throw AttarError(
                .unusableTeacher,
                "the output '\(output)' of the teacher \(name) has rows of the shape \(shape), not one number a class or value",
                remedy: shape.count == 2
                    ? "Make it one row a text with --pooling mean or --pooling cls, or name another output with --teacher-output"
                    : "Name another output with --teacher-output")
        }
        if ONNXOutputChoice.holdsLabels(choice.main), settings.outputKind == nil, target?.form != .values {
            let metadata = ONNXClassNames.inMetadata(model.metadata, width: target?.width ?? 0)
            guard let names = settings.classes ?? target?.names ?? metadata else {
                throw AttarError(
                    .unusableTeacher, "the teacher \(name) gives labels, and nothing says which there are",
                    remedy: "Name its classes with --classes")
            }
            let foreign = try ForeignAnswers(
                width: names.count, kind: .probabilities, ownNames: names, settings: settings, for: rows, isHard: true,
                named: model.path)
            self = finished(.labels(names), width: names.count, foreign)
            return
        }
        let numbers = try probe.parts.flatMap { part in
            try read(part.main).numbers(asked: part.asked, rows: part.wanted, width: width)
        }
        let areProbabilities = Self.areProbabilities(numbers, width: width)
        let isNamed = { (words: [String]) in words.contains { output.lowercased().contains($0) } }
        // One number for the second of two classes.
        if width == 1, (settings.classes ?? target?.names)?.count == 2, wantsClasses, settings.outputKind != .values {
            let isLogit = settings.outputKind.map { $0 == .logits } ?? !numbers.allSatisfy { (0...1).contains($0) }
            let foreign = try ForeignAnswers(
                width: 2, kind: isLogit ? .logits : .probabilities,
                ownNames: ONNXClassNames.inMetadata(model.metadata, width: 2), settings: settings, for: rows,
                named: model.path)
            notes.append(
                "The teacher \(name) gives one number a row, which is taken for the \(isLogit ? "logit" : "probability") of the class '\(foreign.task.names[1])'"
            )
            self = finished(.pair(isLogit: isLogit), width: 2, foreign)
            return
        }
        let isEmbedding =
            settings.wantsEmbedding && target == nil
            || !areProbabilities && settings.outputKind == nil && settings.classes == nil && target?.width != width
                && isNamed(["embed", "hidden", "pooler", "feature"])
        if isEmbedding {
            self = finished(.numbers, width: width, ForeignAnswers(embeddingOf: width, named: model.path))
            return
        }
        let areShares = width > 1 && numbers.allSatisfy { (0...1).contains($0) }
        if areShares, !areProbabilities, wantsClasses {
            guard settings.outputKind == .logits else {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher \(name) gives \(width) numbers between 0 and 1 a row in its output '\(output)' that do not sum to 1, as probabilities of labels do of which several can hold; the target has one class a row",
                    remedy: "Train it on one class a row, or name another output with --teacher-output")
            }
            notes.append(
                "The numbers of the teacher \(name) are taken for logits, though all lie between 0 and 1, as probabilities do"
            )
        }
        let kind: Answers.Kind =
            if let given = settings.outputKind {
                given
            } else if target?.form == .values {
                .values
            } else if areProbabilities {
                .probabilities
            } else if wantsClasses, width > 1 {
                .logits
            } else if width > 1, isNamed(["logit"]) {
                .logits
            } else { .values }
        var ownNames: [String]?
        if kind != .values {
            if case .maps(let keys, _, _) = first.main {
                ownNames = keys
            } else {
                ownNames = ONNXClassNames.inMetadata(model.metadata, width: width)
            }
            if ownNames == nil, settings.classes == nil {
                ownNames = try Self.namesTold(by: probe, numbers, width: width, target: target?.names, name: name)
            }
        }
        // Keys say which class is which, in whatever order the classes are given.
        var told = settings
        if case .maps(let keys, _, _) = first.main, Set(keys) == Set(settings.classes ?? []) { told.classes = nil }
        let foreign = try ForeignAnswers(
            width: width, kind: kind, ownNames: ownNames, settings: told, for: rows, named: model.path)
        self = finished(.numbers, width: width, foreign)
    }

    /// Whether each row's numbers are not negative and sum to 1.
    private static func areProbabilities(_ numbers: [Float], width: Int) -> Bool {
        guard width > 1 else { return false }
        return stride(from: 0, to: numbers.count, by: width).allSatisfy { start in
            let row = numbers[start..<start + width]
            return row.allSatisfy { $0 >= -ForeignAnswers.sumTolerance }
                && abs(row.reduce(0, +) - 1) <= ForeignAnswers.sumTolerance
        }
    }

    /// The classes as the predicted labels beside the numbers name them.
    private static func namesTold(
        by probe: ONNXProbe, _ numbers: [Float], width: Int, target: [String]?, name: String
    ) throws -> [String]? {
        let labels = try probe.parts.flatMap { part -> [String] in
            guard let labels = part.labels else { return [] }
            let output = ONNXOutput(labels, name: "label", teacher: name)
            return try Array(output.labels(asked: part.asked).prefix(part.wanted))
        }
        guard labels.count * width == numbers.count, !labels.isEmpty else { return nil }
        do {
            return try ONNXClassNames.told(by: labels, numbers, width: width, target: target)
        } catch let contradiction {
            throw AttarError(
                .unusableTeacher,
                "the teacher \(name) has the class '\(contradiction.name)' in the place where the target has '\(contradiction.expected)', and does not tell all its classes",
                remedy: "Name its classes with --classes, in the order of its outputs")
        }
    }
}
