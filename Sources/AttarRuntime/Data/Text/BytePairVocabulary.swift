/// Byte pair encoding: letters, of which the pair that was learned first is joined, again and again.
///
/// Source: Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units", ACL 2016.
struct BytePairVocabulary: Sendable {
    let tokens: ByteTrie
    let merges: MergeTable
    /// Nil where letters without a token are left out.
    let unknown: Int32?
    let fusesUnknown: Bool
    /// What stands before each letter of a word but the first, in the vocabulary.
    let continuingPrefix: [UInt8]
    /// What stands behind the last letter of a word, in the vocabulary.
    let wordSuffix: [UInt8]
    /// The tokens of the bytes of letters without a token of their own, where all 256 are there; else empty.
    let byteTokens: [Int32]
    /// Whether a word that is a token is that token, whatever the merges give.
    let ignoresMerges: Bool

    func append(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int, to ids: inout [Int32]) {
        if ignoresMerges {
            let number = tokens.number(of: bytes, start, end)
            if number >= 0 {
                ids.append(number)
                return
            }
        }
        let first = ids.count
        appendLetters(bytes, start, end, &ids)
        if ids.count - first > 24 { joinMany(&ids, from: first) } else { joinFew(&ids, from: first) }
    }

    private func appendLetters(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ ids: inout [Int32]) {
        var pending: Int32?
        var position = start
        while position < end {
            let stop = position + UTF8Scalar.length(bytes[position])
            let hasPrefix = position > start && !continuingPrefix.isEmpty
            let hasSuffix = stop == end && !wordSuffix.isEmpty
            let number: Int32
            if hasPrefix || hasSuffix {
                var letter = hasPrefix ? continuingPrefix : []
                for index in position..<stop { letter.append(bytes[index]) }
                if hasSuffix { letter += wordSuffix }
                number = tokens.number(of: letter)
            } else {
                number = tokens.number(of: bytes, position, stop)
            }
            if number >= 0 {
                if let unknown = pending { ids.append(unknown) }
                pending = nil
                ids.append(number)
            } else if !byteTokens.isEmpty {
                if hasPrefix { for byte in continuingPrefix { ids.append(byteTokens[Int(byte)]) } }
                for index in position..<stop { ids.append(byteTokens[Int(bytes[index])]) }
                if hasSuffix { for byte in wordSuffix { ids.append(byteTokens[Int(byte)]) } }
            } else if let unknown {
                if let earlier = pending, !fusesUnknown { ids.append(earlier) }
                pending = unknown
            }
            position = stop
        }
        if let unknown = pending { ids.append(unknown) }
    }

    /// Joins pairs of a short word by looking at all of them each time.
    private func joinFew(_ ids: inout [Int32], from first: Int) {
        while ids.count - first > 1 {
            var best = MergeTable.none
            var place = 0
            for index in first..<ids.count - 1 {
                let merge = merges[ids[index], ids[index + 1]]
                if merge < best { (best, place) = (merge, index) }
            }
            if best == MergeTable.none { return }
            ids[place] = Int32(truncatingIfNeeded: best & 0xFFFF_FFFF)
            ids.remove(at: place + 1)
        }
    }

    /// Joins pairs of a long word, those to come in a heap.
    private func joinMany(_ ids: inout [Int32], from first: Int) {
        var symbols = Array(ids[first...])
        let count = symbols.count
        var next = Array(1...count)
        var previous = Array(-1..<count - 1)
        // What a pair was when it was put in: a symbol that has changed since makes it void.
        var heap = MergeHeap()
        func push(_ left: Int, _ right: Int, _ heap: inout MergeHeap, _ symbols: [Int32]) {
            let merge = merges[symbols[left], symbols[right]]
            if merge != MergeTable.none { heap.push(MergeHeap.Pair(merge: merge, left: left, right: right)) }
        }
        for index in 0..<count - 1 { push(index, index + 1, &heap, symbols) }
        while let pair = heap.pop() {
            // Void: one of the two is gone or has become another symbol.
            guard symbols[pair.left] >= 0, pair.right < count, next[pair.left] == pair.right,
                merges[symbols[pair.left], symbols[pair.right]] == pair.merge
            else { continue }
            symbols[pair.left] = Int32(truncatingIfNeeded: pair.merge & 0xFFFF_FFFF)
            symbols[pair.right] = -1
            next[pair.left] = next[pair.right]
            if next[pair.left] < count {
                previous[next[pair.left]] = pair.left
                push(pair.left, next[pair.left], &heap, symbols)
            }
            if previous[pair.left] >= 0 { push(previous[pair.left], pair.left, &heap, symbols) }
        }
        ids.removeLast(ids.count - first)
        for symbol in symbols where symbol >= 0 { ids.append(symbol) }
    }
}

/// Which pairs of tokens are joined, how early, and to what.
struct MergeTable: Sendable {
    /// Two words a slot: the pair plus 1, and the merge.
    private var slots: [UInt64]
    private let shift: UInt64
    private let mask: Int

    /// What a pair is that is never joined: greater than all merges.
    static let none = UInt64.max

    /// An empty table with room for this many pairs.
    init(reserving pairs: Int) {
        var capacity = 64
        while capacity < pairs * 2 { capacity *= 2 }
        slots = [UInt64](repeating: 0, count: capacity * 2)
        shift = UInt64(64 - capacity.trailingZeroBitCount)
        mask = capacity - 1
    }

    /// A pair's rank in the upper half and the token that it becomes in the lower; `none` where it is not joined.
    @inline(__always)
    subscript(left: Int32, right: Int32) -> UInt64 {
        let key = Self.key(left, right)
        var slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while true {
            let found = slots[slot * 2]
            if found == key { return slots[slot * 2 + 1] }
            if found == 0 { return Self.none }
            slot = (slot + 1) & mask
        }
    }

    /// Adds a pair; one that is there already gets the new rank.
    mutating func insert(_ left: Int32, _ right: Int32, rank: Int, becomes token: Int32) {
        let key = Self.key(left, right)
        var slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while slots[slot * 2] != 0, slots[slot * 2] != key { slot = (slot + 1) & mask }
        slots[slot * 2] = key
        slots[slot * 2 + 1] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: token))
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        (UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))) &+ 1
    }
}

/// Pairs to join, the earliest learned first, and of equal ones the leftmost.
private struct MergeHeap {
    struct Pair {
        var merge: UInt64
        var left: Int
        var right: Int

        static func < (one: Pair, other: Pair) -> Bool {
            (one.merge, one.left) < (other.merge, other.left)
        }
    }

    private var pairs: [Pair] = []

    mutating func push(_ pair: Pair) {
        pairs.append(pair)
        var child = pairs.count - 1
        while child > 0, pairs[child] < pairs[(child - 1) / 2] {
            pairs.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> Pair? {
        guard let top = pairs.first, let last = pairs.popLast() else { return nil }
        if pairs.isEmpty { return top }
        pairs[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < pairs.count && pairs[child] < pairs[least] {
                least = child
            }
            if least == parent { return top }
            pairs.swapAt(parent, least)
            parent = least
        }
    }
}
