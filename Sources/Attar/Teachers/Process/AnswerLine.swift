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

    /// Reads a line in the place of the one before.
    ///
    /// - Throws: `JSONCursor.Problem` where it is neither an answer nor a hello.
    mutating func read(_ bytes: [UInt8], _ range: Range<Int>) throws {
        (id, kind, names, label, refusal, hello) = (nil, nil, nil, nil, nil, nil)
        isEmbedding = false
        numbers.removeAll(keepingCapacity: true)
        var said = ProgramHello()
        var isHello = false
        var cursor = JSONCursor(bytes, range)
        try cursor.object { cursor, key in
            switch key {
            case "id": id = try cursor.whole()
            case "probabilities", "logits", "values", "embedding":
                guard kind == nil else { throw JSONCursor.Problem(text: "it answers twice") }
                (kind, isEmbedding) = (Self.kinds[key], key == "embedding")
                try readNumbers(&cursor)
            case "label": label = try Self.label(&cursor)
            case "error": refusal = try cursor.string()
            case "attar":
                isHello = true
                said.version = try cursor.whole()
            case "kind": said.kind = Answers.Kind(rawValue: try cursor.string())
            case "classes": said.classes = try Self.classes(&cursor)
            case "name": said.name = try cursor.string()
            case "fingerprint": said.fingerprint = try cursor.string()
            default: try cursor.skip()
            }
        }
        try cursor.finish()
        if isHello { hello = said }
        guard isHello || id != nil else { throw JSONCursor.Problem(text: "it has no \"id\"") }
        guard isHello || kind != nil || label != nil || refusal != nil else {
            throw JSONCursor.Problem(text: "it has neither probabilities nor logits, values or a label")
        }
    }

    /// Numbers in order, by name, or a single one.
    private mutating func readNumbers(_ cursor: inout JSONCursor) throws {
        switch cursor.next() {
        case UInt8(ascii: "["): try cursor.numbers(into: &numbers)
        case UInt8(ascii: "{"):
            var names: [String] = []
            try cursor.object { cursor, name in
                names.append(name)
                numbers.append(try cursor.number())
            }
            self.names = names
        default: numbers.append(try cursor.number())
        }
    }

    /// A class by its name; a number or a truth value is the class that is written so.
    private static func label(_ cursor: inout JSONCursor) throws -> String {
        switch cursor.next() {
        case UInt8(ascii: "\""): return try cursor.string()
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            let isTrue = cursor.next() == UInt8(ascii: "t")
            try cursor.skip()
            return isTrue ? "true" : "false"
        default:
            let number = try cursor.number()
            guard number.isFinite else { throw JSONCursor.Problem(text: "its label is no class") }
            return Column.label(of: number)
        }
    }

    private static func classes(_ cursor: inout JSONCursor) throws -> [String] {
        var classes: [String] = []
        try cursor.array { classes.append(try label(&$0)) }
        return classes
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
