/// The ids of words that were met lately; belongs to one thread at a time.
struct WordCache {
    private struct Slot {
        var hash: UInt64 = 0
        var start: Int32 = 0
        var length: Int32 = 0
        var firstID: Int32 = 0
        var idCount: Int32 = -1
    }

    private var slots = [Slot](repeating: Slot(), count: Self.slotCount)
    private var bytes: [UInt8] = []
    private var ids: [Int32] = []

    private static let slotCount = 1 << 14
    /// When so many bytes of words are kept, all are forgotten.
    private static let mostBytes = 1 << 19
    /// Longer pieces are not kept.
    static let longest = 64

    /// A hash of a word's bytes: FNV-1a, mixed.
    @inline(__always)
    static func hash(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for position in start..<end { hash = (hash ^ UInt64(bytes[position])) &* 0x100_0000_01b3 }
        return hash ^ hash >> 32
    }

    /// Appends the ids of a word that is known; false where it is not.
    @inline(__always)
    func append(
        _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ hash: UInt64, to result: inout [Int32]
    ) -> Bool {
        let slot = slots[Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)]
        guard slot.hash == hash, slot.idCount >= 0, Int(slot.length) == end - start else { return false }
        for offset in 0..<Int(slot.length) where bytes[Int(slot.start) + offset] != text[start + offset] {
            return false
        }
        for offset in 0..<Int(slot.idCount) { result.append(ids[Int(slot.firstID) + offset]) }
        return true
    }

    /// Keeps the ids of a word, those of `result` from one on.
    mutating func keep(
        _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ hash: UInt64, _ result: [Int32], from first: Int
    ) {
        if bytes.count > Self.mostBytes {
            bytes.removeAll(keepingCapacity: true)
            ids.removeAll(keepingCapacity: true)
            for index in slots.indices { slots[index].idCount = -1 }
        }
        slots[Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)] = Slot(
            hash: hash, start: Int32(bytes.count), length: Int32(end - start), firstID: Int32(ids.count),
            idCount: Int32(result.count - first))
        for position in start..<end { bytes.append(text[position]) }
        for index in first..<result.count { ids.append(result[index]) }
    }
}
