/// The names of a model's classes, as far as the model tells them.
package enum ONNXClassNames {
    /// Keys of a model's metadata under which names of classes are kept.
    private static let keys = ["classes", "class_names", "labels", "names", "id2label", "label_names", "character"]

    /// The names in a model's metadata: a list or an object as JSON or in Python's notation, or names between commas or line ends.
    ///
    /// - Parameter width: how many there have to be; another number of names is no list of classes.
    package static func inMetadata(_ metadata: [String: String], width: Int) -> [String]? {
        for key in keys {
            guard let text = metadata.first(where: { $0.key.lowercased() == key })?.value,
                let names = parsed(text), names.count == width, Set(names).count == width
            else { continue }
            return names
        }
        return nil
    }

    private static func parsed(_ text: String) -> [String]? {
        let text = Substring(text).trimmingBlanks()
        guard let first = text.first else { return nil }
        if first == "[" || first == "{" {
            // A Python dictionary such as {0: 'cat', 1: 'dog'} is JSON but for its quotes and keys.
            return (try? JSONValue(parsing: text)).flatMap(names)
                ?? (try? JSONValue(parsing: json(fromPython: text))).flatMap(names)
        }
        let separator: Character = text.contains("\n") ? "\n" : ","
        return text.split(separator: separator).map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
    }

    /// A list's elements, or an object's values in the order of its keys, which are numbers.
    private static func names(_ value: JSONValue) -> [String]? {
        func name(_ value: JSONValue) -> String? {
            switch value {
            case .string(let text): text
            case .number(let number): Column.label(of: Float(number))
            default: nil
            }
        }
        switch value {
        case .array(let values):
            let names = values.compactMap(name)
            return names.count == values.count ? names : nil
        case .object(let members):
            let numbered = members.compactMap { key, value in
                Int(key).flatMap { number in name(value).map { (number, $0) } }
            }
            guard numbered.count == members.count else { return nil }
            return numbered.sorted { $0.0 < $1.0 }.map(\.1)
        default: return nil
        }
    }

    /// Quotes keys that are numbers, and turns single quotes into double ones.
    private static func json(fromPython text: String) -> String {
        var result = ""
        var quote: Character?
        var isEscaped = false
        var digits = ""
        for character in text {
            if let open = quote {
                if isEscaped {
                    result += character == "'" ? "'" : "\\\(character)"
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == open {
                    result += "\""
                    quote = nil
                } else {
                    result += character == "\"" ? "\\\"" : String(character)
                }
                continue
            }
            if character.isNumber {
                digits.append(character)
                continue
            }
            if !digits.isEmpty {
                result += character == ":" ? "\"\(digits)\"" : digits
                digits = ""
            }
            if character == "'" || character == "\"" {
                quote = character
                result += "\""
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// The names that predicted labels give to the columns of the probabilities beside them: for each column the label that most of the
    /// rows have in which that column is the largest.
    ///
    /// - Parameters:
    ///   - numbers: (labels.count, width).
    ///   - target: the target's classes.
    /// - Returns: a name for each column; nil where the labels tell too little, and nothing speaks against the target's order.
    /// - Throws: the names that were told, by column, where they speak against the target's order but are not all.
    static func told(by labels: [String], _ numbers: [Float], width: Int, target: [String]?) throws(Contradiction)
        -> [String]?
    {
        var votes = [[String: Int]](repeating: [:], count: width)
        for (row, label) in labels.enumerated() {
            let own = numbers[row * width..<(row + 1) * width]
            guard let most = own.indices.max(by: { own[$0] < own[$1] }) else { continue }
            votes[most - own.startIndex][label, default: 0] += 1
        }
        let names = votes.map { $0.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
        let known = names.compactMap(\.self)
        guard Set(known).count == known.count else { return nil }
        if known.count == width { return known }
        guard let target, target.count == width else { return nil }
        let places = TruthWord.positions(of: names.map { $0 ?? "" }, among: target)
        if let column = names.indices.first(where: { names[$0] != nil && places[$0] != $0 }) {
            throw Contradiction(column: column, name: names[column] ?? "", expected: target[column])
        }
        return target
    }

    /// A column that the labels name differently from the target's order.
    struct Contradiction: Error {
        let column: Int
        let name: String
        let expected: String
    }
}
