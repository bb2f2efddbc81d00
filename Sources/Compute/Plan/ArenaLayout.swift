/// Decides where in one block of memory each buffer goes: buffers that are never needed at the same time may share a place.
package struct ArenaLayout {
    /// A buffer that was placed.
    private struct Placed {
        let range: Range<Int>
        let lifetime: ClosedRange<Int>
    }

    private var placed: [Placed] = []
    /// Number of floats of the whole block.
    package private(set) var count = 0

    /// An empty block.
    package init() {}

    /// Finds the lowest place for a buffer.
    ///
    /// - Parameters:
    ///   - size: number of floats.
    ///   - lifetime: the first and the last moment at which the buffer is in use.
    /// - Returns: the offset of its first float, a multiple of 16.
    package mutating func place(size: Int, lifetime: ClosedRange<Int>) -> Int {
        let size = AlignedBuffer.aligned(size)
        var offset = 0
        let contemporaries = placed.filter { $0.lifetime.overlaps(lifetime) }
        for other in contemporaries.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if offset + size <= other.range.lowerBound { break }
            offset = max(offset, other.range.upperBound)
        }
        placed.append(Placed(range: offset..<offset + size, lifetime: lifetime))
        count = max(count, offset + size)
        return offset
    }
}
