/// A set of Unicode scalars, as a class of a regular expression has it: looked up in a bitmap.
struct ScalarSet: Sendable {
    /// What is in a set.
    indirect enum Definition: Sendable {
        case range(UInt32, UInt32)
        /// Scalars of any of the categories in a mask.
        case categories(UInt32)
        case space
        case word
        case any(of: [Definition])
        case all(of: [Definition])
        case not(Definition)

        func contains(_ value: UInt32) -> Bool {
            switch self {
            case .range(let low, let high): value >= low && value <= high
            case .categories(let mask): ScalarCategory.isIn(mask, value)
            case .space: ScalarCategory.isSpace(value)
            case .word: ScalarCategory.isWord(value)
            case .any(let parts): parts.contains { $0.contains(value) }
            case .all(let parts): parts.allSatisfy { $0.contains(value) }
            case .not(let part): !part.contains(value)
            }
        }
    }

    /// One bit for each scalar of the Basic Multilingual Plane.
    private let bits: [UInt64]
    private let definition: Definition

    init(_ definition: Definition) {
        self.definition = definition
        bits = (0..<1024).map { word in
            (0..<64).reduce(0) { $0 | (definition.contains(UInt32(word * 64 + $1)) ? 1 << UInt64($1) : 0) }
        }
    }

    @inline(__always)
    func contains(_ value: UInt32) -> Bool {
        value < 0x10000
            ? bits[Int(value >> 6)] >> UInt64(value & 63) & 1 == 1 : definition.contains(value)
    }
}
