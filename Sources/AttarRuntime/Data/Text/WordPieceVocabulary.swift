/// The longest tokens first, from the left: BERT's way of cutting a word.
///
/// Source: Devlin, Chang, Lee and Toutanova, "BERT", NAACL 2019; Schuster and Nakajima, ICASSP 2012.
struct WordPieceVocabulary: Sendable {
    /// Tokens as they stand.
    let whole: ByteTrie
    /// Tokens that go on a word, without their prefix.
    let continuing: ByteTrie
    let unknown: Int32
    /// Longer words, in scalars, are unknown.
    let longest: Int

    func append(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int, to ids: inout [Int32]) {
        let before = ids.count
        if end - start > longest {
            var scalars = 0
            for position in start..<end where bytes[position] & 0xC0 != 0x80 { scalars += 1 }
            if scalars > longest {
                ids.append(unknown)
                return
            }
        }
        var position = start
        while position < end {
            var node = ByteTrie.root
            var (found, stop) = (Int32(-1), position)
            var next = position
            while next < end {
                node = position == start ? whole.next(node, bytes[next]) : continuing.next(node, bytes[next])
                if node < 0 { break }
                next += 1
                let number = position == start ? whole.number(node) : continuing.number(node)
                if number >= 0 { (found, stop) = (number, next) }
            }
            if found < 0 {
                ids.removeLast(ids.count - before)
                ids.append(unknown)
                return
            }
            ids.append(found)
            position = stop
        }
    }
}
