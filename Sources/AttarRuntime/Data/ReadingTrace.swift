/// What a reader had to take for granted, for those who have to know whether a column's texts are the file's own.
package struct ReadingTrace: Hashable, Sendable {
    /// The columns whose texts stand for themselves; in others blanks around them are gone, and some were read as numbers or as missing.
    package let literals: Set<String>
    /// The numbers that were read as missing.
    package var missing: [Float]
    /// The columns that have no name in the file.
    package var unnamed: Set<String> = []

    /// The columns that somebody has declared.
    package var declared: Set<String> = []
    /// The columns that were there and were left out, as somebody wanted.
    package var unused: Set<String> = []

    /// A trace.
    package init(literals: Set<String> = [], missing: [Float] = []) {
        (self.literals, self.missing) = (literals, missing)
    }
}
