/// One step that changes a text before it is cut into words, as a tokenizer's file names it.
indirect enum TextNormalizer: Sendable {
    case sequence([TextNormalizer])
    case lowercase
    case form(NormalizationForm)
    case stripAccents
    case bert(BertNormalization)
    case strip(left: Bool, right: Bool)
    case replace(TextPattern, with: [UInt8])
    case prepend([UInt8])
    case precompiled(PrecompiledMap)
    case nmt
    case bytes
}

extension TextNormalizer {
    /// Changes a text in place.
    ///
    /// - Parameter memo: what is known of single scalars; any, and the same one again to be fast.
    func apply(to text: inout [UInt8], _ memo: inout ScalarMemo) {
        switch self {
        case .sequence(let steps):
            for step in steps { step.apply(to: &text, &memo) }
        case .lowercase:
            Self.mapScalars(&text) { scalar, result in
                if scalar < 0x80 {
                    result.append(UInt8(scalar >= 65 && scalar <= 90 ? scalar + 32 : scalar))
                } else if let scalar = Unicode.Scalar(scalar) {
                    result.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
                }
            }
        case .form(let form):
            form.apply(to: &text, &memo)
        case .stripAccents:
            Self.filter(&text) { !ScalarCategory.isIn(ScalarCategory.mark, $0) }
        case .bert(let settings):
            settings.apply(to: &text, &memo)
        case .strip(let left, let right):
            Self.strip(&text, left: left, right: right)
        case .replace(let pattern, let replacement):
            Self.replace(&text, pattern, with: replacement)
        case .prepend(let prefix):
            if !text.isEmpty { text.insert(contentsOf: prefix, at: 0) }
        case .precompiled(let map):
            map.apply(to: &text)
        case .nmt:
            Self.mapScalars(&text) { scalar, result in
                switch scalar {
                case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: break
                case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
                    result.append(0x20)
                default: UTF8Scalar.append(scalar, to: &result)
                }
            }
        case .bytes:
            text = ByteAlphabet.encoded(text)
        }
    }

    /// Whether all bytes are ASCII.
    static func isASCII(_ text: [UInt8]) -> Bool {
        var all: UInt8 = 0
        for byte in text { all |= byte }
        return all < 0x80
    }

    /// Writes each scalar's replacement.
    static func mapScalars(_ text: inout [UInt8], _ body: (UInt32, inout [UInt8]) -> Void) {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 4)
        let source = text
        let span = source.span
        var position = 0
        while position < span.count {
            let (value, length) = UTF8Scalar.read(span, position)
            body(value, &result)
            position += length
        }
        text = result
    }

    private static func filter(_ text: inout [UInt8], _ isKept: (UInt32) -> Bool) {
        if isASCII(text) { return }
        mapScalars(&text) { scalar, result in
            if isKept(scalar) { UTF8Scalar.append(scalar, to: &result) }
        }
    }

    private static func strip(_ text: inout [UInt8], left: Bool, right: Bool) {
        let source = text
        let span = source.span
        var (start, end) = (0, span.count)
        while left, start < end {
            let (value, length) = UTF8Scalar.read(span, start)
            guard ScalarCategory.isSpace(value) else { break }
            start += length
        }
        while right, end > start {
            let before = UTF8Scalar.before(span, end)
            guard ScalarCategory.isSpace(UTF8Scalar.read(span, before).value) else { break }
            end = before
        }
        if start > 0 || end < source.count { text = Array(source[start..<end]) }
    }

    private static func replace(_ text: inout [UInt8], _ pattern: TextPattern, with replacement: [UInt8]) {
        var result: [UInt8] = []
        var copied = 0
        let source = text
        let span = source.span
        pattern.forEachMatch(span, 0, span.count) { start, end in
            for position in copied..<start { result.append(source[position]) }
            result.append(contentsOf: replacement)
            copied = end
        }
        if copied == 0 { return }
        result.append(contentsOf: source[copied...])
        text = result
    }
}

/// What is known of single scalars, kept so that it is found out once; belongs to one thread at a time.
struct ScalarMemo {
    /// For each scalar of the Basic Multilingual Plane: 0 not known yet, −1 stays as it is, else 1 + its place in `texts`.
    private var places: [[Int32]] = Array(repeating: [], count: 8)
    private var texts: [[UInt8]] = []

    /// What a scalar becomes; nil where it stays.
    ///
    /// - Parameters:
    ///   - table: which of the eight tables holds it.
    ///   - make: finds it out; nil for "stays".
    @inline(__always)
    mutating func text(_ scalar: UInt32, in table: Int, make: (UInt32) -> [UInt8]?) -> [UInt8]? {
        guard scalar < 0x10000 else { return make(scalar) }
        if places[table].isEmpty { places[table] = [Int32](repeating: 0, count: 0x10000) }
        let place = places[table][Int(scalar)]
        if place < 0 { return nil }
        if place > 0 { return texts[Int(place) - 1] }
        let made = make(scalar)
        if let made {
            texts.append(made)
            places[table][Int(scalar)] = Int32(texts.count)
        } else {
            places[table][Int(scalar)] = -1
        }
        return made
    }
}
