internal import CKernels

/// What the pooling operations share: a sequence is a picture of one row.
struct Pooling: Hashable, Sendable {
    /// What is made of a window.
    enum Kind: Hashable, Sendable {
        case largest
        case mean
    }

    let name: String
    let kind: Kind
    /// Dimensions that the window moves along: 1 or 2.
    let dimensions: Int
    let motion: KernelMotion

    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, let extent = inputs[0].extent(dimensions: dimensions) else {
            let shape = dimensions == 1 ? "(rows, length, channels)" : "(rows, height, width, channels)"
            throw ShapeError(name, inputs, expected: shape)
        }
        guard let results = motion.results(over: extent) else {
            throw ShapeError(
                name, inputs,
                expected: "pictures at least as large as its \(motion.description(dimensions: dimensions)) window")
        }
        let channels = inputs[0].dimensions[dimensions]
        return dimensions == 1 ? .rows(results.width, channels) : .rows(results.height, results.width, channels)
    }

    /// One byte for each result of a pooling by the largest: which pixel it was.
    func savedCount(result: Shape, rows: Int) -> Int {
        kind == .largest ? (result.count(rows: rows) + 3) / 4 : 0
    }

    func sizes(_ picture: Dimensions, _ result: Dimensions) -> attar_pool {
        let flat = dimensions == 1
        return attar_pool(
            height: flat ? 1 : picture[0], width: flat ? picture[0] : picture[1], channels: picture.last,
            out_height: flat ? 1 : result[0], out_width: flat ? result[0] : result[1],
            window_height: motion.kernel.height, window_width: motion.kernel.width,
            stride_y: motion.stride.height, stride_x: motion.stride.width, top: motion.before.height,
            left: motion.before.width)
    }

    func forward(_ frame: borrowing Frame) {
        let sizes = sizes(frame[0].dimensions, frame.result.dimensions)
        let (x, y, from, to) = (frame[0].values, frame.result.values, frame[0].width, frame.result.width)
        let kind = kind
        let places =
            frame.isTraining ? UnsafeMutableRawPointer(frame.saved).assumingMemoryBound(to: UInt8.self) : nil
        frame.parallel(frame.rows, atLeast: max(1, 1 << 15 / max(1, from))) { pictures, _ in
            var sizes = sizes
            for picture in pictures {
                switch kind {
                case .largest:
                    attar_max_pool(&sizes, x + picture * from, y + picture * to, places.map { $0 + picture * to })
                case .mean: attar_average_pool(&sizes, x + picture * from, y + picture * to)
                }
            }
        }
    }

    func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient, let dx = frame[0].gradient else { return }
        let sizes = sizes(frame[0].dimensions, frame.result.dimensions)
        let (from, to) = (frame[0].width, frame.result.width)
        let kind = kind
        let places = UnsafeMutableRawPointer(frame.saved).assumingMemoryBound(to: UInt8.self)
        frame.parallel(frame.rows, atLeast: max(1, 1 << 15 / max(1, from))) { pictures, _ in
            var sizes = sizes
            for picture in pictures {
                switch kind {
                case .largest:
                    attar_max_pool_gradient(&sizes, places + picture * to, dy + picture * to, dx + picture * from)
                case .mean: attar_average_pool_gradient(&sizes, dy + picture * to, dx + picture * from)
                }
            }
        }
    }
}

/// A pooling of one or two dimensions: an operation that is done by what they share.
protocol WindowPooling: Operation, Layer {
    /// What is computed.
    var pooling: Pooling { get }
}

extension WindowPooling {
    public var name: String { pooling.name }
    public var onnxName: String { pooling.kind == .largest ? "MaxPool" : "AveragePool" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape { try pooling.resultShape(of: inputs) }

    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int {
        pooling.savedCount(result: result, rows: rows)
    }

    public func forward(_ frame: borrowing Frame) { pooling.forward(frame) }

    public func backward(_ frame: borrowing Frame) { pooling.backward(frame) }
}
