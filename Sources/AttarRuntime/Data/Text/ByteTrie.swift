/// Byte strings and their numbers, to be found by prefix: a tree whose edges stand in one hash table.
struct ByteTrie: Sendable {
    /// Edges: the node and byte in the upper half, the node it leads to in the lower; 0 for a free slot.
    private var slots: [UInt64]
    private var shift: UInt64
    private var edges = 0
    /// The edges of the root, by byte; 0 for none.
    private var first = [Int32](repeating: 0, count: 256)
    /// The number of the string that ends at a node; −1 for none.
    private var numbers: [Int32] = [-1]

    /// An empty tree with room for about this many strings.
    init(reserving strings: Int = 0) {
        var capacity = 1024
        while capacity < strings * 8 { capacity *= 2 }
        slots = [UInt64](repeating: 0, count: capacity)
        shift = UInt64(64 - capacity.trailingZeroBitCount)
        numbers.reserveCapacity(strings * 3)
    }

    /// The tree's root: where every search begins.
    static let root = 0

    /// The node that a byte leads to from a node; −1 for none.
    @inline(__always)
    func next(_ node: Int, _ byte: UInt8) -> Int {
        if node == Self.root {
            let next = Int(first[Int(byte)])
            return next == 0 ? -1 : next
        }
        let key = UInt64(node) << 8 | UInt64(byte)
        var slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while slots[slot] != 0 {
            if slots[slot] >> 24 == key { return Int(slots[slot] & 0xFF_FFFF) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return -1
    }

    /// The number of the string that ends at a node; −1 for none.
    @inline(__always)
    func number(_ node: Int) -> Int32 { numbers[node] }

    /// The number of a string; −1 where it is not there.
    func number(of bytes: some Sequence<UInt8>) -> Int32 {
        var node = Self.root
        for byte in bytes {
            node = next(node, byte)
            if node < 0 { return -1 }
        }
        return node == Self.root ? -1 : numbers[node]
    }

    /// The number of the string in a range of bytes; −1 where it is not there.
    @inline(__always)
    func number(of bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int32 {
        var node = Self.root
        for position in start..<end {
            node = next(node, bytes[position])
            if node < 0 { return -1 }
        }
        return node == Self.root ? -1 : numbers[node]
    }

    /// Adds a string; one that is there already gets the new number.
    ///
    /// - Precondition: all strings together have fewer than 2²⁴ bytes that are not shared.
    mutating func insert(_ bytes: some Sequence<UInt8>, _ number: Int32) {
        var node = Self.root
        for byte in bytes {
            var child = next(node, byte)
            if child < 0 {
                child = numbers.count
                precondition(child < 1 << 24, "a vocabulary's tree has fewer than 2²⁴ nodes")
                numbers.append(-1)
                if node == Self.root {
                    first[Int(byte)] = Int32(child)
                } else {
                    store(UInt64(node) << 8 | UInt64(byte), child)
                }
            }
            node = child
        }
        if node != Self.root { numbers[node] = number }
    }

    private mutating func store(_ key: UInt64, _ child: Int) {
        if edges * 2 >= slots.count {
            let old = slots
            slots = [UInt64](repeating: 0, count: old.count * 2)
            shift -= 1
            for entry in old where entry != 0 { place(entry) }
        }
        edges += 1
        place(key << 24 | UInt64(child))
    }

    private mutating func place(_ entry: UInt64) {
        var slot = Int(((entry >> 24) &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }
}
