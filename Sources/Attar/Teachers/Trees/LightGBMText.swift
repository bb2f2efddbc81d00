/// The text that LightGBM saves: a head, one block a tree, and the settings it was trained with; lines of `name=value`.
struct LightGBMText {
    /// The lines of the head.
    private(set) var head: [String: Substring] = [:]
    /// Whether the head says that trees are averaged.
    private(set) var isAveraged = false
    /// The categorical features by their numbers, where the settings name them.
    private(set) var categoricalFeatures: [Int]?
    /// The categories of pandas columns, as JSON; nil where there are none.
    private(set) var pandasCategories: [UInt8]?

    private let bytes: [UInt8]
    private var position = 0

    /// Reads the head, up to the first tree.
    ///
    /// - Throws: `AttarError` (`malformedData`) where a name stands twice or there is no end of the trees.
    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        while let line = nextLine() {
            if isTree(line) || equals(line, "end of trees") {
                position = line.lowerBound
                break
            }
            if equals(line, "average_output") { isAveraged = true }
            guard let (name, value) = parts(of: line) else { continue }
            guard head.updateValue(Substring(text(value)), forKey: name) == nil else {
                throw Self.malformed("names '\(name.prefix(40))' twice in its head")
            }
        }
    }

    /// The lines of the next tree, of those that say what it answers; nil behind the last, after which the settings are read.
    mutating func nextTree() throws -> [String: Range<Int>]? {
        guard let first = nextLine() else { throw Self.malformed("ends before 'end of trees'") }
        if equals(first, "end of trees") {
            readSettings()
            return nil
        }
        guard isTree(first) else { throw Self.malformed("has a line that is no tree where one should begin") }
        var lines: [String: Range<Int>] = [:]
        while true {
            let before = position
            guard let line = nextLine() else { throw Self.malformed("ends within a tree") }
            if isTree(line) || equals(line, "end of trees") {
                position = before
                return lines
            }
            guard let (name, value) = parts(of: line) else { continue }
            guard lines.updateValue(value, forKey: name) == nil else {
                throw Self.malformed("names '\(name.prefix(40))' twice in one tree")
            }
        }
    }

    // MARK: Lists

    /// Whole numbers with blanks between them; empty for no line.
    func integers(_ range: Range<Int>?) throws -> [Int64] {
        var values: [Int64] = []
        try words(range) { word in
            var place = word.lowerBound
            let isNegative = bytes[place] == UInt8(ascii: "-")
            if isNegative { place += 1 }
            guard word.upperBound - place <= 18, place < word.upperBound else { throw notANumber(word) }
            var value: Int64 = 0
            while place < word.upperBound {
                guard bytes[place] &- 48 < 10 else { throw notANumber(word) }
                value = value * 10 + Int64(bytes[place] &- 48)
                place += 1
            }
            values.append(isNegative ? -value : value)
        }
        return values
    }

    /// Numbers with blanks between them; empty for no line.
    func doubles(_ range: Range<Int>?) throws -> [Double] {
        var values: [Double] = []
        try words(range) { word in
            guard let value = Double(text(word)) else { throw notANumber(word) }
            values.append(value)
        }
        return values
    }

    private func words(_ range: Range<Int>?, _ body: (Range<Int>) throws -> Void) throws {
        guard let range else { return }
        var place = range.lowerBound
        while place < range.upperBound {
            while place < range.upperBound, bytes[place] == 32 { place += 1 }
            let start = place
            while place < range.upperBound, bytes[place] != 32 { place += 1 }
            if place > start { try body(start..<place) }
        }
    }

    private func notANumber(_ word: Range<Int>) -> AttarError {
        Self.malformed("has '\(text(word.prefix(24)))' where a number should be")
    }

    // MARK: Lines

    private mutating func readSettings() {
        while let line = nextLine() {
            let shown = text(line.prefix(24))
            if shown.hasPrefix("pandas_categorical:") {
                let value = line.dropFirst("pandas_categorical:".utf8.count)
                pandasCategories = value.isEmpty || text(value.prefix(5)) == "null" ? nil : Array(bytes[value])
            } else if shown.hasPrefix("[categorical_feature: ") {
                let numbers = text(line).dropFirst("[categorical_feature: ".count).prefix { $0 != "]" }
                categoricalFeatures = numbers.split(separator: ",").compactMap { Int($0) }
            }
        }
    }

    /// The next line that is not empty, without its end.
    private mutating func nextLine() -> Range<Int>? {
        while position < bytes.count {
            let start = position
            while position < bytes.count, bytes[position] != 10 { position += 1 }
            var end = position
            position += 1
            if end > start, bytes[end - 1] == 13 { end -= 1 }
            if end > start { return start..<end }
        }
        return nil
    }

    private func parts(of line: Range<Int>) -> (name: String, value: Range<Int>)? {
        guard let mark = line.first(where: { bytes[$0] == UInt8(ascii: "=") }) else { return nil }
        return (text(line.lowerBound..<mark), mark + 1..<line.upperBound)
    }

    private func isTree(_ line: Range<Int>) -> Bool { line.count > 5 && equals(line.prefix(5), "Tree=") }

    private func equals(_ range: Range<Int>, _ word: String) -> Bool {
        range.count == word.utf8.count && bytes[range].elementsEqual(word.utf8)
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    static func malformed(_ problem: String) -> AttarError {
        AttarError(.malformedData, "the LightGBM model \(problem)", remedy: "Save it again with booster.save_model")
    }
}
