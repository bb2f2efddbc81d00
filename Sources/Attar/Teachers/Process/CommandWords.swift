/// A command line as the words of a program and its arguments.
///
/// Quotes and backslashes mean what they mean in a shell; nothing else does: no variables, patterns, pipes or redirections. Whoever wants those
/// names the shell: `sh -c 'zcat model.gz | ./teacher'`.
package enum CommandWords {
    /// Cuts a line into words.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where a quote is not closed, or there is no word.
    package static func words(of line: String) throws -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var characters = line.makeIterator()
        while let character = characters.next() {
            switch (quote, character) {
            case (nil, "'"), (nil, "\""):
                quote = character
                word = word ?? ""
            case (let open?, _) where character == open: quote = nil
            case (nil, "\\"), ("\"", "\\"):
                guard let next = characters.next() else {
                    throw AttarError(
                        .invalidSetting, "The command '\(line)' ends in a backslash", remedy: "Leave it out")
                }
                // Between double quotes a backslash is itself, but before a quote or another one.
                let isItself = quote != nil && next != "\"" && next != "\\"
                word = (word ?? "") + (isItself ? "\\" : "") + String(next)
            case (nil, " "), (nil, "\t"), (nil, "\n"):
                if let finished = word { words.append(finished) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else {
            throw AttarError(
                .invalidSetting, "A quote in the command '\(line)' is not closed",
                remedy: "Close it, or write \\' for it")
        }
        if let word { words.append(word) }
        guard let program = words.first, !program.isEmpty, !words.contains(where: { $0.utf8.contains(0) }) else {
            throw AttarError(
                .invalidSetting, "The command '\(line)' names no program",
                remedy: "Write it as command:\"python3 teacher.py\"")
        }
        return words
    }
}
