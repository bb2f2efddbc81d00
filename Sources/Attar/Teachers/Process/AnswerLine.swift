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

    /// How the kinds are called in a line.
    private static let kinds: [String: Answers.Kind] = [
        "probabilities": .probabilities, "logits": .logits, "values": .values,
        "embedding": .values,
    ]

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
            let name = try name.requiredString()
            switch name {
            case "id": id = try value.requiredCount()
            case "probabilities", "logits", "values", "embedding":
                guard kind == nil else { throw JSONFault(text: "it answers twice") }
                (kind, isEmbedding) = (Self.kinds[name], name == "embedding")
                try takeNumbers(value)
            case "label": label = try Self.label(value)
            case "error": refusal = try value.requiredString()
            case "attar":
                isHello = true
                said.version = try value.requiredCount()
            case "kind": said.kind = Answers.Kind(rawValue: try value.requiredString())
            case "classes": said.classes = try value.requiredElements().map(Self.label)
            case "name": said.name = try value.requiredString()
            case "fingerprint": said.fingerprint = try value.requiredString()
            default: break
            }
        }
        if isHello { hello = said }
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
    private static func label(_ value: JSONDocument.Value) throws -> String {
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
}
