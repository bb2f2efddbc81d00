/// How a teacher outside of Attar is asked. All are optional: what is nil is told from the teacher or left at its default.
///
/// In a recipe these stand under the key `asking`.
public struct TeacherSettings: Hashable, Sendable {
    /// The output to read, where the teacher has several.
    public var output: String?
    /// What the output's numbers are: logits, probabilities or values.
    public var outputKind: Answers.Kind?
    /// The names of the classes, in the order of the output's columns.
    public var classes: [String]?
    /// How a hidden state a token becomes one a row: `mean` or `cls`.
    public var pooling: String?
    /// A Hugging Face `tokenizer.json` that turns a text column into the teacher's token ids.
    public var tokenizer: String?
    /// The most tokens of a text that the teacher is given, from 1.
    public var maxTokens: Int?
    /// Rows in one question, from 1.
    public var batch: Int?
    /// Questions that are asked at the same time, from 1: processes, or requests.
    public var workers: Int?
    /// The longest that one question may take.
    public var timeout: Quantity<TimeUnit>?
    /// The most requests a second, above 0.
    public var requestsPerSecond: Double?
    /// The most requests of a run; then it stops, with all answers kept.
    public var maxRequests: Int?
    /// The most that a run may cost, in the unit of the prices; then it stops, with all answers kept.
    public var maxCost: Double?
    /// The price of a request.
    public var costPerRequest: Double?
    /// The prices of a million tokens that a server reads and writes.
    public var costPerMillionTokens: [Double]?
    /// The name of the model that a server is to use.
    public var model: String?
    /// The environment variable that holds the key to a server.
    public var keyVariable: String?
    /// What a language model is asked about each row, with `{column}` for the row's values.
    public var question: String?

    /// The folder in which its answers are kept, so that no row is asked twice; nil keeps those of a server in `attar-answers`, and no others.
    public var store: String?
    /// How many of the likeliest classes are kept, from 1; nil for all.
    public var topK: Int?
    /// With how many bits answers are kept: `float32` or `float16`.
    public var precision: String?
    /// Whether the teacher's probabilities are calibrated before they teach: `auto` where they are too sure, `always`, or `never`.
    public var calibrate: String?

    /// Everything as the teacher has it.
    public init() {}
}

extension TeacherSettings: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case output, outputKind, classes, pooling, tokenizer, maxTokens, batch, workers, timeout, requestsPerSecond,
            maxRequests
        case maxCost, costPerRequest, costPerMillionTokens, model, keyVariable, question
        case store, topK, precision, calibrate
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: CodingKeys.allCases.map(\.stringValue), in: "asking")
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func value<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
            try values.decodeIfPresent(Value.self, forKey: key)
        }
        output = try value(.output)
        outputKind = try value(.outputKind)
        classes = try value(.classes)
        pooling = try value(.pooling)
        tokenizer = try value(.tokenizer)
        maxTokens = try value(.maxTokens)
        batch = try value(.batch)
        workers = try value(.workers)
        timeout = try value(.timeout)
        requestsPerSecond = try value(.requestsPerSecond)
        maxRequests = try value(.maxRequests)
        maxCost = try value(.maxCost)
        costPerRequest = try value(.costPerRequest)
        costPerMillionTokens = try value(.costPerMillionTokens)
        model = try value(.model)
        keyVariable = try value(.keyVariable)
        question = try value(.question)
        store = try value(.store)
        topK = try value(.topK)
        precision = try value(.precision)
        calibrate = try value(.calibrate)
    }
}

extension TeacherSettings {
    /// Refuses settings out of range, before anything is asked.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the setting, its value and its range.
    public func validate() throws {
        func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ range: String) throws {
            guard holds else { throw AttarError(.invalidSetting, "\(name) is \(value), but must be \(range)") }
        }
        let kinds: [Answers.Kind] = [.logits, .probabilities, .values]
        if let kind = outputKind {
            try require(
                kinds.contains(kind), "outputKind", kind.rawValue,
                "one of \(kinds.map(\.rawValue).joined(separator: ", "))")
        }
        if let pooling { try require(["mean", "cls"].contains(pooling), "pooling", pooling, "mean or cls") }
        if let maxTokens { try require((1...1 << 20).contains(maxTokens), "maxTokens", maxTokens, "from 1 to 1048576") }
        if let batch { try require((1...1 << 20).contains(batch), "batch", batch, "from 1 to 1048576") }
        if let workers { try require((1...1024).contains(workers), "workers", workers, "from 1 to 1024") }
        if let topK { try require(topK > 0, "topK", topK, "from 1") }
        if let precision {
            try require(["float32", "float16"].contains(precision), "precision", precision, "float32 or float16")
        }
        if let calibrate {
            try require(
                ["auto", "always", "never"].contains(calibrate), "calibrate", calibrate, "auto, always or never")
        }
        if let maxRequests { try require(maxRequests > 0, "maxRequests", maxRequests, "above 0") }
        for (name, number) in [("requestsPerSecond", requestsPerSecond), ("maxCost", maxCost)] {
            if let number { try require(number > 0 && number.isFinite, name, number, "above 0") }
        }
        for price in (costPerMillionTokens ?? []) + (costPerRequest.map { [$0] } ?? []) {
            try require(price >= 0 && price.isFinite, "a price", price, "0 or more")
        }
        if let classes {
            try require(
                classes.count > 1 && Set(classes).count == classes.count, "classes", classes.joined(separator: ","),
                "two or more different names")
        }
        if let prices = costPerMillionTokens {
            try require(
                prices.count == 2, "costPerMillionTokens", prices.count, "two prices, of tokens read and written")
        }
    }
}

extension TeacherSettings {
    /// In what form answers are kept.
    var form: StoredForm { StoredForm(topK: topK, halves: precision == "float16") }
}
