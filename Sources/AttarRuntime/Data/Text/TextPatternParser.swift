/// Reads a regular expression.
struct TextPatternParser {
    private let expression: String
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var ignoresCase = false
    private var depth = 0

    init(_ expression: String) {
        self.expression = expression
        scalars = Array(expression.unicodeScalars)
    }

    /// The whole expression as a tree.
    mutating func parsed() throws -> TextPatternNode {
        let node = try choice()
        if position < scalars.count { throw unknown("'\(scalars[position])'") }
        return node
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private func unknown(_ what: String) -> AttarError {
        AttarError(
            .malformedData, "the pattern '\(expression)' of the tokenizer has \(what), which Attar does not read",
            remedy: "Take another tokenizer, or write the pattern without it")
    }

    private mutating func take(_ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard position + wanted.count <= scalars.count, Array(scalars[position..<position + wanted.count]) == wanted
        else { return false }
        position += wanted.count
        return true
    }

    private mutating func choice() throws -> TextPatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth < 64 else { throw unknown("too many groups inside one another") }
        var parts = [try sequence()]
        while take("|") { parts.append(try sequence()) }
        return parts.count == 1 ? parts[0] : .choice(parts)
    }

    private mutating func sequence() throws -> TextPatternNode {
        var parts: [TextPatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            parts.append(try quantified(try atom()))
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func quantified(_ atom: TextPatternNode) throws -> TextPatternNode {
        var (least, most) = (1, 1)
        if take("?") {
            (least, most) = (0, 1)
        } else if take("*") {
            (least, most) = (0, .max)
        } else if take("+") {
            most = .max
        } else if next == "{", let bounds = try bounds() {
            (least, most) = bounds
        } else {
            return atom
        }
        let kind: TextPatternNode.Kind = take("?") ? .lazy : take("+") ? .possessive : .greedy
        if case .set = atom {
        } else {
            if atom.canBeEmpty, most == .max { throw unknown("a repetition of what can be empty") }
            if kind == .possessive { throw unknown("a possessive group") }
        }
        return .repeated(atom, least: least, most: most, kind: kind)
    }

    private mutating func bounds() throws -> (Int, Int)? {
        guard let close = scalars[position...].firstIndex(of: "}") else { return nil }
        let text = String(String.UnicodeScalarView(scalars[position + 1..<close]))
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let least = parts[0].isEmpty ? 0 : Int(parts[0]) else { return nil }
        let most = parts.count == 1 ? least : parts[1].isEmpty ? .max : Int(parts[1]) ?? -1
        guard least >= 0, least <= 256, most == .max || most >= max(least, 1) && most <= 256 else {
            throw unknown("the bounds {\(text)}")
        }
        position = close + 1
        return (least, most)
    }

    private mutating func atom() throws -> TextPatternNode {
        if take("(") {
            let outer = ignoresCase
            defer { ignoresCase = outer }
            var look: Bool?
            if take("?=") {
                look = false
            } else if take("?!") {
                look = true
            } else if take("?i:") {
                ignoresCase = true
            } else if !take("?:"), next == "?" {
                throw unknown("the group '(?\(position + 1 < scalars.count ? String(scalars[position + 1]) : "")'")
            }
            let inside = try choice()
            guard take(")") else { throw unknown("a group without its end") }
            return look.map { .look(inside, isNegative: $0) } ?? inside
        }
        if take("[") { return .set(try bracket()) }
        if take(".") { return .set(.not(.range(0x0A, 0x0A))) }
        if take("^") { return .atStart }
        if take("$") { return .atEnd }
        if next == "\\" {
            if take("\\A") { return .atStart }
            if take("\\z") || take("\\Z") { return .atEnd }
            return .set(try escape())
        }
        guard let scalar = next, scalar != "*", scalar != "+", scalar != "?" else { throw unknown("a misplaced sign") }
        position += 1
        return .set(literal(scalar))
    }

    /// A scalar, with the others of its letter where case does not matter.
    private func literal(_ scalar: Unicode.Scalar) -> ScalarSet.Definition {
        guard ignoresCase else { return .range(scalar.value, scalar.value) }
        var forms = [scalar.value]
        for text in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
            let others = Array(text.unicodeScalars)
            if others.count == 1 { forms.append(others[0].value) }
        }
        // The two letters outside of ASCII that fold to one inside it.
        if scalar == "s" || scalar == "S" { forms.append(0x17F) }
        if scalar == "k" || scalar == "K" { forms.append(0x212A) }
        return .any(of: forms.map { .range($0, $0) })
    }

    private mutating func bracket() throws -> ScalarSet.Definition {
        depth += 1
        defer { depth -= 1 }
        guard depth < 64 else { throw unknown("too many classes inside one another") }
        let isNegative = take("^")
        var intersected: [ScalarSet.Definition] = []
        var parts: [ScalarSet.Definition] = []
        var isFirst = true
        while true {
            guard let scalar = next else { throw unknown("a class without its end") }
            if scalar == "]", !isFirst { break }
            isFirst = false
            if take("&&") {
                intersected.append(.any(of: parts))
                parts = []
            } else if take("[:") {
                throw unknown("a POSIX class")
            } else if take("[") {
                parts.append(try bracket())
            } else {
                parts.append(try classItem())
            }
        }
        position += 1
        var set = ScalarSet.Definition.any(of: parts)
        if !intersected.isEmpty { set = .all(of: intersected + [set]) }
        return isNegative ? .not(set) : set
    }

    private mutating func classItem() throws -> ScalarSet.Definition {
        func single(_ set: ScalarSet.Definition) -> UInt32? {
            if case .range(let low, let high) = set, low == high { low } else { nil }
        }
        func one(_ parser: inout TextPatternParser) throws -> ScalarSet.Definition {
            if parser.next == "\\" { return try parser.escape() }
            guard let scalar = parser.next else { throw parser.unknown("a class without its end") }
            parser.position += 1
            return .range(scalar.value, scalar.value)
        }
        let low = try one(&self)
        if next == "-", position + 1 < scalars.count, scalars[position + 1] != "]", let from = single(low) {
            position += 1
            guard let to = single(try one(&self)), to >= from else { throw unknown("a range that is none") }
            return .range(from, to)
        }
        if ignoresCase, let value = single(low), let scalar = Unicode.Scalar(value) { return literal(scalar) }
        return low
    }

    /// What stands behind a backslash.
    private mutating func escape() throws -> ScalarSet.Definition {
        position += 1
        guard let scalar = next else { throw unknown("a backslash at its end") }
        position += 1
        let digits = ScalarSet.Definition.categories(ScalarCategory.mask(of: [.decimalNumber]))
        switch scalar {
        case "s": return .space
        case "S": return .not(.space)
        case "d": return digits
        case "D": return .not(digits)
        case "w": return .word
        case "W": return .not(.word)
        case "n": return .range(0x0A, 0x0A)
        case "r": return .range(0x0D, 0x0D)
        case "t": return .range(0x09, 0x09)
        case "f": return .range(0x0C, 0x0C)
        case "v": return .range(0x0B, 0x0B)
        case "p", "P": return try property(isNegative: scalar == "P")
        case "u": return try hexadecimal(4)
        case "x":
            if take("{") {
                guard let close = scalars[position...].firstIndex(of: "}") else {
                    throw unknown("'\\x{' without its end")
                }
                let set = try hexadecimal(close - position)
                position += 1
                return set
            }
            return try hexadecimal(2)
        default:
            if scalar.properties.isAlphabetic || scalar.value >= 0x30 && scalar.value <= 0x39 {
                throw unknown("'\\\(scalar)'")
            }
            return .range(scalar.value, scalar.value)
        }
    }

    private mutating func hexadecimal(_ digits: Int) throws -> ScalarSet.Definition {
        guard digits > 0, digits <= 8, position + digits <= scalars.count,
            let value = UInt32(
                String(String.UnicodeScalarView(scalars[position..<position + digits])), radix: 16)
        else { throw unknown("a number of a character that is none") }
        position += digits
        return .range(value, value)
    }

    private mutating func property(isNegative: Bool) throws -> ScalarSet.Definition {
        var name: String
        if take("{") {
            guard let close = scalars[position...].firstIndex(of: "}") else { throw unknown("'\\p{' without its end") }
            name = String(String.UnicodeScalarView(scalars[position..<close]))
            position = close + 1
        } else {
            guard let letter = next else { throw unknown("'\\p' at its end") }
            name = String(letter)
            position += 1
        }
        var isNegative = isNegative
        if name.hasPrefix("^") {
            isNegative.toggle()
            name.removeFirst()
        }
        guard let set = Self.properties[name] else { throw unknown("'\\p{\(name)}'") }
        return isNegative ? .not(set) : set
    }

    private static let properties: [String: ScalarSet.Definition] = {
        var sets: [String: ScalarSet.Definition] = [
            "L": .categories(ScalarCategory.letter), "Letter": .categories(ScalarCategory.letter),
            "N": .categories(ScalarCategory.number), "Number": .categories(ScalarCategory.number),
            "M": .categories(ScalarCategory.mark), "Mark": .categories(ScalarCategory.mark),
            "P": .categories(ScalarCategory.punctuation), "Punctuation": .categories(ScalarCategory.punctuation),
            "S": .categories(ScalarCategory.symbol), "Symbol": .categories(ScalarCategory.symbol),
            "Z": .categories(ScalarCategory.separator), "Separator": .categories(ScalarCategory.separator),
            "White_Space": .space,
            "Han": .any(of: [
                .range(0x2E80, 0x2E99), .range(0x2E9B, 0x2EF3), .range(0x2F00, 0x2FD5), .range(0x3005, 0x3005),
                .range(0x3007, 0x3007), .range(0x3021, 0x3029), .range(0x3038, 0x303B), .range(0x3400, 0x4DBF),
                .range(0x4E00, 0x9FFF), .range(0xF900, 0xFA6D), .range(0xFA70, 0xFAD9), .range(0x16FE2, 0x16FE3),
                .range(0x16FF0, 0x16FF1), .range(0x20000, 0x2A6DF), .range(0x2A700, 0x2EBE0),
                .range(0x2F800, 0x2FA1D), .range(0x30000, 0x323AF),
            ]),
        ]
        let single: [(String, Unicode.GeneralCategory)] = [
            ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter), ("Lm", .modifierLetter),
            ("Lo", .otherLetter), ("Mn", .nonspacingMark), ("Mc", .spacingMark), ("Me", .enclosingMark),
            ("Nd", .decimalNumber), ("Nl", .letterNumber), ("No", .otherNumber), ("Pc", .connectorPunctuation),
            ("Pd", .dashPunctuation), ("Ps", .openPunctuation), ("Pe", .closePunctuation),
            ("Pi", .initialPunctuation), ("Pf", .finalPunctuation), ("Po", .otherPunctuation), ("Sm", .mathSymbol),
            ("Sc", .currencySymbol), ("Sk", .modifierSymbol), ("So", .otherSymbol), ("Zs", .spaceSeparator),
            ("Zl", .lineSeparator), ("Zp", .paragraphSeparator), ("Cc", .control), ("Cf", .format),
            ("Co", .privateUse),
        ]
        for (name, category) in single { sets[name] = .categories(ScalarCategory.mask(of: [category])) }
        return sets
    }()
}
