/// What `--teacher T`, `--student S` or `--model M` names: a file to load, or a model to train.
public enum TeacherSource: Hashable, Sendable {
    /// A model in an `.attar` file.
    case artifact(path: String)
    /// Answers in a file, row by row.
    case predictions(path: String, kind: Outputs.Kind?)
    /// A model to train.
    case specification(Specification)

    /// Tells from the text alone what is meant; files are not opened.
    ///
    /// `predictions:FILE` is a file of predictions, `predictions:FILE[logits]` one of logits; a name of a family, with or
    /// without options, is a model to train; anything else with a dot or a slash in it is a path.
    /// - Throws: `AttarError` (`invalidSetting`) where it is none of these, or a kind of teacher that a later version brings.
    public init(_ text: String) throws {
        try Self.refuseLaterKinds(text)
        if text.hasPrefix("predictions:") {
            self = try Self.predictions(String(text.dropFirst("predictions:".count)), of: text)
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
        try refuseLaterKinds(text)
        if !isPath(text), let specification = try? Specification(text),
            Family.all.contains(where: { $0.name == specification.name })
        {
            throw AttarError(
                .invalidSetting, "'\(text)' is a model to train, but a trained one is needed here",
                remedy: "Give the path of an .attar file; 'attar train --model \(text)' writes one")
        }
        return try Artifact.read(text)
    }

    /// The teacher in the file, for the rows that it is to answer.
    ///
    /// - Parameter rows: all rows of the data set, with their target.
    /// - Throws: `AttarError`: `invalidSetting` for a model that is not trained yet; else as reading the file does.
    public func teacher(for rows: Dataset) throws -> any Teacher {
        switch self {
        case .artifact(let path):
            return try Artifact.read(path).model
        case .predictions(let path, let kind):
            return try PredictionsFile(PredictionsFile.contents(path, for: rows), path: path, kind: kind, for: rows)
        case .specification(let specification):
            throw AttarError(
                .invalidSetting, "'\(specification)' is a model to train, but a trained teacher is needed here",
                remedy: "Train it with 'attar train', and give the path of its .attar file")
        }
    }

    private static func predictions(_ file: String, of text: String) throws -> TeacherSource {
        let path: String
        let kind: Outputs.Kind?
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

    private static func refuseLaterKinds(_ text: String) throws {
        let kinds: [(applies: Bool, name: String)] = [
            (text.hasSuffix(".onnx"), "an ONNX model"),
            (text.hasPrefix("command:"), "a command as teacher"),
            (text.hasPrefix("http://") || text.hasPrefix("https://"), "a teacher behind a URL"),
            (
                [".ubj", ".json", ".bst", ".deprecated"].contains { text.hasSuffix($0) },
                "a model file of XGBoost"
            ),
            (text.hasSuffix(".txt") || text.hasSuffix(".lgb"), "a model file of LightGBM"),
            (
                [".pkl", ".pickle", ".joblib", ".pt", ".pth", ".h5", ".keras"].contains { text.hasSuffix($0) },
                "a model file of a Python library"
            ),
        ]
        guard let kind = kinds.first(where: \.applies) else { return }
        throw AttarError(
            .invalidSetting,
            "'\(text)' is \(kind.name), which this version (\(AttarVersion.current)) cannot ask",
            remedy: "Write its answers for your rows to a CSV or .npy file, and give predictions:FILE")
    }
}
