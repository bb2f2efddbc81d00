/// The likeliest way to cut a text, where each token has a probability of its own: Viterbi's search.
///
/// Source: Kudo, "Subword Regularization", ACL 2018, as SentencePiece searches.
struct UnigramVocabulary: Sendable {
    let tokens: ByteTrie
    /// The logarithm of each token's probability.
    let scores: [Double]
    let unknown: Int32?
    /// The tokens of bytes, where all 256 are there and stand for letters without a token; else empty.
    let byteTokens: [Int32]
    private let unknownScore: Double

    init(tokens: ByteTrie, scores: [Double], unknown: Int32?, byteTokens: [Int32]) {
        (self.tokens, self.scores, self.unknown, self.byteTokens) = (tokens, scores, unknown, byteTokens)
        // An unknown letter is worse than any token by this.
        unknownScore = (scores.min() ?? 0) - 10
    }

    /// The best way to a position.
    struct Step {
        var score = 0.0
        var start: Int32 = -1
        var id: Int32 = -1
    }

    func append(
        _ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ steps: inout [Step], to ids: inout [Int32]
    ) {
        steps.removeAll(keepingCapacity: true)
        for _ in start...end { steps.append(Step()) }
        var position = start
        while position < end {
            let score = steps[position - start].score
            let length = UTF8Scalar.length(bytes[position])
            var hasLetter = false
            var node = ByteTrie.root
            var next = position
            while next < end {
                node = tokens.next(node, bytes[next])
                if node < 0 { break }
                next += 1
                let id = tokens.number(node)
                if id < 0 { continue }
                let candidate = score + scores[Int(id)]
                if steps[next - start].start < 0 || candidate > steps[next - start].score {
                    steps[next - start] = Step(score: candidate, start: Int32(position), id: id)
                }
                if next - position == length { hasLetter = true }
            }
            if !hasLetter {
                let stop = position + length - start
                let candidate = score + unknownScore
                if steps[stop].start < 0 || candidate > steps[stop].score {
                    steps[stop] = Step(score: candidate, start: Int32(position), id: -1)
                }
            }
            position += length
        }
        collect(bytes, start, end, steps, &ids)
    }

    /// Walks back along the best way; unknown letters side by side are one.
    private func collect(
        _ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ steps: [Step], _ ids: inout [Int32]
    ) {
        let first = ids.count
        var stop = end
        while stop > start {
            let step = steps[stop - start]
            var begin = Int(step.start)
            if step.id >= 0, step.id != unknown {
                ids.append(step.id)
            } else {
                while unknown != nil, begin > start {
                    let before = steps[begin - start]
                    guard before.id < 0 || before.id == unknown else { break }
                    begin = Int(before.start)
                }
                appendUnknown(bytes, begin, stop, &ids)
            }
            stop = begin
        }
        ids[first...].reverse()
    }

    /// Appends what stands for a text without a token, last id first.
    private func appendUnknown(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ ids: inout [Int32]) {
        let known = tokens.number(of: bytes, start, end)
        if known >= 0 {
            ids.append(known)
        } else if !byteTokens.isEmpty {
            for position in (start..<end).reversed() { ids.append(byteTokens[Int(bytes[position])]) }
        } else if let unknown {
            ids.append(unknown)
        }
    }
}
