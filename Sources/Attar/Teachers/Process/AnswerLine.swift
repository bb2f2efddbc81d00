/// One line that a program writes: an answer to a row, or what it says of itself.
struct AnswerLine: Sendable {
    /// The row's number; nil in a line that is no answer.
    var id: Int?
    /// What the numbers are, as their name says; nil where there are none.
    var kind: Answers.Kind?
    /// Whether they are a point, of which no number has a meaning of its own.
    var isEmbedding = false
    /// The numbers.
    var numbers: [Float] = []
    /// The class or output of each number, where they are given by name.
    var names: [String]?
    /// The class, where the answer is a class alone.
    var label: String?
    /// Why the row cannot be answered.
    var refusal: String?
    /// What the program says of itself.
    var hello: ProgramHello?

    /// What lines are read with: Python writes NaN and infinities.
    static func document() -> JSONDocument { JSONDocument(allowing: .nonFiniteNumbers) }

    /// Reads a line in the place of the one before.
    ///
    /// - Parameter document: `AnswerLine.document()`, which one reading of many lines shares.
    /// - Throws: `JSONFault` where it is neither an answer nor a hello.
    mutating func read(_ bytes: [UInt8], _ range: Range<Int>, with document: JSONDocument) throws {
        (id, kind, names, label, refusal, hello) = (nil, nil, nil, nil, nil, nil)
        isEmbedding = false
        numbers.removeAll(keepingCapacity: true)
        try document.read(bytes, range) { try take($0) }
        guard hello != nil || id != nil else { throw JSONFault(text: "it has no \"id\"") }
        guard hello != nil || kind != nil || label != nil || refusal != nil else {
            throw JSONFault(text: "it has neither probabilities nor logits, values or a label")
        }
    }

    private mutating func take(_ line: JSONDocument.Value) throws {
        guard line.kind == .object else { throw JSONFault(text: "it is no object") }
        var said = ProgramHello()
        var isHello = false
        try line.forEachMember { name, value in
            if name.reads("id") {
                id = try value.requiredCount()
            } else if let kind = Self.kind(name) {
                guard self.kind == nil else { throw JSONFault(text: "it answers twice") }
                (self.kind, isEmbedding) = (kind, name.reads("embedding"))
                try takeNumbers(value)
            } else if name.reads("label") {
                label = try Self.label(value)
            } else if name.reads("error") {
                refusal = try value.requiredString()
            } else if name.reads("attar") {
                isHello = true
                said.version = try value.requiredCount()
            } else {
                try said.take(name, value)
            }
        }
        if isHello { hello = said }
    }

    /// What numbers of that name are; nil for other names.
    private static func kind(_ name: JSONDocument.Value) -> Answers.Kind? {
        name.reads("probabilities")
            ? .probabilities
            : name.reads("logits") ? .logits : name.reads("values") || name.reads("embedding") ? .values : nil
    }

    /// Numbers in order, by name, or a single one.
    private mutating func takeNumbers(_ value: JSONDocument.Value) throws {
        guard value.kind == .object else { return try value.appendNumbers(to: &numbers) }
        var names: [String] = []
        try value.forEachMember { name, value in
            names.append(try name.requiredString())
            numbers.append(try value.requiredNumber())
        }
        self.names = names
    }

    /// A class by its name; a number or a truth value is the class that is written so.
    fileprivate static func label(_ value: JSONDocument.Value) throws -> String {
        switch value.kind {
        case .string: return try value.requiredString()
        case .bool: return value.bool == true ? "true" : "false"
        default:
            let number = try value.requiredNumber()
            guard number.isFinite else { throw JSONFault(text: "its label is no class") }
            return Column.label(of: number)
        }
    }
}

/// What a program may say of itself before it answers.
struct ProgramHello: Hashable, Sendable {
    /// The protocol's version.
    var version = 1
    /// Its classes or outputs, in the order of its numbers.
    var classes: [String]?
    /// What its numbers are, where their name does not say it.
    var kind: Answers.Kind?
    /// What it calls itself, such as a model with its version.
    var name: String?
    /// What changes when its answers do.
    var fingerprint: String?

    /// Takes over what a line says under a name; other names are left to later versions.
    fileprivate mutating func take(_ name: JSONDocument.Value, _ value: JSONDocument.Value) throws {
        if name.reads("kind") { kind = Answers.Kind(rawValue: try value.requiredString()) }
        if name.reads("classes") { classes = try value.requiredElements().map(AnswerLine.label) }
        if name.reads("name") { self.name = try value.requiredString() }
        if name.reads("fingerprint") { fingerprint = try value.requiredString() }
    }
}
