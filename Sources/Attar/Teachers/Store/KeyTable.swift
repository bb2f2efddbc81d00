/// From a row's key to the position of its answer: open addressing, as keys are evenly spread hashes already.
struct KeyTable: Sendable {
    /// The keys in the order in which they came.
    private(set) var keys: [RowKey] = []
    /// For each slot a position in `keys`, −1 where empty; a power of two of them, at least half of them empty.
    private var slots: [Int32] = [Int32](repeating: -1, count: 16)

    /// Number of keys.
    var count: Int { keys.count }

    /// The position of a key, or nil.
    func position(of key: RowKey) -> Int? {
        let slot = slots[place(of: key)]
        return slot < 0 ? nil : Int(slot)
    }

    /// Adds a key and returns its position; nil where it was there already.
    mutating func insert(_ key: RowKey) -> Int? {
        let place = place(of: key)
        guard slots[place] < 0 else { return nil }
        slots[place] = Int32(keys.count)
        keys.append(key)
        if 2 * keys.count > slots.count { grow(to: 2 * slots.count) }
        return keys.count - 1
    }

    /// Makes room for that many keys at once.
    mutating func reserve(_ count: Int) {
        // Room is doubled, so that many small additions do not each move all keys.
        if keys.capacity < count { keys.reserveCapacity(max(count, 2 * keys.capacity)) }
        var capacity = slots.count
        while capacity < 2 * count { capacity *= 2 }
        if capacity > slots.count { grow(to: capacity) }
    }

    /// The slot that holds a key, or the empty one where it belongs.
    private func place(of key: RowKey) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: key.first) & mask
        while slots[place] >= 0, keys[Int(slots[place])] != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow(to capacity: Int) {
        slots = [Int32](repeating: -1, count: capacity)
        for (position, key) in keys.enumerated() { slots[place(of: key)] = Int32(position) }
    }
}
