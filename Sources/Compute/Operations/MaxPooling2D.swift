/// The largest value of each window and channel: (rows, height, width, channels) → (rows, height', width', channels).
public struct MaxPooling2D: WindowPooling {
    let pooling: Pooling

    /// Pooling by windows of a size.
    ///
    /// - Parameters:
    ///   - window: the window's size, at least 1, of at most 255 pixels.
    ///   - stride: how far the window moves, at least 1; nil for its own size, so that windows do not overlap.
    ///   - padding: what surrounds the picture; it does not count.
    public init(_ window: Extent, stride: Extent? = nil, padding: Padding = .none) {
        let stride = stride ?? window
        precondition(window.height > 0 && window.width > 0, "a window has at least one pixel")
        precondition(stride.height > 0 && stride.width > 0, "a window moves by at least one pixel")
        pooling = Pooling(
            name: "max pooling", kind: .largest, dimensions: 2,
            motion: KernelMotion(kernel: window, stride: stride, padding: padding))
    }

    /// Pooling by square windows that do not overlap.
    public init(_ window: Int) { self.init(Extent(window)) }
}
