internal import Foundation

extension TextTerms {
    /// Texts that are counted at most, evenly spaced: what many texts have, these have, too.
    private static let mostTexts = 20_000
    /// Words that are counted at most, so that memory does not grow with the texts' length.
    private static let mostWords = 2_000_000

    /// The terms by which training texts differ most: −p ln p is greatest, where p is the share of the texts that have the term. Terms of one text
    /// alone tell nothing of others and are left out where there are any besides. No label is looked at.
    ///
    /// - Parameter count: how many terms at most, at least 1.
    init(fittedTo texts: [String], count: Int) {
        let counted = Self.counted(Self.sample(texts))
        let least = counted.terms.values.contains { $0.texts > 1 } ? 2 : 1
        let share = 1 / Double(max(1, counted.texts))
        let ranked = counted.terms.filter { $0.value.texts >= least }.map { hash, term in
            let part = Double(term.texts) * share
            return (hash: hash, term: term, worth: part < 1 ? -part * log(part) : 0)
        }.sorted { ($1.worth, $0.hash) < ($0.worth, $1.hash) }.prefix(count)
        guard !ranked.isEmpty else {
            // No text has this for a term.
            self.init(names: ["( )"], weights: [1], scale: 1)
            return
        }
        let named = ranked.map { (name: counted.name(of: $0.term), texts: $0.term.texts) }.sorted { $0.name < $1.name }
        // Terms that a text has of these, so that each counts about as much as a standardised number.
        let usual = Double(named.reduce(0) { $0 + $1.texts }) * share
        self.init(
            names: named.map(\.name),
            // As scikit-learn weighs them: ln((n + 1) / (m + 1)) + 1, m of n texts having the term.
            weights: named.map { Float(log(Double(counted.texts + 1) / Double($0.texts + 1)) + 1) },
            scale: Float(max(1, usual).squareRoot()))
    }

    /// Texts to count in.
    private static func sample(_ texts: [String]) -> [String] {
        let present = texts.filter { !$0.isEmpty }
        guard present.count > mostTexts else { return present }
        return (0..<mostTexts).map { present[$0 * present.count / mostTexts] }
    }

    /// How many texts have a term, and where the first one has it.
    private struct Term {
        var texts: Int
        var last: Int
        let first: (text: Int, word: Range<Int>, next: Range<Int>?)
    }

    /// All terms of some texts.
    private struct Counted {
        var terms: [UInt64: Term] = [:]
        var texts = 0
        let source: [String]

        func name(of term: Term) -> String {
            TextHasher(source[term.first.text]).name(term.first.word, term.first.next)
        }
    }

    private static func counted(_ texts: [String]) -> Counted {
        var counted = Counted(source: texts)
        var words = 0
        for (index, text) in texts.enumerated() where words < mostWords {
            counted.texts += 1
            TextHasher(text).forEachTerm { hash, word, next in
                words += 1
                if let known = counted.terms[hash] {
                    guard known.last != index else { return }
                    counted.terms[hash]?.texts += 1
                    counted.terms[hash]?.last = index
                } else {
                    counted.terms[hash] = Term(texts: 1, last: index, first: (index, word, next))
                }
            }
        }
        return counted
    }
}
