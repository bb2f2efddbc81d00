/// A convolution of sequences: x (rows, length, channels) → y (rows, length', outputs), with a kernel
/// (kernel, channels / groups, outputs) and a bias (outputs).
///
/// y at position i is the sum over the kernel's a of x at i·stride + a·dilation − padding times kernel a; 0 outside of the
/// sequence. As a layer it draws its kernel evenly from ±√(6 / inputs of one result) (He et al. 2015), or ±√(1 / inputs) without a bias.
public struct Conv1D: Convolving {
    var convolution: Convolution
    /// Whether a learned number is added to each output channel; not needed before batch normalisation.
    public internal(set) var hasBias: Bool

    /// A convolution with so many output channels.
    ///
    /// - Parameters:
    ///   - outputs: channels of the result, at least 1.
    ///   - kernel: the kernel's size, at least 1.
    ///   - stride: how far the kernel moves, at least 1.
    ///   - padding: what surrounds the sequence.
    ///   - dilation: the distance between the kernel's taps, at least 1.
    ///   - groups: each group of input channels makes its own share of the output channels; as many groups as channels is
    ///     depthwise convolution.
    ///   - hasBias: whether a learned number is added to each output channel.
    /// - Precondition: sizes are in their ranges, and the groups share the outputs evenly.
    public init(
        _ outputs: Int, kernel: Int = 3, stride: Int = 1, padding: Padding = .same,
        dilation: Int = 1, groups: Int = 1, hasBias: Bool = true
    ) {
        precondition(outputs > 0 && groups > 0 && outputs.isMultiple(of: groups), "groups share the outputs evenly")
        precondition(kernel > 0 && stride > 0 && dilation > 0, "kernel, stride and dilation are at least 1")
        func flat(_ width: Int) -> Extent { Extent(height: 1, width: width) }
        convolution = Convolution(
            name: "convolution of sequences", dimensions: 1, outputs: outputs,
            motion: KernelMotion(
                kernel: flat(kernel), stride: flat(stride), dilation: flat(dilation), padding: padding),
            groups: groups)
        self.hasBias = hasBias
    }
}
