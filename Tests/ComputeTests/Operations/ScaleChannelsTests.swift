import Compute
import Testing

struct ScaleChannelsTests {
    @Test(arguments: UInt64(1)...8)
    func `Every channel of a row is multiplied by that row's number`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (height, width, channels) = (sizes.next(in: 1...4), sizes.next(in: 1...5), sizes.next(in: 1...35))
        var probe = OperationProbe(
            ScaleChannels(), shapes: [.rows(height, width, channels), .rows(channels)], rows: 3, seed: seed)
        probe.workers = Workers(count: sizes.next(in: 1...3))
        let size = height * width * channels
        try probe.check { inputs in
            inputs[0].indices.map { inputs[0][$0] * inputs[1][$0 / size * channels + $0 % channels] }
        }
    }

    @Test func `Factors that do not fit the channels are refused with both shapes`() {
        let error = #expect(throws: ShapeError.self) {
            try ScaleChannels().resultShape(of: [.rows(4, 4, 8), .rows(4)])
        }
        #expect(
            error?.description
                == "scaling of channels takes (rows, …, n) and factors (rows, n), not (rows, 4, 4, 8) and (rows, 4)")
    }
}
