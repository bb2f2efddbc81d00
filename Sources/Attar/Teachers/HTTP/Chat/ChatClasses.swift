internal import Foundation

/// Finds the classes in what a language model writes.
package struct ChatClasses: Sendable {
    /// A token that was written, with the likeliest that might have stood there.
    package struct Token: Sendable {
        let text: String
        let alternatives: [(text: String, probability: Double)]

        package init(_ text: String, _ alternatives: [(text: String, probability: Double)]) {
            self.text = text
            self.alternatives = alternatives
        }
    }

    private let names: [String]
    private let ignoresCase: Bool

    package init(_ names: [String]) {
        ignoresCase = Set(names.map { $0.lowercased() }).count == names.count
        self.names = ignoresCase ? names.map { $0.lowercased() } : names
    }

    private static let around = CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: "\"'`.,;:!*"))

    /// The class that a text is, but for blanks, quotes and a full stop around it, or that a JSON object gives as its `label`; nil for any
    /// other text.
    package func index(of text: String) -> Int? {
        if text.contains("{"), let label = try? JSONValue(parsing: text)["label"], case .string(let name) = label {
            return exact(name)
        }
        return exact(text)
    }

    /// The probability of each class, told from how likely tokens were; and what is left for anything else.
    ///
    /// A token that only one class begins with speaks for that class. Where several begin with it, what was written goes on to tell them apart;
    /// what was not written is shared out among them.
    package func probabilities(of tokens: [Token]) -> (classes: [Double], rest: Double) {
        var masses = [Double](repeating: 0, count: names.count)
        var begun = ""
        var open = 1.0
        for token in tokens {
            var next: (text: String, mass: Double)?
            for alternative in token.alternatives {
                let mass = open * alternative.probability
                let text = normal(begun + alternative.text)
                let candidates =
                    text.isEmpty ? Array(names.indices) : names.indices.filter { names[$0].hasPrefix(text) }
                if candidates.count == 1 {
                    masses[candidates[0]] += mass
                } else if candidates.isEmpty {
                    // Either it ends a class with a full stop or the like, or a class had ended before it.
                    if let whole = exact(text) ?? exact(begun) { masses[whole] += mass }
                } else if alternative.text == token.text {
                    next = (text, mass)
                } else if !text.isEmpty {
                    for candidate in candidates { masses[candidate] += mass / Double(candidates.count) }
                }
            }
            open = next?.mass ?? 0
            guard let next else { break }
            begun = next.text
        }
        if open > 0, let whole = exact(begun) { masses[whole] += open }
        return (masses, max(0, 1 - masses.reduce(0, +)))
    }

    /// A text as the classes are compared, without what stands before its first letter.
    private func normal(_ text: String) -> String {
        let cased = ignoresCase ? text.lowercased() : text
        return String(cased.drop { $0.unicodeScalars.allSatisfy(Self.around.contains) })
    }

    private func exact(_ text: String) -> Int? {
        let whole = (ignoresCase ? text.lowercased() : text).trimmingCharacters(in: Self.around)
        return names.firstIndex { $0.trimmingCharacters(in: Self.around) == whole && !whole.isEmpty }
    }
}
