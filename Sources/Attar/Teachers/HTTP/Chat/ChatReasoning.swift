/// What a language model thinks before it answers, told from the answer itself by the marks that models put around it.
enum ChatReasoning {
    /// How reasoning begins and ends; some servers give only the end.
    private static let marks = [
        ("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<thought>", "</thought>"),
        ("<reasoning>", "</reasoning>"), ("[think]", "[/think]"), ("◁think▷", "◁/think▷"),
        ("<|channel|>analysis", "<|channel|>final<|message|>"),
    ]

    /// The answer behind the reasoning.
    struct Answer {
        /// Where it begins, in bytes of the text.
        let start: Int
        /// Whether the reasoning has no end: there is no answer yet.
        let isUnfinished: Bool
    }

    /// Where the answer begins in a text.
    static func answer(in text: String) -> Answer {
        // Marks are ASCII but for one, which has no other case: the bytes stay where they are.
        let bytes = text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
        let ends = marks.compactMap { _, end in last(Array(end.utf8), in: bytes).map { $0 + end.utf8.count } }
        if let end = ends.max() { return Answer(start: end, isUnfinished: false) }
        let begun = bytes.drop { $0 == 32 || (9...13).contains($0) }
        let isOpen = marks.contains { begun.starts(with: Array($0.0.utf8)) }
        return Answer(start: isOpen ? bytes.count : 0, isUnfinished: isOpen)
    }

    private static func last(_ part: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= part.count else { return nil }
        return (0...bytes.count - part.count).last { bytes[$0..<$0 + part.count].elementsEqual(part) }
    }
}
