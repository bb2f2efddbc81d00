package import Compute

/// What a teacher outside of Attar answers, settled from what it says of itself, what the user says, and the target; and the one check that
/// all its answers go through.
package struct ForeignAnswers: Sendable {
    /// What it answers.
    package let task: LearningTask
    /// What its numbers are.
    package let kind: Answers.Kind
    /// What a reader of the results has to know, in sentences without their full stops.
    package let notes: [String]
    /// What messages call the teacher: its path, command or address, in quotes.
    package let name: String

    /// How far a row's probabilities may be from 1 in sum.
    static let sumTolerance: Float = 1e-3

    /// Settles the task of a teacher.
    ///
    /// Classes are named by `settings.classes`, else by the teacher, else they are the target's in its order, else numbers from 0.
    /// - Parameters:
    ///   - width: numbers a row.
    ///   - kind: what the numbers are; `settings.outputKind` overrides it.
    ///   - ownNames: the classes or outputs as the teacher names them, if it does.
    ///   - rows: the rows to be answered, with their target if there is one.
    ///   - isHard: whether the teacher gives labels without probabilities.
    ///   - name: what messages call it.
    /// - Throws: `AttarError` (`unusableTeacher`) where widths do not fit.
    package init(
        width: Int, kind: Answers.Kind, ownNames: [String]?, settings: TeacherSettings, for rows: Dataset,
        isHard: Bool = false, named name: String
    ) throws {
        self.name = "'\(name)'"
        // Of a point no number means anything by itself, whatever it looks like.
        self.kind = settings.outputKind ?? (settings.wantsEmbedding && rows.target == nil && !isHard ? .values : kind)
        var notes: [String] = []
        if self.kind == .values {
            let own = rows.target?.task
            if let own, own.form == .probabilities {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher '\(name)' gives \(width) values a row, but the target '\(rows.target?.name ?? "")' has classes",
                    remedy: "If the numbers are logits or probabilities, say so with --output-kind")
            }
            if let own, own.width != width {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher '\(name)' gives \(width) values a row, but the target has \(own.width)",
                    remedy: "Name another output with --teacher-output, or give a target of \(width) columns")
            }
            task =
                own
                ?? (settings.wantsEmbedding
                    ? .embedding(width: width) : .regression(ownNames ?? (0..<width).map { "output\($0)" }))
        } else {
            let names: [String]
            if let given = settings.classes {
                names = given
            } else if let ownNames {
                names = ownNames
            } else if let own = rows.target?.task, own.form == .probabilities {
                names = own.names
                notes.append(
                    "The teacher '\(name)' does not name its classes: its outputs are taken as \(listed(own.names)), in this order"
                )
            } else {
                names = (0..<width).map(String.init)
                notes.append("The teacher '\(name)' does not name its classes: they are numbered from 0")
            }
            var seen: Set<String> = []
            if let twice = names.first(where: { !seen.insert($0).inserted }) {
                throw AttarError(
                    .unusableTeacher, "the teacher '\(name)' names the class '\(twice)' twice",
                    remedy: "Let it name each class once, or name them with --classes, in the order of its outputs")
            }
            guard names.count == width else {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher '\(name)' gives \(width) numbers a row, but there are \(names.count) classes: \(listed(names))",
                    remedy: "Name its classes with --classes, in the order of its outputs")
            }
            task = .classification(names)
        }
        if isHard { notes.append(Self.hardNote(of: name)) }
        self.notes = notes
    }

    /// Settles a teacher of embeddings: its numbers have no names and need no target.
    package init(embeddingOf width: Int, named name: String) {
        self.name = "'\(name)'"
        kind = .values
        task = .embedding(width: width)
        notes = []
    }

    /// The numbers as answers, checked.
    ///
    /// - Parameters:
    ///   - numbers: (rows.count, task.width).
    ///   - rows: the rows that were asked, for messages.
    ///   - positions: which of the rows the numbers belong to; nil for all, in order.
    /// - Throws: `AttarError` (`unusableTeacher`) naming teacher, row and remedy where a number is not finite, a probability is negative, or a
    ///   row's do not sum to 1.
    package func checked(_ numbers: Matrix, for rows: Dataset, at positions: [Int]? = nil) throws -> Answers {
        let count = positions?.count ?? rows.count
        guard numbers.rows == count, numbers.columns == task.width else {
            throw AttarError(
                .unusableTeacher,
                "the teacher \(name) gave \(numbers.rows) × \(numbers.columns) numbers for \(count) rows of \(task.width) outputs"
            )
        }
        func asked(_ row: Int) -> String { rows.place(positions?[row] ?? row) }
        let width = task.width
        let elements = numbers.elements
        for row in 0..<numbers.rows {
            var sum: Float = 0
            for place in row * width..<(row + 1) * width {
                let number = elements[place]
                guard number.isFinite else {
                    throw AttarError(
                        .unusableTeacher,
                        "the teacher \(name) answers \(asked(row)) with \(number.isNaN ? "NaN" : "\(number)"), which is no finite number",
                        remedy: "Look at that row: missing values and numbers out of range are the usual cause")
                }
                if kind == .probabilities, number < -Self.sumTolerance {
                    throw AttarError(
                        .unusableTeacher,
                        "the teacher \(name) answers \(asked(row)) with the negative probability \(number)",
                        remedy: Self.logits)
                }
                sum += number
            }
            if kind == .probabilities, abs(sum - 1) > Self.sumTolerance {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher \(name) answers \(asked(row)) with probabilities that sum to \(sum), not to 1",
                    remedy: elements[row * width..<(row + 1) * width].allSatisfy { $0 <= 1 }
                        ? Self.severalLabels : Self.logits)
            }
        }
        return Answers(kind, numbers)
    }

    /// What every note says of a teacher that gives labels alone.
    static let hardWords = "gives labels without probabilities"

    /// What a reader has to know of a teacher that gives labels alone.
    static func hardNote(of name: String) -> String {
        "The teacher '\(name)' \(hardWords): there are no soft targets, so the student learns no more than which answer is "
            + "right, and figures of the teacher's calibration mean nothing"
    }

    // Each number is a probability by itself: a softmax over them would be another answer.
    private static let severalLabels =
        "If each is the probability of a label of its own, of which several can hold, this is no teacher of one class a row; else divide each row by its sum"
    private static let logits = "If its numbers are logits, give --output-kind logits"
}
