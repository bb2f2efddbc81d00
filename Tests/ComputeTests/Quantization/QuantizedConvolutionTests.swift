import CKernels
import Compute
import Testing

struct QuantizedConvolutionTests {
    /// Random sizes with their windows.
    private struct Sample {
        var sizes: attar_conv
        let windows: [[(pixel: Int, tap: Int)]]
        let picture: Reference.Picture
        let isDense: Bool

        /// Every fifth is a dense layer, every fourth depthwise.
        init(seed: UInt64) {
            var random = RandomSizes(seed: seed)
            isDense = seed.isMultiple(of: 5)
            let isDepthwise = !isDense && seed.isMultiple(of: 4)
            let kernel = isDense ? Extent(1) : Extent(height: random.next(in: 1...3), width: random.next(in: 1...4))
            let stride = isDense ? Extent(1) : Extent(height: random.next(in: 1...2), width: random.next(in: 1...3))
            let dilation = isDense ? Extent(1) : Extent(height: random.next(in: 1...2), width: random.next(in: 1...2))
            let zeros = isDense ? 0 : random.next(in: 0...2)
            let groups = isDense ? 1 : random.next(in: 1...3)
            let channels = isDepthwise ? random.next(in: 2...70) : groups * random.next(in: 1...(isDense ? 60 : 9))
            let outputs = isDepthwise ? channels : groups * random.next(in: 1...(isDense ? 150 : 40))
            picture = Reference.Picture(
                height: isDense ? 1 : dilation.height * (kernel.height - 1) + random.next(in: 1...5),
                width: dilation.width * (kernel.width - 1) + random.next(in: 1...15), channels: channels)
            windows = Reference.windows(
                picture, kernel: kernel, stride: stride, dilation: dilation, padding: (Extent(zeros), Extent(zeros)))
            let height = (picture.height + 2 * zeros - dilation.height * (kernel.height - 1) - 1) / stride.height + 1
            sizes = attar_conv(
                height: picture.height, width: picture.width, channels: channels, out_height: height,
                out_width: windows.count / height, outputs: outputs, kernel_height: kernel.height,
                kernel_width: kernel.width, stride_y: stride.height, stride_x: stride.width,
                dilation_y: dilation.height, dilation_x: dilation.width, top: zeros, left: zeros,
                groups: isDepthwise ? channels : groups, variant: 0)
        }

        var weightCount: Int {
            sizes.kernel_height * sizes.kernel_width * sizes.channels / sizes.groups * sizes.outputs
        }

        /// Σ w·(q − zero) by the definition.
        func sums(_ x: [UInt8], _ weight: [Float], zero: Int) -> [Int] {
            let (share, outputs) = (sizes.channels / sizes.groups, sizes.outputs)
            return windows.flatMap { window in
                (0..<outputs).map { output in
                    let first = output / (outputs / sizes.groups) * share
                    return window.reduce(0) { sum, at in
                        (0..<share).reduce(sum) {
                            let value = Int(x[at.pixel * picture.channels + first + $1]) - zero
                            return $0 + value * Int(weight[(at.tap * share + $1) * outputs + output])
                        }
                    }
                }
            }
        }
    }

    /// What the kernels make of a picture: floats and bytes.
    private static func run(
        _ sample: Sample, variant: Int, _ x: [UInt8], _ weight: [Float], _ factors: [Float], _ offsets: [Float],
        zero: UInt8, low: Float
    ) -> (floats: [Float], bytes: [UInt8]) {
        var sizes = sample.sizes
        sizes.variant = variant
        let packed = AlignedBuffer(count: attar_quantized_packed_bytes(&sizes) / 4 + 1)
        attar_quantized_pack(&sizes, weight, factors, offsets, zero, packed.start)
        let count = sizes.out_height * sizes.out_width * sizes.outputs
        var floats = [Float](repeating: .nan, count: count)
        var bytes = [UInt8](repeating: 111, count: count)
        var scratch = [UInt8](repeating: 99, count: attar_quantized_scratch_bytes(&sizes))
        // Whatever lies behind the bytes must not matter.
        let padded = x + [201, 202, 203]
        attar_quantized_conv(&sizes, padded, packed.start, zero, low, &floats, nil, &scratch)
        attar_quantized_conv(&sizes, padded, packed.start, zero, low, nil, &bytes, &scratch)
        return (floats, bytes)
    }

    /// The kernels that this processor can run; the plain one, which is the first, everywhere.
    static let variants = (0...4).filter { attar_quantized_has($0) }

    @Test(arguments: variants, UInt64(1)...40)
    func `The kernels of every instruction set give the bits of the definition`(variant: Int, seed: UInt64) {
        let sample = Sample(seed: seed)
        var generator = SeededGenerator(seed: seed, stream: "bytes")
        let zero = generator.index(below: 256)
        let x = (0..<sample.picture.height * sample.picture.width * sample.picture.channels).map { _ in
            UInt8(generator.index(below: 256))
        }
        let weight = (0..<sample.weightCount).map { _ in Float(generator.index(below: 255) - 127) }
        let factors = (0..<sample.sizes.outputs).map { _ in 0.01 * generator.uniform() }
        let offsets = (0..<sample.sizes.outputs).map { _ in 250 * generator.uniform() }
        let low: Float = seed.isMultiple(of: 2) ? Float(zero) : 0
        let (floats, bytes) = Self.run(
            sample, variant: variant, x, weight, factors, offsets, zero: UInt8(zero), low: low)
        for (index, sum) in sample.sums(x, weight, zero: zero).enumerated() {
            let output = index % sample.sizes.outputs
            let product = Float(sum) * factors[output]
            let expected = max(product + offsets[output], low)
            #expect(floats[index] == expected, "result \(index)")
            #expect(bytes[index] == UInt8(min(expected, 255) + 0.5), "byte \(index)")
        }
    }

    @Test(arguments: variants, [Float(127), -127])
    func `The largest bytes and weights do not saturate`(variant: Int, weight: Float) {
        var sample = Sample(seed: 5)
        let channels = Int(ATTAR_QUANTIZED_MOST_PRODUCTS)
        (sample.sizes.channels, sample.sizes.width, sample.sizes.out_width, sample.sizes.outputs) = (channels, 1, 1, 1)
        for (byte, zero) in [(UInt8(255), UInt8(0)), (0, 255)] {
            let (floats, _) = Self.run(
                sample, variant: variant, [UInt8](repeating: byte, count: channels),
                [Float](repeating: weight, count: channels), [1], [0], zero: zero, low: -.infinity)
            #expect(floats == [Float(channels * (Int(byte) - Int(zero)) * Int(weight))])
        }
    }
}
