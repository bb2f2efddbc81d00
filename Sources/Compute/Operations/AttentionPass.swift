internal import CKernels

/// How a worker's room is divided while it works on one head of one row.
struct AttentionRoom {
    /// The most queries that are worked on at a time: what is above a block's diagonal is not computed where attention is causal.
    static let block = 32

    let queryCount: Int
    let keyCount: Int
    let width: Int
    let isRotary: Bool

    /// Floats from one query's scores to the next: whole vectors.
    var stride: Int { AlignedBuffer.aligned(keyCount) }
    /// Scores, or their gradient, of one block of queries: (block, stride).
    var scores: Int { min(Self.block, queryCount) * stride }
    /// Turned queries (queries, width), or their gradient.
    var queries: Int { isRotary ? AlignedBuffer.aligned(queryCount * width) : 0 }
    /// Turned keys (keys, width), or their gradient.
    var keys: Int { isRotary ? AlignedBuffer.aligned(keyCount * width) : 0 }
    /// Floats in all: scores, queries, keys, and the gradients of the latter two.
    var count: Int { scores + 2 * (queries + keys) }
}

/// Attention over one batch: where queries, keys and values lie, and the work on one head of one row, which is a pair.
struct AttentionPass {
    /// One of the three, which may be columns of a wider tensor.
    private struct Part {
        let values: UnsafeMutablePointer<Float>
        let gradient: UnsafeMutablePointer<Float>?
        /// Floats from one row of the batch to the next.
        let row: Int
        /// Floats from one position to the next.
        let stride: Int

        init(_ operand: Frame.Operand, column: Int = 0) {
            values = operand.values + column
            gradient = operand.gradient.map { $0 + column }
            row = operand.width
            stride = operand.dimensions.last
        }
    }

    /// A matrix of which one row follows the other after `stride` floats.
    private typealias Strided = (start: UnsafeMutablePointer<Float>, stride: Int)

    let room: AttentionRoom
    private let (heads, isCausal): (Int, Bool)
    private let queries: Part
    private let keys: Part
    private let values: Part
    private let result: Part
    private let ids: UnsafePointer<Float>?
    private let table: UnsafePointer<Float>?

    init(_ operation: MultiHeadAttention, _ frame: borrowing Frame) {
        let width = frame.result.dimensions.last
        let isPacked = frame.inputCount <= 2
        queries = Part(frame[0])
        keys = isPacked ? Part(frame[0], column: width) : Part(frame[1])
        values = isPacked ? Part(frame[0], column: 2 * width) : Part(frame[2])
        result = Part(frame.result)
        ids = operation.hidesPadding ? UnsafePointer(frame[frame.inputCount - 1].values) : nil
        table = operation.rotaryBase == nil ? nil : UnsafePointer(frame.prepared)
        (heads, isCausal) = (operation.heads, operation.isCausal)
        room = AttentionRoom(
            queryCount: frame.result.dimensions[0], keyCount: frame[isPacked ? 0 : 1].dimensions[0],
            width: width / operation.heads, isRotary: table != nil)
    }

    /// Pairs that are worth another thread.
    var grain: Int { max(1, 1 << 17 / max(1, room.queryCount * room.keyCount * room.width)) }

    private var factor: Float { 1 / Float(room.width).squareRoot() }

    /// Where a pair's columns of a part begin.
    private func place(_ part: Part, _ pair: Int) -> Int { pair / heads * part.row + pair % heads * room.width }

    /// A pair's queries or keys, turned by their positions where that is wanted.
    private func turned(_ part: Part, _ pair: Int, count: Int, into space: UnsafeMutablePointer<Float>) -> Strided {
        let start = part.values + place(part, pair)
        guard let table else { return (start, part.stride) }
        attar_rotate(start, part.stride, table, false, space, room.width, count, room.width)
        return (space, room.width)
    }

    /// The keys of a pair up to the last that is no padding.
    private func known(_ pair: Int) -> Int {
        guard let ids else { return room.keyCount }
        let own = ids + pair / heads * room.keyCount
        var count = room.keyCount
        while count > 0, own[count - 1] == 0 { count -= 1 }
        return count
    }

    /// The keys that some query of a block sees.
    private func seen(_ block: Range<Int>, of known: Int) -> Int { isCausal ? min(block.upperBound, known) : known }

    private func block(_ start: Int) -> Range<Int> { start..<min(start + AttentionRoom.block, room.queryCount) }

    /// Computes a pair's columns of the result.
    ///
    /// - Parameters:
    ///   - kept: receives the probabilities of all pairs; nil where nobody needs them later.
    ///   - space: `room.count` floats.
    func forward(_ pair: Int, kept: UnsafeMutablePointer<Float>?, room space: UnsafeMutablePointer<Float>) {
        let (count, width, known) = (room.keyCount, room.width, known(pair))
        if known == 0 { return clear(result.values + place(result, pair), result.stride, 0..<room.queryCount) }
        let q = turned(queries, pair, count: room.queryCount, into: space + room.scores)
        let k = turned(keys, pair, count: count, into: space + room.scores + room.queries)
        let v = values.values + place(values, pair)
        let y = result.values + place(result, pair)
        var sight = attar_attention_sight()
        sight.causal = isCausal
        sight.ids = ids.map { $0 + pair / heads * count }
        for start in stride(from: 0, to: room.queryCount, by: AttentionRoom.block) {
            let block = block(start)
            let seen = seen(block, of: known)
            let p = kept.map { $0 + (pair * room.queryCount + start) * room.stride } ?? space
            BLAS.product(
                q.start + start * q.stride, k.start, into: p, rows: block.count, columns: seen, inner: width,
                transposingRight: true, leftStride: q.stride, rightStride: k.stride, productStride: room.stride,
                factor: factor)
            sight.first = start
            attar_attention_softmax(p, block.count, seen, room.stride, sight)
            BLAS.product(
                p, v, into: y + start * result.stride, rows: block.count, columns: width, inner: seen,
                leftStride: room.stride, rightStride: values.stride, productStride: result.stride)
        }
    }

    /// Computes a pair's columns of the gradients from the result's gradient.
    func backward(
        _ pair: Int, kept: UnsafeMutablePointer<Float>, slope: UnsafeMutablePointer<Float>,
        room space: UnsafeMutablePointer<Float>
    ) {
        let (count, width, known) = (room.keyCount, room.width, known(pair))
        if let gradient = keys.gradient { clear(gradient + place(keys, pair), keys.stride, known..<count) }
        if let gradient = values.gradient { clear(gradient + place(values, pair), values.stride, known..<count) }
        if known == 0 {
            if let gradient = queries.gradient {
                clear(gradient + place(queries, pair), queries.stride, 0..<room.queryCount)
            }
            return
        }
        let turnedQueries = space + room.scores
        let turnedKeys = turnedQueries + room.queries
        let q = turned(queries, pair, count: room.queryCount, into: turnedQueries)
        let k = turned(keys, pair, count: count, into: turnedKeys)
        let v = values.values + place(values, pair)
        let dy = slope + place(result, pair)
        let dq = target(queries, pair, space: turnedKeys + room.keys)
        let dk = target(keys, pair, space: turnedKeys + room.keys + room.queries)
        let dv = values.gradient.map { $0 + place(values, pair) }
        // The last block sees all keys: it overwrites, the others add.
        for index in (0..<(room.queryCount + AttentionRoom.block - 1) / AttentionRoom.block).reversed() {
            let start = index * AttentionRoom.block
            let block = block(start)
            let (seen, isLast) = (seen(block, of: known), block.upperBound == room.queryCount)
            let p = kept + (pair * room.queryCount + start) * room.stride
            let slope = dy + start * result.stride
            if let dv {
                BLAS.product(
                    p, slope, into: dv, rows: seen, columns: width, inner: block.count, transposingLeft: true,
                    leftStride: room.stride, rightStride: result.stride, productStride: values.stride, adding: !isLast)
            }
            guard dq != nil || dk != nil else { continue }
            BLAS.product(
                slope, v, into: space, rows: block.count, columns: seen, inner: width, transposingRight: true,
                leftStride: result.stride, rightStride: values.stride, productStride: room.stride)
            attar_attention_softmax_gradient(p, space, block.count, seen, room.stride)
            if let dq {
                BLAS.product(
                    space, k.start, into: dq.start + start * dq.stride, rows: block.count, columns: width, inner: seen,
                    leftStride: room.stride, rightStride: k.stride, productStride: dq.stride, factor: factor)
            }
            if let dk {
                BLAS.product(
                    space, q.start + start * q.stride, into: dk.start, rows: seen, columns: width, inner: block.count,
                    transposingLeft: true, leftStride: room.stride, rightStride: q.stride, productStride: dk.stride,
                    factor: factor,
                    adding: !isLast)
            }
        }
        turnBack(dq, queries, pair, count: room.queryCount)
        turnBack(dk, keys, pair, count: known)
    }

    /// Sets a head's columns of some positions to 0.
    private func clear(_ start: UnsafeMutablePointer<Float>, _ stride: Int, _ positions: Range<Int>) {
        for position in positions { (start + position * stride).update(repeating: 0, count: room.width) }
    }

    /// Where a pair's gradient of queries or keys is made: in its place, or in `space` where it still has to be turned back.
    private func target(_ part: Part, _ pair: Int, space: UnsafeMutablePointer<Float>) -> Strided? {
        guard let gradient = part.gradient else { return nil }
        return table == nil ? (gradient + place(part, pair), part.stride) : (space, room.width)
    }

    private func turnBack(_ made: Strided?, _ part: Part, _ pair: Int, count: Int) {
        guard let table, let made, let gradient = part.gradient else { return }
        attar_rotate(
            made.start, made.stride, table, true, gradient + place(part, pair), part.stride, count, room.width)
    }
}
