import Attar
import Compute
import Testing

struct ForeignAnswersTests {
    private let classes = Dataset(
        source: "rows.csv", columns: [Column("x", .numeric([1, 2]))],
        target: Target(name: "y", classes: ["no", "yes"], labels: [0, 1]))
    private let values = Dataset(
        source: "rows.csv", columns: [Column("x", .numeric([1, 2]))],
        target: Target(name: "y", outputs: ["height"], values: Matrix(rows: 2, columns: 1)))

    private var bare: Dataset { classes.with(target: .some(nil)) }

    private func settings(kind: Answers.Kind? = nil, classes: [String]? = nil) -> TeacherSettings {
        var settings = TeacherSettings()
        (settings.outputKind, settings.classes) = (kind, classes)
        return settings
    }

    private func answers(
        _ width: Int, _ kind: Answers.Kind, own: [String]? = nil, _ settings: TeacherSettings = TeacherSettings(),
        for rows: Dataset, isHard: Bool = false
    ) throws -> ForeignAnswers {
        try ForeignAnswers(
            width: width, kind: kind, ownNames: own, settings: settings, for: rows, isHard: isHard, named: "t.onnx")
    }

    // MARK: Names

    @Test func `Classes given come first, then the teacher's own, then the target's, then numbers`() throws {
        let given = settings(classes: ["b", "a"])
        #expect(
            try answers(2, .probabilities, own: ["c", "d"], given, for: classes).task == .classification(["b", "a"]))
        #expect(try answers(2, .probabilities, own: ["c", "d"], for: classes).task == .classification(["c", "d"]))
        #expect(try answers(2, .probabilities, for: classes).task == .classification(["no", "yes"]))
        #expect(try answers(3, .logits, for: bare).task == .classification(["0", "1", "2"]))
        #expect(try answers(2, .logits, for: values).task == .classification(["0", "1"]))
    }

    @Test func `A class that is named twice is refused, whoever names it`() throws {
        #expect(
            sentence { try answers(2, .logits, own: ["a", "a"], for: bare) }.contains("names the class 'a' twice"))
        #expect(
            sentence { try answers(2, .logits, settings(classes: ["b", "b"]), for: classes) }.contains(
                "names the class 'b' twice"))
    }

    @Test func `Only names that had to be assumed are noted`() throws {
        #expect(try answers(2, .logits, own: ["c", "d"], for: classes).notes.isEmpty)
        #expect(try answers(2, .logits, settings(classes: ["b", "a"]), for: classes).notes.isEmpty)
        let assumed = try answers(2, .logits, for: classes).notes
        #expect(assumed.count == 1 && assumed[0].contains("no, yes") && assumed[0].contains("'t.onnx'"))
        #expect(try answers(2, .logits, for: bare).notes.first?.contains("numbered from 0") == true)
    }

    @Test func `Labels without probabilities are noted`() throws {
        let notes = try answers(2, .probabilities, own: ["no", "yes"], for: classes, isHard: true).notes
        #expect(notes.count == 1 && notes[0].contains("no soft targets"))
    }

    @Test func `Values take the target's outputs, then the teacher's names, then numbers`() throws {
        #expect(try answers(1, .values, own: ["length"], for: values).task == .regression(["height"]))
        #expect(try answers(1, .values, own: ["length"], for: bare).task == .regression(["length"]))
        #expect(try answers(2, .values, for: bare).task == .regression(["output0", "output1"]))
        #expect(try answers(1, .values, for: values).notes.isEmpty)
    }

    // MARK: Kinds and widths

    @Test func `What the user says the numbers are counts`() throws {
        #expect(try answers(2, .probabilities, settings(kind: .logits), for: classes).kind == .logits)
        #expect(try answers(1, .logits, settings(kind: .values), for: values).task == .regression(["height"]))
        #expect(try answers(2, .values, settings(kind: .logits), for: classes).task == .classification(["no", "yes"]))
    }

    @Test func `Values do not answer for classes, whoever says that they are values`() {
        for settings in [settings(), settings(kind: .values)] {
            for width in [1, 2] {
                let error = #expect(throws: AttarError.self) { try answers(width, .values, settings, for: classes) }
                #expect(error?.code == .unusableTeacher && error?.remedy.contains("--output-kind") == true)
            }
        }
    }

    @Test func `Numbers that do not fit the classes or outputs are refused with both counts`() {
        let tooMany = #expect(throws: AttarError.self) { try answers(3, .probabilities, for: classes) }
        #expect(tooMany?.problem.contains("3 numbers") == true && tooMany?.problem.contains("2 classes") == true)
        let named = #expect(throws: AttarError.self) {
            try answers(2, .logits, settings(classes: ["a", "b", "c"]), for: classes)
        }
        #expect(named?.problem.contains("a, b, c") == true && named?.remedy.contains("--classes") == true)
        let values = #expect(throws: AttarError.self) { try answers(2, .values, for: self.values) }
        #expect(values?.problem.contains("2 values") == true && values?.remedy.contains("--teacher-output") == true)
    }

    // MARK: Numbers

    @Test(
        arguments: [
            ("NaN", .probabilities, [0.5, 0.5, .nan, 0.5], "no finite number"),
            ("infinite logits", .logits, [1, 2, 3, .infinity], "no finite number"),
            ("a negative probability", .probabilities, [0.5, 0.5, 1.2, -0.2], "negative"),
            ("a sum above 1", .probabilities, [0.5, 0.5, 0.6, 0.6], "sum to 1.2"),
            ("a sum of 0", .probabilities, [0.5, 0.5, 0, 0], "sum to 0"),
        ] as [(String, Answers.Kind, [Float], String)])
    func `Answers that cannot be are refused with teacher and row`(
        _ fault: String, kind: Answers.Kind, numbers: [Float], says: String
    ) throws {
        let answers = try answers(2, kind, for: classes)
        let error = #expect(throws: AttarError.self) {
            try answers.checked(Matrix(rows: 2, columns: 2, elements: numbers), for: classes)
        }
        #expect(error?.code == .unusableTeacher && error?.remedy.isEmpty == false)
        // The fault is in the second row.
        for part in ["'t.onnx'", "rows.csv, row 2", says] {
            #expect(error?.problem.contains(part) == true, "\(error?.problem ?? "")")
        }
    }

    @Test func `Answers that can be come back as they are`() throws {
        // Sums of 32-bit floats are not exactly 1, and logits have no sum.
        for (kind, numbers) in [
            (.probabilities, [0.3334, 0.6665, 0, 1]), (.logits, [-3, 70, 0, 0]),
        ] as [(Answers.Kind, [Float])] {
            let matrix = Matrix(rows: 2, columns: 2, elements: numbers)
            #expect(try answers(2, kind, for: classes).checked(matrix, for: classes) == Answers(kind, matrix))
        }
        let heights = Matrix(rows: 2, columns: 1, elements: [-1, 1e30])
        #expect(try answers(1, .values, for: values).checked(heights, for: values) == Answers(.values, heights))
    }

    @Test func `Too few answers, or answers of another width, are refused`() throws {
        let answers = try answers(2, .logits, for: classes)
        for matrix in [Matrix(rows: 1, columns: 2), Matrix(rows: 2, columns: 3)] {
            #expect(throws: AttarError.self) { try answers.checked(matrix, for: classes) }
        }
    }
}
