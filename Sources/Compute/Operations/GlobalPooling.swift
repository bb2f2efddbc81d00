internal import CKernels

/// The mean of each channel over all positions: (rows, …, channels) → (rows, channels).
public struct GlobalAveragePooling: Operation, Layer {
    /// Pooling over all positions.
    public init() {}

    public var name: String { "global average pooling" }
    public var onnxName: String { "GlobalAveragePool" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        try Shape.channels(of: inputs, for: name)
    }

    public func forward(_ frame: borrowing Frame) {
        let (x, y) = (frame[0].values, frame.result.values)
        let (width, channels) = (frame[0].width, frame.result.width)
        frame.parallel(frame.rows, atLeast: max(1, 1 << 15 / max(1, width))) { rows, _ in
            for row in rows {
                attar_column_sums(x + row * width, y + row * channels, width / channels, channels)
                attar_scale(y + row * channels, channels, 1 / Float(width / channels))
            }
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient, let dx = frame[0].gradient else { return }
        let (width, channels) = (frame[0].width, frame.result.width)
        let share = 1 / Float(width / channels)
        for row in 0..<frame.rows {
            let slope = dy + row * channels
            attar_scale(slope, channels, share)
            for position in 0..<width / channels {
                (dx + row * width + position * channels).update(from: slope, count: channels)
            }
        }
    }
}

/// The largest value of each channel over all positions: (rows, …, channels) → (rows, channels).
public struct GlobalMaxPooling: Operation, Layer {
    /// Pooling over all positions.
    public init() {}

    public var name: String { "global max pooling" }
    public var onnxName: String { "GlobalMaxPool" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        try Shape.channels(of: inputs, for: name)
    }

    public func forward(_ frame: borrowing Frame) {
        let (x, y) = (frame[0].values, frame.result.values)
        let (width, channels) = (frame[0].width, frame.result.width)
        frame.parallel(frame.rows, atLeast: max(1, 1 << 15 / max(1, width))) { rows, _ in
            for row in rows { attar_channel_maxima(x + row * width, y + row * channels, width / channels, channels) }
        }
    }

    /// The gradient goes to the first position that holds the largest value.
    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient, let dx = frame[0].gradient else { return }
        let (x, y) = (frame[0].values, frame.result.values)
        let (width, channels) = (frame[0].width, frame.result.width)
        frame.parallel(frame.rows, atLeast: max(1, 1 << 15 / max(1, width))) { rows, _ in
            for row in rows {
                attar_channel_maxima_gradient(
                    x + row * width, y + row * channels, dy + row * channels, dx + row * width, width / channels,
                    channels)
            }
        }
    }
}

extension Shape {
    /// (rows, channels) for one input (rows, …, channels) of at least two dimensions beside the batch.
    static func channels(of inputs: [Shape], for name: String) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].isBatched, inputs[0].dimensions.count > 1, inputs[0].count > 0,
            let channels = inputs[0].dimensions.last
        else { throw ShapeError(name, inputs, expected: "(rows, positions…, channels)") }
        return .rows(channels)
    }
}
