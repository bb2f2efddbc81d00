internal import CKernels

/// Multiplies each channel of a row by a number of that row: x (rows, …, n), factors (rows, n) → y (rows, …, n).
///
/// y[row, position, channel] = x[row, position, channel]·factors[row, channel].
public struct ScaleChannels: Operation {
    /// A product by channel.
    public init() {}

    public var name: String { "scaling of channels" }
    public var onnxName: String { "Mul" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].isBatched, inputs[0].count > 0, let channels = inputs[0].dimensions.last,
            inputs[1] == .rows(channels)
        else { throw ShapeError(name, inputs, expected: "(rows, …, n) and factors (rows, n)") }
        return inputs[0]
    }

    /// Rows that are worth another thread.
    private func grain(_ width: Int) -> Int { max(1, 1 << 15 / width) }

    public func forward(_ frame: borrowing Frame) {
        let (x, factors, y) = (frame[0].values, frame[1].values, frame.result.values)
        let (width, channels) = (frame[0].width, frame[1].width)
        frame.parallel(frame.rows, atLeast: grain(width)) { rows, _ in
            for row in rows {
                attar_multiply_channels(
                    x + row * width, factors + row * channels, y + row * width, width / channels, channels)
            }
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient else { return }
        let (x, factors) = (frame[0].values, frame[1].values)
        let (dx, slopes) = (frame[0].gradient, frame[1].gradient)
        let (width, channels) = (frame[0].width, frame[1].width)
        frame.parallel(frame.rows, atLeast: grain(width)) { rows, _ in
            for row in rows {
                let (start, first) = (row * width, row * channels)
                if let slopes {
                    attar_channel_products(x + start, dy + start, slopes + first, width / channels, channels)
                }
                if let dx {
                    attar_multiply_channels(dy + start, factors + first, dx + start, width / channels, channels)
                }
            }
        }
    }
}
