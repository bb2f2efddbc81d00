internal import Compute

/// How an output of a model is read: as numbers, or as classes alone.
struct InferenceReading: Sendable {
    let answers: ForeignAnswers
    /// What a reader has to know beside what `answers` notes.
    let notes: [String]
    /// The output.
    let output: String?
    /// Where classes are answered alone, each one's position by what is answered; else nil.
    private let labels: ClassPositions?
    /// Whether one number a row is the probability, or the logit, of the second of two classes.
    private let isSecondClass: Bool

    /// Tells from the first answers how to read an output.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where it does not fit.
    init(
        _ first: InferenceAnswer, output: String?, settings: TeacherSettings, for rows: Dataset, named name: String
    ) throws {
        self.output = output
        let target = rows.target?.task
        let isWhole = InferenceModel.Tensor(name: "", datatype: first.datatype, shape: []).isWhole
        let wantsClasses = target.map { $0.form == .probabilities } ?? (settings.classes != nil)
        var notes: [String] = []
        if !first.texts.isEmpty || (isWhole && wantsClasses && first.width == 1 && settings.outputKind == nil) {
            guard first.width == 1, let classes = settings.classes ?? (wantsClasses ? target?.names : nil) else {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher '\(name)' answers with texts in '\(first.name)', and no classes are known",
                    remedy: "Name them with --classes, or another output with --teacher-output")
            }
            var labels = ClassPositions(classes)
            let areNames = first.texts.isEmpty && !first.numbers.allSatisfy { labels[Column.label(of: $0)] != nil }
            if areNames {
                // Numbers that are no classes' names count the classes.
                labels = ClassPositions(classes.indices.map { String($0) })
                notes.append("The teacher '\(name)' answers with numbers of classes: they are counted from 0")
            }
            self.labels = labels
            isSecondClass = false
            answers = try ForeignAnswers(
                width: classes.count, kind: .probabilities, ownNames: classes, settings: settings, for: rows,
                isHard: true, named: name)
            self.notes = notes
            return
        }
        labels = nil
        let lower = first.name.lowercased()
        let kind: Answers.Kind
        if let given = settings.outputKind {
            kind = given
        } else if !wantsClasses {
            kind = lower.contains("prob") ? .probabilities : lower.contains("logit") ? .logits : .values
        } else if lower.contains("logit") {
            kind = .logits
        } else {
            kind = Self.areProbabilities(first) ? .probabilities : .logits
            notes.append(
                "The numbers of '\(first.name)' are taken as \(kind.rawValue), since the first rows' \(kind == .probabilities ? "sum" : "do not sum") to 1"
            )
        }
        let classes = settings.classes ?? (wantsClasses ? target?.names : nil)
        isSecondClass = kind != .values && first.width == 1 && classes?.count == 2
        if isSecondClass {
            notes.append("The one number of '\(first.name)' is taken as that of the class '\(classes?.last ?? "")'")
        }
        answers = try ForeignAnswers(
            width: isSecondClass ? 2 : first.width, kind: kind, ownNames: nil, settings: settings, for: rows,
            named: name)
        self.notes = notes
    }

    /// Whether each row sums to 1, or is itself between 0 and 1 where it is one number.
    private static func areProbabilities(_ answer: InferenceAnswer) -> Bool {
        guard answer.numbers.allSatisfy({ $0 >= 0 && $0 <= 1 }), answer.width > 0 else { return false }
        if answer.width == 1 { return true }
        return stride(from: 0, to: answer.numbers.count, by: answer.width).allSatisfy {
            abs(answer.numbers[$0..<$0 + answer.width].reduce(0, +) - 1) <= ForeignAnswers.sumTolerance
        }
    }

    /// The answers to rows.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) naming the row.
    func outputs(_ answer: InferenceAnswer, for rows: Dataset, at positions: [Int]) throws -> Answers {
        let width = answers.task.width
        var elements = answer.numbers
        if let labels {
            elements = [Float](repeating: 0, count: positions.count * width)
            for (row, position) in positions.enumerated() {
                let label = answer.texts.isEmpty ? Column.label(of: answer.numbers[row]) : answer.texts[row]
                guard let column = labels[label] else {
                    throw AttarError(
                        .unusableTeacher,
                        "the teacher \(answers.name) answers \(rows.place(position)) with the class '\(label)'",
                        remedy:
                            "Name its classes with --classes; known are \(listed(answers.task.names))"
                    )
                }
                elements[row * width + column] = 1
            }
        } else if isSecondClass {
            let isLogit = answers.kind == .logits
            elements = answer.numbers.flatMap { isLogit ? [0, $0] : [1 - $0, $0] }
        }
        guard elements.count == positions.count * width else {
            throw AttarError(
                .unusableTeacher,
                "the teacher \(answers.name) answers \(rows.place(positions[0])) with \(answer.width) numbers, where there are \(width)",
                remedy: "Look at the server's log")
        }
        return try answers.checked(
            Matrix(rows: positions.count, columns: width, elements: elements), for: rows, at: positions)
    }
}
