internal import ArgumentParser
internal import Attar

/// How a teacher outside of Attar is asked; the same wherever one is. Each flag overrides the recipe's key of the same name under `asking`.
struct TeacherOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The teacher's output to read, where it has several.", valueName: "name"))
    var teacherOutput: String?

    @Option(help: ArgumentHelp("What the output's numbers are: logits, probabilities or values.", valueName: "kind"))
    var outputKind: String?

    @Option(
        help: ArgumentHelp("The classes in the order of the teacher's outputs, such as no,yes.", valueName: "names"))
    var classes: String?

    @Option(help: ArgumentHelp("How a hidden state a token becomes one a row: mean or cls.", valueName: "way"))
    var pooling: String?

    @Option(
        help: ArgumentHelp("The tokenizer.json that turns a text column into the teacher's tokens.", valueName: "file"))
    var tokenizer: String?

    @Option(help: ArgumentHelp("The most tokens of a text that the teacher reads.", valueName: "count"))
    var maxTokens: Int?

    @Option(help: ArgumentHelp("Rows in one question.", valueName: "count"))
    var batch: Int?

    @Option(help: ArgumentHelp("Processes, or requests at the same time.", valueName: "count"))
    var workers: Int?

    @Option(help: ArgumentHelp("The longest that one question may take, such as 60s.", valueName: "time"))
    var timeout: String?

    @Option(help: ArgumentHelp("The most requests a second.", valueName: "number"))
    var requestsPerSecond: Double?

    @Option(help: ArgumentHelp("Stop after this many requests, with all answers kept.", valueName: "count"))
    var maxRequests: Int?

    @Option(help: ArgumentHelp("Stop at this cost, with all answers kept.", valueName: "amount"))
    var maxCost: Double?

    @Option(help: ArgumentHelp("The price of a request.", valueName: "amount"))
    var costPerRequest: Double?

    @Option(
        help: ArgumentHelp("The prices of a million tokens read and written, such as 0.15,0.60.", valueName: "amounts"))
    var costPerMillionTokens: String?

    @Option(help: ArgumentHelp("The name of the model that a server is to use.", valueName: "name"))
    var teacherModel: String?

    @Option(help: ArgumentHelp("The environment variable that holds a server's key.", valueName: "name"))
    var keyVariable: String?

    @Option(
        help: ArgumentHelp(
            "What a language model is asked about a row, with {column} for its values.", valueName: "text"))
    var question: String?

    @Option(
        help: ArgumentHelp(
            "The folder in which the teacher's answers are kept, so that no row is asked twice.", valueName: "folder"))
    var store: String?

    @Option(help: ArgumentHelp("Keep only this many of the likeliest classes of an answer.", valueName: "count"))
    var topK: Int?

    @Option(help: ArgumentHelp("The precision of kept answers: float32 or float16.", valueName: "type"))
    var precision: String?

    @Option(
        name: .customLong("calibrate"),
        help: ArgumentHelp(
            "Whether a teacher's probabilities are calibrated before they teach: auto, always or never.",
            valueName: "when"))
    var calibrate: String?

    /// Takes over what was given.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func override(_ settings: inout TeacherSettings) throws {
        if let teacherOutput { settings.output = teacherOutput }
        if let outputKind { settings.outputKind = Answers.Kind(rawValue: outputKind) }
        if let classes { settings.classes = Self.parts(of: classes) }
        if let pooling { settings.pooling = pooling }
        if let tokenizer { settings.tokenizer = tokenizer }
        if let maxTokens { settings.maxTokens = maxTokens }
        if let batch { settings.batch = batch }
        if let workers { settings.workers = workers }
        if let timeout { settings.timeout = try Quantity(timeout) }
        if let requestsPerSecond { settings.requestsPerSecond = requestsPerSecond }
        if let maxRequests { settings.maxRequests = maxRequests }
        if let maxCost { settings.maxCost = maxCost }
        if let costPerRequest { settings.costPerRequest = costPerRequest }
        if let costPerMillionTokens {
            settings.costPerMillionTokens = try Self.parts(of: costPerMillionTokens).map { part in
                guard let price = Double(part) else {
                    throw AttarError(
                        .invalidSetting, "'\(part)' in --cost-per-million-tokens is not a number",
                        remedy: "Write two prices, such as 0.15,0.60")
                }
                return price
            }
        }
        if let teacherModel { settings.model = teacherModel }
        if let keyVariable { settings.keyVariable = keyVariable }
        if let question { settings.question = question }
        if let store { settings.store = store }
        if let topK { settings.topK = topK }
        if let precision { settings.precision = precision }
        if let calibrate { settings.calibrate = calibrate }
        try settings.validate()
    }

    private static func parts(of text: String) -> [String] {
        text.split(separator: ",").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
