/// A model's name with options in brackets, as written on the command line: `forest`, `mlp[64,32]`, `tree[leaves=16]`.
public struct Specification: Hashable, Sendable, CustomStringConvertible {
    /// The family's name.
    public let name: String
    /// The options without a name, in order: `mlp[64,32]` has "64" and "32".
    public let positional: [String]
    /// The options with a name: `tree[leaves=16]` has leaves → "16".
    public let named: [String: String]
    /// The specification as written, without spaces.
    public let description: String

    /// Parses a specification.
    ///
    /// Brackets nest, so that `ensemble[forest[trees=50],svm]` has two positional options.
    /// - Throws: `AttarError` (`invalidSetting`) where brackets do not match or an option is empty or given twice.
    public init(_ text: String) throws {
        let compact = text.filter { !$0.isWhitespace }
        description = compact
        if let preset = Self.presets[String(compact.prefix { $0 != "[" })] {
            // The preset's own options come first, so that others can be added but none given twice.
            let rest = compact.drop { $0 != "[" }.dropFirst().dropLast()
            let whole = try Specification(rest.isEmpty ? preset : "\(preset.dropLast()),\(rest)]")
            (name, positional, named) = (whole.name, whole.positional, whole.named)
            return
        }
        guard let open = compact.firstIndex(of: "[") else {
            guard !compact.isEmpty, !compact.contains("]") else { throw Self.malformed(text) }
            (name, positional, named) = (compact, [], [:])
            return
        }
        guard compact.last == "]", open > compact.startIndex else { throw Self.malformed(text) }
        name = String(compact[..<open])
        let inside = compact[compact.index(after: open)..<compact.index(before: compact.endIndex)]
        var positional: [String] = []
        var named: [String: String] = [:]
        for option in try Self.options(inside, of: text) {
            if let equals = option.firstIndex(of: "="), !option[..<equals].contains("[") {
                let key = String(option[..<equals])
                guard named.updateValue(String(option[option.index(after: equals)...]), forKey: key) == nil else {
                    throw AttarError(.invalidSetting, "'\(text)' gives the option '\(key)' twice")
                }
            } else {
                positional.append(option)
            }
        }
        self.positional = positional
        self.named = named
    }

    /// The whole-number options without a name, such as layer widths.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an option that is no whole number.
    public func positionalIntegers() throws -> [Int] {
        try positional.map { option in
            guard let value = Int(option) else { throw unparsable(option, expected: "a whole number") }
            return value
        }
    }

    /// The value of a named whole-number option, or the default.
    public func integer(_ option: String, default fallback: Int) throws -> Int {
        guard let text = named[option] else { return fallback }
        guard let value = Int(text) else { throw unparsable("\(option)=\(text)", expected: "a whole number") }
        return value
    }

    /// The value of a named numeric option, or the default.
    public func number(_ option: String, default fallback: Double) throws -> Double {
        guard let text = named[option] else { return fallback }
        guard let value = Double(text), value.isFinite else {
            throw unparsable("\(option)=\(text)", expected: "a number")
        }
        return value
    }

    /// The value of a named option that is true or false, or the default.
    public func flag(_ option: String, default fallback: Bool) throws -> Bool {
        guard let text = named[option] else { return fallback }
        guard let value = Bool(text) else { throw unparsable("\(option)=\(text)", expected: "true or false") }
        return value
    }

    /// The value of a named option as text, or the default.
    public func text(_ option: String, default fallback: String) -> String {
        named[option] ?? fallback
    }

    /// Refuses options that the family does not have.
    ///
    /// - Parameters:
    ///   - options: the names that it has.
    ///   - positional: whether options without a name are allowed.
    public func allow(_ options: [String], positional allowsPositional: Bool = false) throws {
        for option in named.keys.sorted() where !options.contains(option) {
            throw AttarError(
                .invalidSetting, "\(name) has no option '\(option)'",
                remedy: options.isEmpty ? "It takes none" : didYouMean(option, among: options))
        }
        if !allowsPositional, let first = positional.first {
            throw AttarError(
                .invalidSetting, "\(name) takes no option without a name, but '\(description)' gives '\(first)'",
                remedy: options.isEmpty ? "" : "Name it: \(options.sorted().joined(separator: ", "))")
        }
    }

    private func unparsable(_ option: String, expected: String) -> AttarError {
        AttarError(.invalidSetting, "'\(option)' in '\(description)' is not \(expected)")
    }

    /// Cuts the inside of the brackets at commas that are not inside further brackets.
    private static func options(_ inside: Substring, of text: String) throws -> [String] {
        if inside.isEmpty { return [] }
        var options = [""]
        var depth = 0
        for character in inside {
            if character == "[" { depth += 1 }
            if character == "]" { depth -= 1 }
            guard depth >= 0 else { throw malformed(text) }
            if character == ",", depth == 0 {
                options.append("")
            } else {
                options[options.count - 1].append(character)
            }
        }
        guard depth == 0, options.allSatisfy({ !$0.isEmpty }) else { throw malformed(text) }
        return options
    }

    private static func malformed(_ text: String) -> AttarError {
        AttarError(
            .invalidSetting, "'\(text)' is not a model's name with options",
            remedy: "Write it as forest, mlp[64,32] or tree[leaves=16]")
    }
}
