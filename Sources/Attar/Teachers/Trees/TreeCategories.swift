/// The categories of a feature, as a model's file keeps them: each one's place is the number that the trees are asked with.
struct TreeCategories: Sendable {
    /// The categories as texts. Of names that were cut (`beginnings`), what the bytes between their ends are.
    let texts: [String]
    /// Whether they were numbers where the model was trained.
    let areNumbers: Bool
    /// Where the file may have cut names: of each category how many characters it has, and those of them that are left.
    let beginnings: [Beginning]?

    /// What is left of a name.
    struct Beginning: Hashable, Sendable {
        let text: String
        /// How many Unicode scalars the whole name has.
        let length: Int

        /// Whether a text begins so and is as long.
        func fits(_ name: String) -> Bool {
            let own = name.unicodeScalars
            return own.count == length && own.starts(with: text.unicodeScalars)
        }
    }

    /// Texts, or numbers as they are written.
    init(_ texts: [String], areNumbers: Bool = false) {
        (self.texts, self.areNumbers, beginnings) = (texts, areNumbers, nil)
    }

    /// Texts that lie one after the other as UTF-8, each of so many bytes.
    ///
    /// XGBoost 3.2 counts characters where it means bytes: a name beyond ASCII has more bytes than are counted, so that all names behind it are shifted, and the end
    /// of the last is missing. Where that can be, both readings are kept; `matched` tells which one the data's categories are.
    init(_ bytes: [UInt8], ends: [Int]) {
        var start = 0
        var (slices, areWhole): ([String], Bool) = ([], true)
        for end in ends {
            let text = String(validating: bytes[start..<end], as: UTF8.self)
            areWhole = areWhole && text != nil
            slices.append(text ?? "")
            start = end
        }
        texts = areWhole ? slices : []
        areNumbers = false
        guard bytes.contains(where: { $0 >= 0x80 }) else {
            beginnings = nil
            return
        }
        // The last character may have lost bytes, too.
        var whole = bytes.count
        while whole > 0, String(validating: bytes[..<whole], as: UTF8.self) == nil { whole -= 1 }
        var rest = String(decoding: bytes[..<whole], as: UTF8.self).unicodeScalars[...]
        var before = 0
        beginnings = ends.map { end in
            let length = end - before
            before = end
            defer { rest = rest.dropFirst(length) }
            return Beginning(text: String(String.UnicodeScalarView(rest.prefix(length))), length: length)
        }
    }
}

extension TreeCategories {
    /// How a column's texts become the numbers of categories, settled for a column.
    struct Matcher: Hashable, Sendable {
        /// The numbers of the texts.
        fileprivate(set) var codes: [String: Float] = [:]
        /// The numbers of what a reader makes of the texts, where it may have made something of them.
        fileprivate var readings: [ReadCell: [Int]] = [:]
        /// The texts, for messages.
        fileprivate var texts: [String] = []
        /// Whether the column's texts are its own, not what a reader has made of them.
        fileprivate var isLiteral = true
        /// Whether the categories were numbers, which are written in several ways.
        fileprivate var areNumbers = false

        /// Texts that are numbered in a given order.
        init(_ codes: [String: Float]) { self.codes = codes }

        /// The number of a category; NaN for one that the model does not know.
        ///
        /// - Throws: the two categories that a reader makes one of.
        func code(of name: String, isNumber: Bool) throws(Merged) -> Float {
            if isLiteral, !isNumber {
                if let code = codes[name] { return code }
                if !areNumbers { return .nan }
            }
            let places = readings[ReadCell(name), default: []]
            if places.count > 1 { throw Merged(first: texts[places[0]], second: texts[places[1]]) }
            return codes[name] ?? places.first.map { Float($0) } ?? .nan
        }

        /// The category that a reader takes for a missing value, where it has taken any for one.
        var missing: String? { isLiteral ? nil : readings[.missing]?.first.map { texts[$0] } }
    }

    /// Two categories that are one after reading.
    struct Merged: Error {
        let first: String
        let second: String
    }

    /// How the texts of a column become numbers.
    ///
    /// - Parameters:
    ///   - names: the categories that the column holds.
    ///   - isLiteral: whether these are its own texts.
    /// - Returns: nil where names were cut and those of the column do not tell them; else the matcher, and whether it had to tell cut names.
    func matcher(for names: [String], isLiteral: Bool) -> (matcher: Matcher, wereCut: Bool)? {
        if let beginnings,
            names.count(where: texts.contains) < names.count(where: { name in beginnings.contains { $0.fits(name) } })
        {
            return told(by: names, beginnings).map { (Matcher($0), true) }
        }
        if beginnings != nil, !names.isEmpty, !names.contains(where: texts.contains) { return nil }
        var matcher = Matcher(Self.numbered(texts))
        matcher.texts = texts
        (matcher.isLiteral, matcher.areNumbers) = (isLiteral, areNumbers)
        for (place, text) in texts.enumerated() { matcher.readings[ReadCell(text), default: []].append(place) }
        let truths = texts.map { $0.lowercased() }
        if Set(truths).count == truths.count, TruthWord.areAll(truths) {
            // True is written in several ways.
            for (place, text) in truths.enumerated() {
                for other in [text, text.capitalized(), text.uppercased()] { matcher.codes[other] = Float(place) }
                matcher.readings[.number(TruthWord.number(of: text) ?? 0), default: []].append(place)
            }
        }
        return (matcher, false)
    }

    /// The numbers of names by what is left of the model's: each fits one, or as many as there are fit in their order.
    private func told(by names: [String], _ beginnings: [Beginning]) -> [String: Float]? {
        var codes: [String: Float] = [:]
        var isUnique = true
        for name in names {
            let places = beginnings.indices.filter { beginnings[$0].fits(name) }
            isUnique = isUnique && places.count < 2
            if let place = places.first { codes[name] = Float(place) }
        }
        if isUnique, Set(codes.values).count == codes.count { return codes }
        let sorted = names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
        guard sorted.count == beginnings.count, zip(beginnings, sorted).allSatisfy({ $0.fits($1) }) else { return nil }
        return Self.numbered(sorted)
    }

    static func numbered(_ names: [String]) -> [String: Float] {
        Dictionary(names.enumerated().map { ($1, Float($0)) }, uniquingKeysWith: { first, _ in first })
    }
}

extension String {
    /// With a large first letter.
    fileprivate func capitalized() -> String { prefix(1).uppercased() + dropFirst() }
}
