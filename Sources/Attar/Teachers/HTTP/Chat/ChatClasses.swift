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

    /// The names as they are compared.
    let names: [String]
    private let ignoresCase: Bool

    package init(_ names: [String]) {
        ignoresCase = Set(names.map { $0.lowercased() }).count == names.count
        self.names = ignoresCase ? names.map { $0.lowercased() } : names
    }

    private static let around = CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: "\"'`.,;:!*"))

    /// The class that a text gives: behind any reasoning the text itself, but for blanks, quotes and a full stop around it; the `label` of a JSON
    /// object in it; or the one class that is named in it. Nil where it names none or several, or denies the one that it names.
    package func index(of text: String) -> Int? {
        let reasoned = ChatReasoning.answer(in: text)
        if reasoned.isUnfinished { return nil }
        let answer = String(decoding: text.utf8.dropFirst(reasoned.start), as: UTF8.self)
        if let first = answer.firstIndex(of: "{"), let last = answer.lastIndex(of: "}"), first < last,
            let label = try? JSONValue(parsing: String(answer[first...last]))["label"], case .string(let name) = label
        {
            return exact(name) ?? named(in: name)?.index
        }
        return exact(answer) ?? named(in: answer)?.index
    }

    /// The class that stands where a word begins.
    package struct Naming {
        /// Which class.
        let index: Int
        /// The first byte of its name in the text.
        let start: Int
    }

    /// The one class that a text names, in any case and with any marks around it.
    package func named(in text: String) -> Naming? { ClassNaming(ignoresCase ? text.lowercased() : text, names).only }

    /// The probability of each class in an answer, told from how likely tokens were: at the beginning of the answer, or, where that says nothing of the classes, where the one
    /// class that is named begins. Nil where neither tells more than `least` of the probability.
    package func probabilities(inAnswer tokens: [Token], atLeast least: Double) -> (classes: [Double], rest: Double)? {
        let text = tokens.map(\.text).joined()
        let reasoned = ChatReasoning.answer(in: text)
        if reasoned.isUnfinished { return nil }
        var starts: [Int] = []
        var length = 0
        for token in tokens {
            starts.append(length)
            length += token.text.utf8.count
        }
        let answer = Array(tokens[(starts.firstIndex { $0 >= reasoned.start } ?? tokens.count)...])
        let first = probabilities(of: answer)
        if first.rest < 1 - least { return first }
        let own = String(decoding: text.utf8.dropFirst(reasoned.start), as: UTF8.self)
        // In lower case a few letters take more bytes; what such a text tells of tokens is not looked at.
        guard own.lowercased().utf8.count == own.utf8.count, let naming = named(in: own) else { return nil }
        let place = reasoned.start + naming.start
        guard let begin = starts.lastIndex(where: { $0 <= place }) else { return nil }
        let found = probabilities(of: Array(tokens[begin...]))
        return found.rest < 1 - least ? found : nil
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
