/// Which of some classes a sentence names, word by word.
struct ClassNaming {
    /// The one class that is named, once or more often, and where first; nil where there is none, where there are several, or where the sentence says that it is not that one.
    let only: ChatClasses.Naming?

    /// Words after which a sentence says what is not the case.
    private static let denials: Set<String> = [
        "not", "no", "never", "neither", "nor", "cannot", "without", "isn't", "isn’t", "wasn't", "wasn’t", "can't",
        "can’t",
        "don't", "don’t", "doesn't", "doesn’t", "won't", "won’t", "unable", "unclear",
    ]
    /// The same in Chinese and Japanese, which have no blanks between words.
    private static let denyingCharacters: Set<Character> = ["不", "非", "没", "沒", "无", "無", "未"]

    /// Looks for classes.
    ///
    /// - Parameters:
    ///   - text: what was written, in the case in which the classes are given.
    ///   - names: the classes.
    init(_ text: String, _ names: [String]) {
        let characters = Array(text)
        var starts: [Int] = []
        var bytes = 0
        for character in characters {
            starts.append(bytes)
            bytes += character.utf8.count
        }
        // Of classes one of which holds the other, the longer is meant.
        let order = names.indices.filter { !names[$0].isEmpty }.sorted { names[$0].count > names[$1].count }
        var found: [Int: Int] = [:]
        var isTaken = [Bool](repeating: false, count: characters.count)
        for index in order {
            let name = Array(names[index])
            guard name.count <= characters.count else { continue }
            for start in 0...characters.count - name.count {
                let place = start..<start + name.count
                guard !isTaken[start], characters[place].elementsEqual(name),
                    Self.isBorder(start, in: characters), Self.isBorder(start + name.count, in: characters)
                else { continue }
                for position in place { isTaken[position] = true }
                found[index] = min(found[index] ?? start, start)
            }
        }
        guard found.count == 1, let (index, start) = found.first,
            !Self.denies(characters, except: isTaken, isNumber: names[index].allSatisfy(\.isNumber))
        else {
            only = nil
            return
        }
        only = ChatClasses.Naming(index: index, start: starts[start])
    }

    /// Whether a word may begin or end before a position.
    private static func isBorder(_ position: Int, in characters: [Character]) -> Bool {
        guard position > 0, position < characters.count else { return true }
        let (before, after) = (characters[position - 1], characters[position])
        if !isOfWord(before) || !isOfWord(after) || isIdeograph(before) || isIdeograph(after) { return true }
        // An underscore at the end of a word emphasises it: _negative_.
        func isEnd(_ beyond: Int) -> Bool { !characters.indices.contains(beyond) || !isOfWord(characters[beyond]) }
        return before == "_" && isEnd(position - 2) || after == "_" && isEnd(position + 1)
    }

    private static func isOfWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private static func isIdeograph(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.properties.isIdeographic || (0x3040...0x30FF).contains($0.value) }
    }

    /// Whether what stands around the class says something else: a denial, or another number where classes are numbers.
    private static func denies(_ characters: [Character], except isTaken: [Bool], isNumber: Bool) -> Bool {
        if characters.indices.contains(where: { !isTaken[$0] && denyingCharacters.contains(characters[$0]) }) {
            return true
        }
        let rest = String(characters.indices.map { isTaken[$0] ? " " : characters[$0] })
        let words = rest.lowercased().split { !(isOfWord($0) || $0 == "'" || $0 == "’") }.map(String.init)
        return words.contains { denials.contains($0) || (isNumber && $0.contains(where: \.isNumber)) }
    }
}
