#if canImport(Glibc)
    internal import Glibc
#endif

/// Floats at an address that is a multiple of 64 bytes, so that vectors do not straddle cache lines; all 0 at first.
package final class AlignedBuffer {
    /// The first float.
    package let start: UnsafeMutablePointer<Float>
    /// Number of floats.
    package let count: Int

    /// Bytes of the large pages that spare the processor most of its address translations, which a step over many megabytes
    /// otherwise waits for.
    private static let hugePage = 1 << 21

    /// Room for so many floats.
    package init(count: Int) {
        self.count = count
        let size = max(1, count) * MemoryLayout<Float>.stride
        let isLarge = size >= 2 * Self.hugePage
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: isLarge ? Self.hugePage : 64)
        #if canImport(Glibc)
            // Before the pages are touched. Where the system has none, nothing is lost.
            if isLarge { madvise(bytes, size / Self.hugePage * Self.hugePage, MADV_HUGEPAGE) }
        #endif
        start = bytes.bindMemory(to: Float.self, capacity: max(1, count))
        start.initialize(repeating: 0, count: max(1, count))
    }

    deinit { start.deallocate() }

    /// The next multiple of 16 floats, at which a buffer within this one may start.
    package static func aligned(_ count: Int) -> Int { (count + 15) & ~15 }
}
