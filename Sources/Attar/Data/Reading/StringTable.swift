internal import CKernels

/// Gives each distinct text a number, in order of appearance, so that a column of texts costs four bytes a row.
struct StringTable {
    /// All texts one after the other.
    private var arena: [UInt8] = []
    /// Where each text ends in the arena.
    private var ends: [Int] = []
    /// Open addressing: a text's number plus 1, or 0 for an empty slot. Its count is a power of two.
    private var slots = [Int32](repeating: 0, count: 64)
    private var hashes: [UInt64] = []

    /// How many distinct texts there are.
    var count: Int { ends.count }

    /// The number of the text bytes[start..<start + length]; nil where it is not UTF-8 or holds a NUL.
    mutating func intern(_ bytes: [UInt8], _ start: Int, _ length: Int) -> Int32? {
        // FNV-1a over the bytes, then mixed, since its low bits pick the slot.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in start..<start + length { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
        hash ^= hash >> 32
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if hashes[number] == hash && equals(number, bytes, start, length) { return Int32(number) }
            slot = (slot + 1) & (slots.count - 1)
        }
        let slice = bytes[start..<start + length]
        guard !slice.contains(0), String(validating: slice, as: UTF8.self) != nil else { return nil }
        arena.append(contentsOf: slice)
        ends.append(arena.count)
        hashes.append(hash)
        slots[slot] = Int32(ends.count)
        if ends.count * 2 > slots.count { grow() }
        return Int32(ends.count - 1)
    }

    /// The text of a number.
    subscript(number: Int) -> String {
        String(decoding: arena[start(of: number)..<ends[number]], as: UTF8.self)
    }

    /// Whether the text of a number reads as a number.
    func isNumber(_ number: Int) -> Bool {
        var value: Float = 0
        var rounded = false
        let start = start(of: number)
        return attar_parse_number(arena, start, ends[number] - start, &value, &rounded) == ATTAR_NUMBER
    }

    private func start(of number: Int) -> Int { number == 0 ? 0 : ends[number - 1] }

    private func equals(_ number: Int, _ bytes: [UInt8], _ start: Int, _ length: Int) -> Bool {
        let own = self.start(of: number)
        guard ends[number] - own == length else { return false }
        for index in 0..<length where arena[own + index] != bytes[start + index] { return false }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 4)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number + 1)
        }
    }
}
