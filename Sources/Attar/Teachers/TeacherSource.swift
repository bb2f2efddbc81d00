/// What `--teacher T`, `--student S` or `--model M` names: a kind of teacher, and which one of it.
public struct TeacherSource: Hashable, Sendable {
    /// What sort of teacher it is.
    public let kind: TeacherKind
    /// Which one: its path, command, address or specification.
    public let reference: String

    /// One of a kind.
    public init(_ kind: TeacherKind, _ reference: String) { (self.kind, self.reference) = (kind, reference) }

    /// Tells from the text alone what is meant; files are not opened.
    ///
    /// A prefix tells the kind, as in `predictions:FILE`, `command:PROGRAM` or `https://…`; a path is told by its ending: `.onnx`; `.ubj`, `.json` or `.bst` of
    /// XGBoost; `.txt` or `.lgb` of LightGBM. A name of a family, with or without options, is a model to train; anything else with a dot or a slash in it is the path
    /// of an artifact.
    /// - Parameter catalogue: the kinds of teachers that there are.
    /// - Throws: `AttarError` (`invalidSetting`) where it is none of these, or a model file that only its own library can read.
    public init(_ text: String, catalogue: Catalogue = .standard) throws {
        let (kind, rest) = try Self.told(text, by: catalogue)
        (self.kind, reference) = (kind, try kind.read(rest, catalogue))
    }

    /// The kind that a text names, and the rest of the text.
    private static func told(_ text: String, by catalogue: Catalogue) throws -> (TeacherKind, String) {
        let kinds = catalogue.teachers.members
        func longest(_ marks: (TeacherKind) -> [String], _ holds: (String) -> Bool) -> (
            kind: TeacherKind, mark: String
        )? {
            kinds.flatMap { kind in marks(kind).filter(holds).map { (kind: kind, mark: $0) } }.max {
                ($0.kind.traits.contains(.refused) ? 0 : 1, $0.mark.count)
                    < ($1.kind.traits.contains(.refused) ? 0 : 1, $1.mark.count)
            }
        }
        if let found = longest(\.prefixes, text.hasPrefix) {
            if found.kind.keepsPrefix { return (found.kind, text) }
            return (found.kind, String(text.dropFirst(found.mark.count)))
        }
        if let found = longest(\.endings, text.hasSuffix) { return (found.kind, text) }
        let word = String(text.prefix { $0 != ":" })
        if word.count > 1, word.count < text.count, word.allSatisfy(\.isLetter) {
            throw AttarError(
                .invalidSetting, "there is no \(catalogue.teachers.noun) that '\(word):' names",
                remedy: didYouMean("\(word):", among: kinds.flatMap(\.prefixes)))
        }
        guard let kind = kinds.first(where: { $0.others?(text) ?? false }) else {
            throw AttarError(
                .invalidSetting, "'\(text)' names no teacher",
                remedy: "Give \(catalogue.teacherForms(untrained: true))")
        }
        return (kind, text)
    }

    /// The model in the `.attar` file that a text names.
    ///
    /// - Throws: `AttarError`: `invalidSetting` where the text names no file of a model, else as `Artifact.read`.
    public static func artifact(_ text: String, catalogue: Catalogue = .standard) throws -> Artifact {
        let (kind, reference) = try told(text, by: catalogue)
        if kind.traits.contains(.refused) { _ = try kind.read(reference, catalogue) }
        if kind.name == TeacherKind.artifact.name { return try Artifact.read(reference) }
        if kind.traits.contains(.untrained) {
            // What no family is called may still be a file.
            guard (try? kind.read(reference, catalogue)) != nil else { return try Artifact.read(text) }
            throw AttarError(
                .invalidSetting, "'\(text)' is a model to train, but a trained one is needed here",
                remedy: "Give the path of an .attar file; 'attar train --model \(text)' writes one")
        }
        guard !kind.traits.contains(.knownRowsOnly) else {
            throw AttarError(
                .invalidSetting, "'\(text)' has answers to some rows, and is no model that can be asked",
                remedy: "Give the path of an .attar file")
        }
        throw AttarError(
            .invalidSetting, "'\(text)' is a teacher, but a model of Attar's own is needed here",
            remedy: "Give the path of an .attar file; 'attar label' asks a teacher for answers")
    }

    /// The teacher, ready to be asked, for the rows that it is to answer.
    ///
    /// A teacher outside of Attar is asked about each row once: its answers are kept where `settings.store` says, those of a server in any case,
    /// as they may cost money, and others as long as the teacher lives.
    /// - Parameters:
    ///   - rows: all rows of the data set, with their target where there is one.
    ///   - settings: how it is asked.
    ///   - progress: told how far it is with its answers, where they are kept; may stop it.
    /// - Throws: `AttarError`: `invalidSetting` for a model that is not trained yet; else as opening it does.
    public func teacher(
        for rows: Dataset, settings: TeacherSettings = TeacherSettings(),
        progress: @escaping ProgressHandler = { _ in .more }
    ) throws -> any Teacher {
        let teacher = try opened(for: rows, settings: settings, progress: progress)
        guard isForeign else { return teacher }
        let store = settings.store ?? (kind.traits.contains(.metered) ? AnswerStore.usualFolder : nil)
        return try StoredTeacher(
            teacher, named: name, columns: rows.columns.map(\.name), asking: settings,
            in: store.map(AnswerStore.init), of: rows.count, progress: progress)
    }

    /// The categories that the teacher's model knows, by column, for reading rows that it is to answer; none where the file cannot be read, which opening it
    /// says.
    public var categories: [String: [String]] { (try? kind.categories(reference)) ?? [:] }

    /// The column of the rows in which the teacher's answers stand; nil for teachers that answer otherwise.
    public var column: String? { kind.column(reference) }

    /// The teacher itself, asked anew each time.
    func opened(
        for rows: Dataset, settings: TeacherSettings, progress: @escaping ProgressHandler = { _ in .more }
    ) throws -> any Teacher {
        let teacher = try kind.opened(reference, settings, rows, progress)
        return settings.lowerIsStranger ? try TurnedTeacher(teacher) : teacher
    }

    /// Whether the teacher lives outside of Attar.
    var isForeign: Bool { kind.traits.contains(.foreign) }

    /// Whether it is a model in a file that Attar did not write.
    package var isForeignModel: Bool { isForeign && kind.traits.contains(.model) }

    /// What messages and stores call the teacher.
    var name: String { kind.shown(reference) }

    /// The model to train, where it is one.
    public var specification: Specification? {
        kind.traits.contains(.untrained) ? try? Specification(reference) : nil
    }

    public static func == (one: TeacherSource, other: TeacherSource) -> Bool {
        one.kind.name == other.kind.name && one.reference == other.reference
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind.name)
        hasher.combine(reference)
    }
}
