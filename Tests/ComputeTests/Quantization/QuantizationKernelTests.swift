import CKernels
import Compute
import Testing

struct QuantizationKernelTests {
    private static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed, stream: "bytes")
        return (0..<count).map { _ in UInt8(generator.index(below: 256)) }
    }

    private static func rounded(_ value: Float, low: Float = 0) -> UInt8 { UInt8(min(max(value, low), 255) + 0.5) }

    @Test(arguments: [1, 7, 100])
    func `Numbers become the nearest byte, and bytes the numbers that they stand for`(count: Int) {
        var generator = SeededGenerator(seed: 3, stream: "numbers")
        let x = (0..<count).map { _ in 4 * generator.normal() }
        let form = Quantization(from: -5, to: 7.75)
        #expect(form.zero == 100 && form.scale == 0.05)
        var q = [UInt8](repeating: 9, count: count)
        attar_to_bytes(x, &q, count, form.scale, form.zero)
        var back = [Float](repeating: .nan, count: count)
        attar_from_bytes(q, &back, count, form.scale, form.zero)
        for index in 0..<count {
            let kept = min(max(x[index], -5), 7.75)
            #expect(abs(back[index] - kept) <= 0.025 + 1e-5, "\(x[index]) became \(q[index])")
            #expect(back[index] == form.scale * (Float(q[index]) - form.zero))
        }
    }

    @Test func `A range always holds 0 exactly, and one of nothing but 0 has a scale`() {
        #expect(Quantization(from: 3, to: 5.1) == Quantization(from: 0, to: 5.1))
        #expect(Quantization(from: -5.1, to: -3).zero == 255)
        #expect(Quantization(from: 0, to: 0).scale == 1)
        #expect(Quantization(from: -.greatestFiniteMagnitude, to: .greatestFiniteMagnitude).scale.isFinite)
    }

    @Test(arguments: [1, 33, 1000], [Float(0), 90])
    func `Sums are rounded once and do not fall below the lowest byte`(count: Int, low: Float) {
        let (a, b) = (Self.bytes(count, seed: 1), Self.bytes(count, seed: 2))
        var y = [UInt8](repeating: 7, count: count)
        attar_add_bytes(a, b, &y, count, 0.75, 1.5, -60, low)
        for index in 0..<count {
            let left = Float(a[index]) * 0.75
            let right = Float(b[index]) * 1.5
            #expect(y[index] == Self.rounded(left + right - 60, low: low))
        }
    }

    @Test(arguments: UInt64(1)...20)
    func `Pooling takes the largest byte, or the mean of those inside of the picture`(seed: UInt64) {
        var random = RandomSizes(seed: seed)
        let window = Extent(height: random.next(in: 1...3), width: random.next(in: 1...3))
        let stride = Extent(height: random.next(in: 1...3), width: random.next(in: 1...3))
        let padding = min(window.height, window.width) > 1 ? random.next(in: 0...1) : 0
        let picture = Reference.Picture(
            height: window.height + random.next(in: 0...5), width: window.width + random.next(in: 0...5),
            channels: seed == 1 ? 300 : random.next(in: 1...40))
        let windows = Reference.windows(
            picture, kernel: window, stride: stride, dilation: Extent(1), padding: (Extent(padding), Extent(padding)))
        let height = (picture.height + 2 * padding - window.height) / stride.height + 1
        var pool = attar_pool(
            height: picture.height, width: picture.width, channels: picture.channels, out_height: height,
            out_width: windows.count / height, window_height: window.height, window_width: window.width,
            stride_y: stride.height, stride_x: stride.width, top: padding, left: padding)
        let x = Self.bytes(picture.height * picture.width * picture.channels, seed: seed)
        var largest = [UInt8](repeating: 7, count: windows.count * picture.channels)
        var means = largest
        attar_max_pool_bytes(&pool, x, &largest)
        attar_average_pool_bytes(&pool, x, &means, 100, 1.25, 80)
        for (index, window) in windows.enumerated() {
            for channel in 0..<picture.channels {
                let values = window.map { Int(x[$0.pixel * picture.channels + channel]) }
                let place = index * picture.channels + channel
                #expect(Int(largest[place]) == values.max())
                let factor = 1.25 / Float(values.count)
                let mean = Float(values.reduce(0) { $0 + $1 - 100 }) * factor
                #expect(means[place] == Self.rounded(mean + 80))
            }
        }
    }
}
