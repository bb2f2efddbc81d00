internal import CKernels

/// The whole numbers of a column that a float cannot hold, collected from where the first of them is met: what stands before it is exact as it is.
struct WholeNumbers {
    private enum State {
        /// No number has lost digits.
        case unneeded
        /// All numbers so far.
        case kept([Int64])
        /// A number of the column has a fraction.
        case lost
    }

    private var state = State.unneeded
    /// Whether one of the numbers is another one as a float.
    private(set) var haveLost = false

    /// Whether further numbers are to be appended.
    var isCollecting: Bool { if case .kept = state { true } else { false } }

    /// All numbers, where there are as many as rows; nil where floats hold them, or some have fractions.
    func all(_ rows: Int) -> [Int64]? {
        if case .kept(let numbers) = state, numbers.count == rows, haveLost { numbers } else { nil }
    }

    /// Begins, where that was not done: the numbers before are whole, or there is nothing to keep.
    mutating func begin(after numbers: [Float]) {
        guard case .unneeded = state else { return }
        var kept: [Int64] = []
        kept.reserveCapacity(numbers.capacity)
        for number in numbers {
            guard number.isNaN || number == number.rounded() && abs(number) < 0x1p62 else {
                state = .lost
                return
            }
            kept.append(Self.whole(number))
        }
        state = .kept(kept)
    }

    /// Appends a number that is known.
    mutating func append(_ number: Int64) {
        guard case .kept(var numbers) = state else { return }
        state = .unneeded
        look(at: number)
        numbers.append(number)
        state = .kept(numbers)
    }

    private mutating func look(at number: Int64) {
        haveLost = haveLost || number != Column.missingWhole && Int64(exactly: Float(number)) != number
    }

    /// Appends a column's fields of records; those of a fraction end the collection.
    mutating func append(_ bytes: [UInt8], _ fields: [attar_field], columns: Int, column: Int, rows: Int) {
        guard case .kept(var numbers) = state else { return }
        state = .lost
        for row in 0..<rows {
            let field = fields[row * columns + column]
            guard let number = Self.number(bytes, Int(field.start), Int(field.length)) else { return }
            look(at: number)
            numbers.append(number)
        }
        state = .kept(numbers)
    }

    /// Appends a number by its text.
    mutating func append(_ bytes: [UInt8], _ start: Int, _ length: Int) {
        guard isCollecting else { return }
        if let number = Self.number(bytes, start, length) { append(number) } else { state = .lost }
    }

    /// Appends numbers as an array has them in its file.
    ///
    /// - Parameters:
    ///   - places: the numbers' positions in the array.
    ///   - size: bytes a number.
    mutating func append(
        _ bytes: [UInt8], places: StrideTo<Int>, size: Int, isSwapped: Bool, of format: attar_number_format
    ) {
        guard case .kept(var numbers) = state else { return }
        state = .lost
        for place in places {
            let own = bytes[place * size..<(place + 1) * size]
            let bits = (isSwapped ? Array(own) : own.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard let number = Self.number(bits, format) else { return }
            look(at: number)
            numbers.append(number)
        }
        state = .kept(numbers)
    }

    /// A whole number by its bits; nil where it is none, or beyond 64 bits with a sign.
    private static func number(_ bits: UInt64, _ format: attar_number_format) -> Int64? {
        switch format {
        case ATTAR_INT32: Int64(Int32(truncatingIfNeeded: bits))
        case ATTAR_UINT32: Int64(bits)
        case ATTAR_INT64: Int64(bitPattern: bits) == Column.missingWhole ? nil : Int64(bitPattern: bits)
        case ATTAR_UINT64: Int64(exactly: bits)
        case ATTAR_FLOAT64:
            Double(bitPattern: bits).isNaN ? Column.missingWhole : Int64(exactly: Double(bitPattern: bits))
        default: nil
        }
    }

    /// A float as a whole number, which it is known to be.
    static func whole(_ value: Float) -> Int64 { value.isNaN ? Column.missingWhole : Int64(value) }

    private static func number(_ bytes: [UInt8], _ start: Int, _ length: Int) -> Int64? {
        var number: Int64 = 0
        if attar_parse_whole(bytes, start, length, &number) { return number }
        var (value, isRounded) = (Float(0), false)
        return attar_parse_number(bytes, start, length, &value, &isRounded) == ATTAR_MISSING ? Column.missingWhole : nil
    }
}
