import Compute
import Testing

struct ArenaLayoutTests {
    @Test(arguments: UInt64(1)...20)
    func `Buffers that live at the same time never overlap`(seed: UInt64) {
        var sizes = RandomSizes(seed: seed)
        var layout = ArenaLayout()
        var placed: [(range: Range<Int>, lifetime: ClosedRange<Int>)] = []
        for _ in 0..<30 {
            let (size, start, length) = (sizes.next(in: 1...100), sizes.next(in: 0...20), sizes.next(in: 0...8))
            let lifetime = start...start + length
            let offset = layout.place(size: size, lifetime: lifetime)
            #expect(offset % 16 == 0)
            #expect(offset + size <= layout.count)
            for other in placed where other.lifetime.overlaps(lifetime) {
                #expect(!other.range.overlaps(offset..<offset + size))
            }
            placed.append((offset..<offset + size, lifetime))
        }
    }

    @Test func `Buffers that live one after the other share a place`() {
        var layout = ArenaLayout()
        for moment in 0..<10 { _ = layout.place(size: 64, lifetime: moment...moment + 1) }
        #expect(layout.count == 128)
    }
}
