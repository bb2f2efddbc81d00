/// What a row holds, as one number: rows of the same values have the same, whichever file they stand in and however its columns are ordered.
///
/// Sixty-four bits of a hash that is the same in every run and on every machine. Target and weights do not count.
package struct RowHashes {
    /// One a row.
    package private(set) var values: [UInt64]

    /// - Parameters:
    ///   - rows: the rows.
    ///   - columns: the columns that count, by name; those that the rows lack are passed over. Nil for all.
    ///   - left: columns that do not count, such as row numbers.
    package init(_ rows: Dataset, columns: [String]? = nil, without left: [String] = []) {
        values = [UInt64](repeating: 0, count: rows.count)
        let known = columns.map(Set.init)
        for column in rows.columns where known?.contains(column.name) ?? true && !left.contains(column.name) {
            // The order of columns does not count, so a column's share is added. Arrays may go by another name.
            let name = column.kind == .tensor ? "" : column.name
            let seed = Self.hash(name.utf8)
            add(column, seed)
        }
    }

    private mutating func add(_ column: Column, _ seed: UInt64) {
        switch column.storage {
        case .numeric where column.wholes != nil:
            guard case .numeric(let numbers) = column.storage, let wholes = column.wholes else { return }
            for row in values.indices {
                // A number has the same hash in a file whose numbers floats hold.
                let isHeld = numbers[row].isNaN || Int64(exactly: numbers[row]) == wholes[row]
                let bits = isHeld ? Self.bits(numbers[row]) : Self.mixed(1, UInt64(bitPattern: wholes[row]))
                values[row] &+= Self.mixed(seed, bits)
            }
        case .numeric(let numbers):
            for row in values.indices { values[row] &+= Self.mixed(seed, Self.bits(numbers[row])) }
        case .categorical(let codes, let categories):
            let own = categories.map { Self.mixed(seed, Self.hash($0.utf8)) }
            let missing = Self.mixed(seed, Self.hash("".utf8))
            for row in values.indices { values[row] &+= codes[row] < 0 ? missing : own[Int(codes[row])] }
        case .text(let texts):
            for row in values.indices { values[row] &+= Self.mixed(seed, Self.hash(texts[row].utf8)) }
        case .tensor(let numbers, let shape):
            let width = shape.reduce(1, *)
            for row in values.indices {
                var hash = seed
                for place in row * width..<(row + 1) * width { hash = Self.mixed(hash, Self.bits(numbers[place])) }
                values[row] &+= hash
            }
        case .bytes(let bytes, let shape):
            // Pictures held either way are the same.
            let numbers = (0...255).map { Self.bits(Float($0)) }
            let width = shape.reduce(1, *)
            for row in values.indices {
                var hash = seed
                for place in row * width..<(row + 1) * width { hash = Self.mixed(hash, numbers[Int(bytes[place])]) }
                values[row] &+= hash
            }
        }
    }

    /// A number's bits; all that is missing is the same, and so are both zeros.
    private static func bits(_ value: Float) -> UInt64 {
        UInt64(value.isNaN ? 0x7FC0_0000 : value == 0 ? 0 : value.bitPattern)
    }

    private static func hash(_ text: String.UTF8View) -> UInt64 {
        var hash: UInt64 = 0x51_7C_C1_B7_27_22_0A_95
        for byte in text { hash = mixed(hash, UInt64(byte)) }
        return hash
    }

    /// Two numbers as one, each bit of which depends on all of theirs: multiplications by odd numbers and shifts, as in the finalisers of common hashes.
    private static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
        var hash = (one ^ other) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 32
        hash = (hash &+ one) &* 0xD6E8_FEB8_6659_FD93
        return hash ^ hash >> 29
    }
}

extension Dataset {
    /// Each row's contents as one number, over the columns that say what a row is: without those that only count rows.
    package var contents: RowHashes { RowHashes(self, without: identifierColumns.map(\.name)) }
}
