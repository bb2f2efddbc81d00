/// A column of training rows that does not become a feature, why, and what makes it one.
package struct UnreadColumn: Hashable, Sendable {
    /// The column.
    package let name: String
    /// Why it is left out, as a part of a sentence: `it counts the rows`.
    package let reason: String
    /// What reads it, as a sentence without its full stop.
    package let remedy: String
    /// Whether it is left out because somebody asked for that, who need not be told.
    package var isAskedFor = false

    /// What has to be said of it, whole sentences; nil for nothing.
    package var note: String? { isAskedFor ? nil : "Column '\(name)' is left out: \(reason). \(remedy)." }
}

extension TextFeatures {
    /// The columns that do not become features though a model could read them: where rows have texts, what only looks like texts, and what only numbers the rows.
    ///
    /// Rows without texts are read whole.
    package func unreadColumns(of rows: Dataset) -> [UnreadColumn] {
        let texts = rows.columns.filter { $0.kind == .text }
        guard !texts.isEmpty else { return [] }
        if readsWholeVocabulary {
            let read = Self.wholeTexts(of: rows)?.name
            return rows.columns.filter { $0.name != read }.map {
                UnreadColumn(
                    name: $0.name, reason: "static reads the one column of texts '\(read ?? "text")'",
                    remedy: "Another model, such as linear, reads it")
            }
        }
        if method?.kind == TextMethod.Kind.none {
            return texts.map {
                UnreadColumn(
                    name: $0.name, reason: "--text none leaves texts out", remedy: "Without it, texts are read",
                    isAskedFor: true)
            }
        }
        let kept = kept(in: rows)
        let identifiers = rows.identifierColumns
        let unlike = texts.filter { method == nil && !kept.contains($0.name) }.compactMap { column in
            (identifiers.first { $0.name == column.name }.map { "it \($0.reason)" } ?? column.reasonAgainstProse).map {
                UnreadColumn(name: column.name, reason: $0, remedy: "--keep '\(column.name)' reads it as a text")
            }
        }
        let names = Set(unlike.map(\.name))
        // What is all that there is, is read.
        guard names.count < rows.columns.count else { return [] }
        guard texts.contains(where: { !names.contains($0.name) }) else { return unlike }
        let numbers = identifiers.filter { identifier in
            !kept.contains(identifier.name) && !texts.contains { $0.name == identifier.name }
        }
        return unlike
            + numbers.map {
                UnreadColumn(
                    name: $0.name, reason: "it \($0.reason), and the texts tell the rows",
                    remedy: "--keep '\($0.name)' reads it as a number")
            }
    }

    /// The columns that somebody wants to be read: by name, or by saying as what.
    func kept(in rows: Dataset) -> Set<String> { kept.union(rows.reading?.declared ?? []) }

    /// The column of texts that is called so, or the only one: what is read by whoever reads one column of texts.
    static func wholeTexts(of rows: Dataset) -> Column? {
        let columns = rows.columns.filter { $0.kind == .text || $0.kind == .categorical }
        let named = columns.first { ["text", "sentence"].contains($0.name) } ?? (columns.count == 1 ? columns[0] : nil)
        return named ?? columns.first { $0.kind == .text }
    }
}

extension Column {
    /// Texts that are looked at to tell what they are.
    private static let mostLookedAt = 2000

    /// Whether its texts are in natural language, as far as can be told: three words or more.
    var isProse: Bool { reasonAgainstProse == nil }

    /// Why texts are none in natural language, as a part of a sentence; nil where they are.
    fileprivate var reasonAgainstProse: String? {
        guard case .text(let texts) = storage else { return nil }
        if holdsCodesOfDigits { return "it holds codes of digits, or dates that cannot be told" }
        let present = texts.filter { !$0.isEmpty }
        let step = max(1, present.count / Self.mostLookedAt)
        let counts = stride(from: 0, to: present.count, by: step).map { Self.words(of: present[$0]) }.sorted()
        guard let usual = counts.isEmpty ? nil : counts[counts.count / 2], usual < 3 else { return nil }
        return usual == 0 ? "it holds codes" : "it holds names or codes, of one or two words each"
    }

    /// Whether its texts are all codes of digits, such as numbers of articles and dates of which the notation cannot be told: they mean nothing in parts.
    var holdsCodesOfDigits: Bool {
        guard case .text(let texts) = storage else { return false }
        var hasAny = false
        for text in texts where !text.isEmpty {
            let marks = text.utf8.count { !(48...57).contains($0) }
            guard marks >= 2, text.utf8.count > marks, text.utf8.allSatisfy(Self.charactersOfCodes.contains) else {
                return false
            }
            hasAny = true
        }
        return hasAny
    }

    private static let charactersOfCodes = Set("0123456789-/.:+ TZ".utf8)

    /// Words with a letter, as far as it matters; where a script parts no words by blanks, two characters are one.
    private static func words(of text: String) -> Int {
        var (words, unparted, hasLetter) = (0, 0, false)
        for scalar in text.unicodeScalars.prefix(400) {
            if scalar.properties.isWhitespace {
                words += hasLetter ? 1 : 0
                hasLetter = false
            } else if TextHasher.isUnparted(scalar.value) {
                unparted += 1
            } else if scalar.properties.isAlphabetic {
                hasLetter = true
            }
        }
        return words + (hasLetter ? 1 : 0) + unparted / 2
    }
}
