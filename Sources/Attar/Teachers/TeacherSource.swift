/// What `--teacher T`, `--student S` or `--model M` names: a file to load, or a model to train.
public enum TeacherSource: Hashable, Sendable {
    /// A model in an `.attar` file.
    case artifact(path: String)
    /// A model in an ONNX file.
    case onnx(path: String)
    /// Trees that XGBoost or LightGBM saved.
    case trees(path: String)
    /// A program that answers rows on its standard input.
    case command(String)
    /// A server that answers over HTTP.
    case url(String)
    /// Answers in a file, row by row.
    case predictions(path: String, kind: Answers.Kind?)
    /// A model to train.
    case specification(Specification)

    /// Tells from the text alone what is meant; files are not opened.
    ///
    /// `predictions:FILE` is a file of predictions, `predictions:FILE[logits]` one of logits, `command:PROGRAM` a program, and what begins with
    /// `http://` or `https://` a server. A path is told by its ending: `.onnx`; `.ubj`, `.json` or `.bst` of XGBoost; `.txt` or `.lgb` of
    /// LightGBM. A name of a family, with or without options, is a model to train; anything else with a dot or a slash in it is the path of an
    /// artifact.
    /// - Throws: `AttarError` (`invalidSetting`) where it is none of these, or a model file that only its own library can read.
    public init(_ text: String) throws {
        try Self.refuseForeignFiles(text)
        if text.hasPrefix("predictions:") {
            self = try Self.predictions(String(text.dropFirst("predictions:".count)), of: text)
        } else if text.hasPrefix("command:") {
            self = .command(try Self.rest(of: text, after: "command:", example: "command:\"python3 teacher.py\""))
        } else if text.hasPrefix("http://") || text.hasPrefix("https://") {
            self = .url(text)
        } else if text.hasSuffix(".onnx") {
            self = .onnx(path: text)
        } else if Self.treeEndings.contains(where: text.hasSuffix) {
            self = .trees(path: text)
        } else if Self.isPath(text) {
            self = .artifact(path: text)
        } else {
            let specification = try Specification(text)
            _ = try Family.named(specification.name)
            self = .specification(specification)
        }
    }

    /// The model in the `.attar` file that a text names.
    ///
    /// - Throws: `AttarError`: `invalidSetting` where the text names no file of a model, else as `Artifact.read`.
    public static func artifact(_ text: String) throws -> Artifact {
        if text.hasPrefix("predictions:") {
            throw AttarError(
                .invalidSetting, "'\(text)' is a file of answers, not a model that can be asked",
                remedy: "Give the path of an .attar file")
        }
        try refuseForeignFiles(text)
        if text.hasPrefix("command:") || text.hasPrefix("http://") || text.hasPrefix("https://")
            || text.hasSuffix(".onnx") || treeEndings.contains(where: text.hasSuffix)
        {
            throw AttarError(
                .invalidSetting, "'\(text)' is a teacher, but a model of Attar's own is needed here",
                remedy: "Give the path of an .attar file; 'attar label' asks a teacher for answers")
        }
        if !isPath(text), let specification = try? Specification(text),
            Family.all.contains(where: { $0.name == specification.name })
        {
            throw AttarError(
                .invalidSetting, "'\(text)' is a model to train, but a trained one is needed here",
                remedy: "Give the path of an .attar file; 'attar train --model \(text)' writes one")
        }
        return try Artifact.read(text)
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
        let teacher = try opened(for: rows, settings: settings)
        guard isForeign else { return teacher }
        return try StoredTeacher(
            teacher, named: name, columns: rows.columns.map(\.name), form: settings.form,
            in: (settings.store ?? defaultStore).map(AnswerStore.init), progress: progress)
    }

    /// Whether the teacher lives outside of Attar.
    var isForeign: Bool {
        switch self {
        case .artifact, .predictions, .specification: false
        case .onnx, .trees, .command, .url: true
        }
    }

    /// Where answers are kept if nobody says where.
    private var defaultStore: String? { if case .url = self { "attar-answers" } else { nil } }

    /// What messages and stores call the teacher. An address is shown without anything that could be a secret.
    var name: String {
        switch self {
        case .artifact(let path), .onnx(let path), .trees(let path), .predictions(let path, _): path
        case .command(let line): line
        case .url(let address): String(address.prefix { $0 != "?" && $0 != "#" })
        case .specification(let specification): specification.description
        }
    }

    /// The teacher itself, asked anew each time.
    func opened(for rows: Dataset, settings: TeacherSettings) throws -> any Teacher {
        switch self {
        case .artifact(let path):
            return ModelTeacher(try Artifact.read(path).model)
        case .onnx(let path):
            return try ONNXTeacher(path: path, settings: settings, for: rows)
        case .trees(let path):
            return try TreeFileTeacher(path: path, settings: settings, for: rows)
        case .command(let line):
            return try ProcessTeacher(command: line, settings: settings, for: rows)
        case .url(let address):
            return try HTTPTeacher.opened(address, settings: settings, for: rows)
        case .predictions(let path, let kind):
            return try PredictionsFile(PredictionsFile.contents(path, for: rows), path: path, kind: kind, for: rows)
        case .specification(let specification):
            throw AttarError(
                .invalidSetting, "'\(specification)' is a model to train, but a trained teacher is needed here",
                remedy: "Train it with 'attar train', and give the path of its .attar file")
        }
    }

    /// Whether it is a model in a file that Attar did not write.
    package var isForeignModel: Bool {
        switch self {
        case .onnx, .trees: true
        case .artifact, .command, .url, .predictions, .specification: false
        }
    }

    private static func predictions(_ file: String, of text: String) throws -> TeacherSource {
        let path: String
        let kind: Answers.Kind?
        if file.hasSuffix("[logits]") {
            (path, kind) = (String(file.dropLast("[logits]".count)), .logits)
        } else {
            (path, kind) = (file, nil)
        }
        guard !path.isEmpty else {
            throw AttarError(
                .invalidSetting, "'\(text)' names no file", remedy: "Write it as predictions:answers.csv")
        }
        return .predictions(path: path, kind: kind)
    }

    /// Whether a text is meant as a path: options stand behind a bracket and may hold anything.
    private static func isPath(_ text: String) -> Bool {
        text.hasSuffix(".attar") || text.prefix { $0 != "[" }.contains { $0 == "/" || $0 == "." }
    }

    /// What stands behind a prefix, without blanks around it.
    private static func rest(of text: String, after prefix: String, example: String) throws -> String {
        let rest = text.dropFirst(prefix.count).trimmingBlanks()
        guard !rest.isEmpty else {
            throw AttarError(.invalidSetting, "'\(text)' names nothing to ask", remedy: "Write it as \(example)")
        }
        return rest
    }

    /// How the model files of XGBoost and LightGBM end.
    private static let treeEndings = [".ubj", ".json", ".bst", ".txt", ".lgb"]

    private static func refuseForeignFiles(_ text: String) throws {
        let endings = [".pkl", ".pickle", ".joblib", ".pt", ".pth", ".h5", ".keras", ".deprecated"]
        // A command may end in the name of such a file, which its program reads.
        guard endings.contains(where: text.hasSuffix), !text.hasPrefix("command:") else { return }
        throw AttarError(
            .invalidSetting, "'\(text)' is a model file that only the library that wrote it can read",
            remedy: "Convert it to ONNX, or ask it through a program with --teacher 'command:python3 teacher.py'")
    }
}
