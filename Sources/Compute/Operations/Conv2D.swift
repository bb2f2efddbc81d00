/// A convolution of pictures: x (rows, height, width, channels) → y (rows, height', width', outputs), with a kernel
/// (kernel height, kernel width, channels / groups, outputs) and a bias (outputs).
///
/// y at pixel (i, j) is the sum over the kernel's (a, b) of x at (i·stride + a·dilation − padding, …) times kernel (a, b); 0 outside of
/// the picture. As a layer it draws its kernel evenly from ±√(6 / inputs of one result) (He et al. 2015), or ±√(1 / inputs) without a bias.
public struct Conv2D: Convolving {
    var convolution: Convolution
    /// Whether a learned number is added to each output channel; not needed before batch normalisation.
    public internal(set) var hasBias: Bool

    /// A convolution with so many output channels.
    ///
    /// - Parameters:
    ///   - outputs: channels of the result, at least 1.
    ///   - kernel: the kernel's size, at least 1.
    ///   - stride: how far the kernel moves, at least 1.
    ///   - padding: what surrounds the picture.
    ///   - dilation: the distance between the kernel's taps, at least 1.
    ///   - groups: each group of input channels makes its own share of the output channels; as many groups as channels is
    ///     depthwise convolution.
    ///   - hasBias: whether a learned number is added to each output channel.
    /// - Precondition: sizes are in their ranges, and the groups share the outputs evenly.
    public init(
        _ outputs: Int, kernel: Extent, stride: Extent = Extent(1), padding: Padding = .same,
        dilation: Extent = Extent(1), groups: Int = 1, hasBias: Bool = true
    ) {
        precondition(outputs > 0 && groups > 0 && outputs.isMultiple(of: groups), "groups share the outputs evenly")
        for extent in [kernel, stride, dilation] {
            precondition(extent.height > 0 && extent.width > 0, "kernel, stride and dilation are at least 1")
        }
        convolution = Convolution(
            name: "convolution", dimensions: 2, outputs: outputs,
            motion: KernelMotion(kernel: kernel, stride: stride, dilation: dilation, padding: padding), groups: groups)
        self.hasBias = hasBias
    }

    /// A convolution with a square kernel.
    public init(
        _ outputs: Int, kernel: Int = 3, stride: Int = 1, padding: Padding = .same, dilation: Int = 1, groups: Int = 1,
        hasBias: Bool = true
    ) {
        self.init(
            outputs, kernel: Extent(kernel), stride: Extent(stride), padding: padding, dilation: Extent(dilation),
            groups: groups, hasBias: hasBias)
    }
}
