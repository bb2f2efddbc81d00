/// The general category of every Unicode scalar, as a bit, so that a set of categories is a mask.
enum ScalarCategory {
    /// Categories of the Basic Multilingual Plane, one byte a scalar.
    private static let plane: [UInt8] = (0..<0x10000).map { value in
        Unicode.Scalar(UInt32(value)).map { number(of: $0) } ?? 0
    }

    /// Letters: L*.
    static let letter = mask(of: [
        .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
    ])
    /// Numbers: N*.
    static let number = mask(of: [.decimalNumber, .letterNumber, .otherNumber])
    /// Marks: M*.
    static let mark = mask(of: [.nonspacingMark, .spacingMark, .enclosingMark])
    /// Punctuation: P*.
    static let punctuation = mask(of: [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation,
    ])
    /// Symbols: S*.
    static let symbol = mask(of: [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol])
    /// Separators: Z*.
    static let separator = mask(of: [.spaceSeparator, .lineSeparator, .paragraphSeparator])
    /// Controls, formats and private use, as the Rust crate `unicode_categories` calls "other".
    static let other = mask(of: [.control, .format, .privateUse, .surrogate])

    /// The mask of several categories.
    static func mask(of categories: [Unicode.GeneralCategory]) -> UInt32 {
        categories.reduce(0) { $0 | 1 << UInt32(position(of: $1)) }
    }

    /// Whether a scalar's category is one of a mask's.
    @inline(__always)
    static func isIn(_ mask: UInt32, _ value: UInt32) -> Bool {
        let number = value < 0x10000 ? plane[Int(value)] : Unicode.Scalar(value).map { Self.number(of: $0) } ?? 0
        return mask >> UInt32(number) & 1 == 1
    }

    /// White space, as Unicode's property White_Space has it.
    @inline(__always)
    static func isSpace(_ value: UInt32) -> Bool {
        if value < 0x80 { return value == 0x20 || value >= 9 && value <= 0xD }
        switch value {
        case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return true
        default: return false
        }
    }

    /// A punctuation mark of ASCII, symbols such as `$` included, or of any category P*.
    @inline(__always)
    static func isPunctuation(_ value: UInt32) -> Bool {
        if value < 0x80 {
            return value >= 33 && value <= 47 || value >= 58 && value <= 64 || value >= 91 && value <= 96
                || value >= 123 && value <= 126
        }
        return isIn(punctuation, value)
    }

    /// A letter, mark, digit or connector, as regular expressions have `\w`.
    static func isWord(_ value: UInt32) -> Bool {
        if value < 0x80 {
            return value >= 48 && value <= 57 || value >= 65 && value <= 90 || value >= 97 && value <= 122
                || value == 95
        }
        return isIn(letter | mark | wordDigits, value)
            || Unicode.Scalar(value).map { $0.properties.isAlphabetic } ?? false
    }

    private static let wordDigits = mask(of: [.decimalNumber, .connectorPunctuation])

    private static func number(of scalar: Unicode.Scalar) -> UInt8 {
        UInt8(position(of: scalar.properties.generalCategory))
    }

    private static func position(of category: Unicode.GeneralCategory) -> Int {
        switch category {
        case .uppercaseLetter: 1
        case .lowercaseLetter: 2
        case .titlecaseLetter: 3
        case .modifierLetter: 4
        case .otherLetter: 5
        case .nonspacingMark: 6
        case .spacingMark: 7
        case .enclosingMark: 8
        case .decimalNumber: 9
        case .letterNumber: 10
        case .otherNumber: 11
        case .connectorPunctuation: 12
        case .dashPunctuation: 13
        case .openPunctuation: 14
        case .closePunctuation: 15
        case .initialPunctuation: 16
        case .finalPunctuation: 17
        case .otherPunctuation: 18
        case .mathSymbol: 19
        case .currencySymbol: 20
        case .modifierSymbol: 21
        case .otherSymbol: 22
        case .spaceSeparator: 23
        case .lineSeparator: 24
        case .paragraphSeparator: 25
        case .control: 26
        case .format: 27
        case .surrogate: 28
        case .privateUse: 29
        case .unassigned: 30
        @unknown default: 30
        }
    }
}
