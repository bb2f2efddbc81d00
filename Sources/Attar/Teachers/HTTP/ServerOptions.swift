extension TeacherOption {
    /// What a server can be told beside what every teacher can.
    static let server: [TeacherOption] = [
        .requestsPerSecond, .maxRequests, .maxCost, .costPerRequest, .costPerMillionTokens, .model, .keyVariable,
        .question, .answerTokens,
    ]

    /// See `TeacherSettings.requestsPerSecond`.
    public static let requestsPerSecond = TeacherOption(
        "requestsPerSecond", .positive, valueName: "number", help: "The most requests a second.")
    /// See `TeacherSettings.maxRequests`.
    public static let maxRequests = TeacherOption(
        "maxRequests", .count(1...Int.max), valueName: "count",
        help: "Stop after this many requests, with all answers kept.")
    /// See `TeacherSettings.maxCost`.
    public static let maxCost = TeacherOption(
        "maxCost", .positive, valueName: "amount", help: "Stop at this cost, with all answers kept.")
    /// See `TeacherSettings.costPerRequest`.
    public static let costPerRequest = TeacherOption(
        "costPerRequest", .price, valueName: "amount", help: "The price of a request.")
    /// See `TeacherSettings.costPerMillionTokens`.
    public static let costPerMillionTokens = TeacherOption(
        "costPerMillionTokens", .prices(2), valueName: "amounts",
        help: "The prices of a million tokens read and written, such as 0.15,0.60.")
    /// See `TeacherSettings.model`.
    public static let model = TeacherOption(
        "model", .text, flag: "teacher-model", valueName: "name",
        help: "The name of the model that a server is to use.")
    /// See `TeacherSettings.question`.
    public static let question = TeacherOption(
        "question", .text, valueName: "text",
        help: "What a language model is asked about a row, with {column} for its values.")
    /// See `TeacherSettings.answerTokens`.
    public static let answerTokens = TeacherOption(
        "answerTokens", .count(1...1_000_000), valueName: "count",
        help: "The most tokens of a language model's answer; more than its classes take where it reasons first.")
}

extension TeacherSettings {
    /// The most requests a second, above 0.
    public var requestsPerSecond: Double? {
        get { self[number: .requestsPerSecond] }
        set { self[number: .requestsPerSecond] = newValue }
    }
    /// The most requests of a run; then it stops, with all answers kept.
    public var maxRequests: Int? {
        get { self[count: .maxRequests] }
        set { self[count: .maxRequests] = newValue }
    }
    /// The most that a run may cost, in the unit of the prices; then it stops, with all answers kept.
    public var maxCost: Double? {
        get { self[number: .maxCost] }
        set { self[number: .maxCost] = newValue }
    }
    /// The price of a request.
    public var costPerRequest: Double? {
        get { self[number: .costPerRequest] }
        set { self[number: .costPerRequest] = newValue }
    }
    /// The prices of a million tokens that a server reads and writes.
    public var costPerMillionTokens: [Double]? {
        get { self[numbers: .costPerMillionTokens] }
        set { self[numbers: .costPerMillionTokens] = newValue }
    }
    /// The name of the model that a server is to use.
    public var model: String? {
        get { self[text: .model] }
        set { self[text: .model] = newValue }
    }
    /// What a language model is asked about each row, with `{column}` for the row's values.
    public var question: String? {
        get { self[text: .question] }
        set { self[text: .question] = newValue }
    }
    /// The most tokens of a language model's answer; nil for as many as its classes take.
    public var answerTokens: Int? {
        get { self[count: .answerTokens] }
        set { self[count: .answerTokens] = newValue }
    }
}
