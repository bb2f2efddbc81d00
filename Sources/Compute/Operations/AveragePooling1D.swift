/// The mean of each window and channel: (rows, length, channels) → (rows, length', channels).
public struct AveragePooling1D: WindowPooling {
    let pooling: Pooling

    /// Pooling by windows of a size.
    ///
    /// - Parameters:
    ///   - window: the window's size, at least 1.
    ///   - stride: how far the window moves, at least 1; nil for its own size, so that windows do not overlap.
    ///   - padding: what surrounds the sequence; it does not count.
    public init(_ window: Int, stride: Int? = nil, padding: Padding = .none) {
        let stride = stride ?? window
        precondition(window > 0 && stride > 0, "window and stride are at least 1")
        pooling = Pooling(
            name: "average pooling of sequences", kind: .mean, dimensions: 1,
            motion: KernelMotion(
                kernel: Extent(height: 1, width: window), stride: Extent(height: 1, width: stride), padding: padding))
    }
}
