import Compute
import Testing

struct PoolingTests {
    private static func windows(_ picture: Reference.Picture, window: Extent, stride: Extent, zeros: Int)
        -> [[(pixel: Int, tap: Int)]]
    {
        Reference.windows(
            picture, kernel: window, stride: stride, dilation: Extent(1), padding: (Extent(zeros), Extent(zeros)))
    }

    private static func pooled(
        _ x: [Double], _ picture: Reference.Picture, _ windows: [[(pixel: Int, tap: Int)]],
        _ reduce: ([Double]) -> Double
    ) -> [Double] {
        let size = picture.height * picture.width * picture.channels
        return stride(from: 0, to: x.count, by: size).flatMap { start in
            windows.flatMap { window in
                (0..<picture.channels).map { channel in
                    reduce(window.map { x[start + $0.pixel * picture.channels + channel] })
                }
            }
        }
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    @Test(arguments: UInt64(1)...20)
    func `Windows of pictures give their largest and their mean value, overlapping or not`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let window = Extent(height: sizes.next(in: 1...3), width: sizes.next(in: 1...3))
        let stride = Extent(height: sizes.next(in: 1...3), width: sizes.next(in: 1...3))
        let zeros = min(sizes.next(in: 0...1), min(window.height, window.width) - 1)
        let picture = Reference.Picture(
            height: window.height + sizes.next(in: 0...4), width: window.width + sizes.next(in: 0...4),
            channels: sizes.next(in: 1...19))
        let windows = Self.windows(picture, window: window, stride: stride, zeros: zeros)
        let shape = Shape.rows(picture.height, picture.width, picture.channels)
        var largest = OperationProbe(
            MaxPooling2D(window, stride: stride, padding: .zeros(zeros)), shapes: [shape], rows: 2, seed: seed)
        try largest.check { Self.pooled($0[0], picture, windows) { $0.max() ?? 0 } }
        var mean = OperationProbe(
            AveragePooling2D(window, stride: stride, padding: .zeros(zeros)), shapes: [shape], rows: 2, seed: seed)
        try mean.check { Self.pooled($0[0], picture, windows, Self.mean) }
    }

    @Test func `Sequences are pooled along their length`() throws {
        let picture = Reference.Picture(height: 1, width: 7, channels: 3)
        let windows = Reference.windows(
            picture, kernel: Extent(height: 1, width: 3), stride: Extent(height: 1, width: 2), dilation: Extent(1),
            padding: (Extent(0), Extent(0)))
        var largest = OperationProbe(MaxPooling1D(3, stride: 2), shapes: [.rows(7, 3)], rows: 2, seed: 1)
        try largest.check { Self.pooled($0[0], picture, windows) { $0.max() ?? 0 } }
        var mean = OperationProbe(AveragePooling1D(3, stride: 2), shapes: [.rows(7, 3)], rows: 2, seed: 1)
        try mean.check { Self.pooled($0[0], picture, windows, Self.mean) }
    }

    @Test(arguments: UInt64(1)...6)
    func `Global pooling takes all positions of each channel`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let picture = Reference.Picture(
            height: sizes.next(in: 1...5), width: sizes.next(in: 1...5), channels: sizes.next(in: 1...40))
        let all = [(0..<picture.height * picture.width).map { (pixel: $0, tap: 0) }]
        let shape = Shape.rows(picture.height, picture.width, picture.channels)
        var mean = OperationProbe(GlobalAveragePooling(), shapes: [shape], rows: 3, seed: seed)
        try mean.check { Self.pooled($0[0], picture, all, Self.mean) }
        var largest = OperationProbe(GlobalMaxPooling(), shapes: [shape], rows: 3, seed: seed)
        try largest.check { Self.pooled($0[0], picture, all) { $0.max() ?? 0 } }
    }

    @Test func `Of equal largest values the first gets the gradient`() throws {
        var probe = OperationProbe(GlobalMaxPooling(), shapes: [.rows(3, 70)], rows: 1, seed: 1)
        let x = (0..<210).map { $0 < 70 ? Float(-1) : 2 }
        let outcome = try probe.run([x])
        let none = [Float](repeating: 0, count: 70)
        #expect(outcome.gradients[0] == none + outcome.direction + none)
    }

    @Test func `A window larger than the picture is refused with both`() {
        let error = #expect(throws: ShapeError.self) { try MaxPooling2D(4).resultShape(of: [.rows(3, 3, 1)]) }
        #expect(
            error?.description == "max pooling takes pictures at least as large as its 4×4 window, not (rows, 3, 3, 1)")
    }
}
