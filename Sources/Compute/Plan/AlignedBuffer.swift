/// Floats at an address that is a multiple of 64 bytes, so that vectors do not straddle cache lines; all 0 at first.
package final class AlignedBuffer {
    /// The first float.
    package let start: UnsafeMutablePointer<Float>
    /// Number of floats.
    package let count: Int

    /// Room for so many floats.
    package init(count: Int) {
        self.count = count
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
        start = bytes.bindMemory(to: Float.self, capacity: max(1, count))
        start.initialize(repeating: 0, count: max(1, count))
    }

    deinit { start.deallocate() }

    /// The next multiple of 16 floats, at which a buffer within this one may start.
    package static func aligned(_ count: Int) -> Int { (count + 15) & ~15 }
}
