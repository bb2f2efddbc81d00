import Attar
import Compute
import Testing

/// A kind of teacher as a library's user brings it.
struct TeacherKindTests {
    private static let depth = TeacherOption(
        "depth", .count(1...9), valueName: "count", help: "How deep the teacher thinks.")

    private static func kind(
        _ name: String = "mine", prefixes: [String] = ["my:"], endings: [String] = [".my"],
        options: [TeacherOption] = [depth]
    ) -> TeacherKind {
        TeacherKind(
            name: name, form: "my:NAME", prefixes: prefixes, endings: endings, options: options
        ) { reference, settings, rows, _ in
            Echo(
                task: try #require(rows.target?.task),
                fingerprint: FingerprintHasher().finished(), share: Float(settings[count: depth] ?? 0) / 10)
        }
    }

    private struct Echo: Teacher {
        let task: LearningTask
        let fingerprint: Fingerprint
        let share: Float

        func predict(_ rows: Dataset) async throws -> Answers {
            Answers(
                .probabilities,
                Matrix(
                    rows: rows.count, columns: 2, elements: (0..<rows.count).flatMap { _ in [share, 1 - share] }))
        }
    }

    private static func catalogue() throws -> Catalogue {
        var catalogue = Catalogue.standard
        catalogue.teachers = try catalogue.teachers.adding(kind())
        return catalogue
    }

    @Test(arguments: ["my:a.onnx", "folder/a.my"])
    func `A kind of one's own is named by its prefix and its ending, and asked with its own options`(
        _ text: String
    ) async throws {
        let catalogue = try Self.catalogue()
        let source = try TeacherSource(text, catalogue: catalogue)
        #expect(source.kind.name == "mine")
        var settings = TeacherSettings()
        settings[Self.depth] = try Self.depth.value(of: "4")
        try settings.validate(catalogue: catalogue)
        let rows = Dataset(
            source: "r", columns: [Column("x", .numeric([1, 2]))],
            target: Target(name: "y", classes: ["a", "b"], labels: [0, 1]))
        let answers = try await source.teacher(for: rows, settings: settings).predict(rows)
        #expect(answers.matrix.elements == [0.4, 0.6, 0.4, 0.6])
    }

    @Test func `Its option stands under asking and is checked like any other`() throws {
        let catalogue = try Self.catalogue()
        let recipe = try Recipe(
            yaml: "asking:\n  depth: 3\n  classes: [no, yes]", source: "r.yaml", catalogue: catalogue)
        #expect(recipe.asking[count: Self.depth] == 3)
        #expect(recipe.asking.classes == ["no", "yes"])
        #expect(throws: AttarError.self) { try Recipe(yaml: "asking:\n  depth: 3", source: "r.yaml") }
        let deep = try Recipe(yaml: "asking:\n  depth: 30", source: "r.yaml", catalogue: catalogue)
        let error = #expect(throws: AttarError.self) { try deep.validate(catalogue: catalogue) }
        #expect(error?.problem == "depth is 30, but must be from 1 to 9")
        #expect(catalogue.teacherForms(untrained: false).hasSuffix("or my:NAME"))
    }

    @Test func `What is registered twice gets one sentence`() throws {
        let catalogue = try Self.catalogue()
        let own = TeacherOption("depth", .text, valueName: "text", help: "Another.")
        let cases: [(TeacherKind, String)] = [
            (Self.kind(), "there is a kind of teacher 'mine' already"),
            (Self.kind("other"), "'my:' names a teacher of the kind 'mine' already"),
            (
                Self.kind("other", prefixes: [], endings: [".onnx"]),
                "'.onnx' names a teacher of the kind 'onnx' already"
            ),
            (
                Self.kind("other", prefixes: ["o:"], endings: [], options: [own]),
                "there is an option 'depth' (--depth) of teachers already"
            ),
        ]
        for (kind, problem) in cases {
            let error = #expect(throws: AttarError.self) { try catalogue.teachers.adding(kind) }
            #expect(error?.problem == problem)
        }
    }

    @Test func `A kind may read a file that was only refused before, and the longest prefix counts`() throws {
        var catalogue = try Self.catalogue()
        catalogue.teachers = try catalogue.teachers.adding(
            Self.kind("torch", prefixes: ["my:torch:"], endings: [".pt"], options: []))
        #expect(try TeacherSource("m.pt", catalogue: catalogue).kind.name == "torch")
        #expect(try TeacherSource("my:torch:m", catalogue: catalogue).kind.name == "torch")
        #expect(try TeacherSource("my:m", catalogue: catalogue).kind.name == "mine")
        #expect(throws: AttarError.self) { try TeacherSource("m.keras", catalogue: catalogue) }
    }

    @Test func `Every option has its own key and flag, and keeps its value through a recipe`() throws {
        let options = Catalogue.standard.teacherOptions
        #expect(Set(options.map(\.name)).count == options.count)
        #expect(Set(options.map(\.flag)).count == options.count)
        var settings = TeacherSettings()
        for option in options { settings[option] = try option.value(of: Self.sample(option.form)) }
        try settings.validate()
        let copy = try JSONValue(encoding: settings).decoded(as: TeacherSettings.self)
        #expect(copy == settings)
        #expect(settings.maxTokens == 3 && settings.timeout?.amount == 60 && settings.costPerMillionTokens == [1, 2])
    }

    private static func sample(_ form: TeacherOption.Form) -> String {
        switch form {
        case .text, .texts, .latency, .size, .mapping: "word"
        case .flag: "true"
        case .allowance: "1%"
        case .word(let words): words[0]
        case .names: "a, b"
        case .count: "3"
        case .number: "0.5"
        case .prices, .numbers: "1,2"
        case .time: "60s"
        }
    }

    @Test(arguments: [
        ("maxTokens", "0", "maxTokens is 0, but must be from 1 to 1048576"),
        ("pooling", "max", "pooling is max, but must be mean or cls"),
        ("outputKind", "odds", "outputKind is odds, but must be logits, probabilities or values"),
        ("classes", "a,a", "classes is a,a, but must be two or more different names"),
        ("requestsPerSecond", "0", "requestsPerSecond is 0.0, but must be above 0"),
        ("costPerMillionTokens", "1", "costPerMillionTokens is 1, but must be 2 prices, of tokens read and written"),
        ("costPerRequest", "-1", "costPerRequest is -1.0, but must be 0 or more"),
    ])
    func `A value out of range is refused with its range`(_ name: String, text: String, problem: String) throws {
        let option = try #require(Catalogue.standard.teacherOptions.first { $0.name == name })
        var settings = TeacherSettings()
        settings[option] = try option.value(of: text)
        let error = #expect(throws: AttarError.self) { try settings.validate() }
        #expect(error?.problem == problem)
    }
}
