internal import CKernels

/// A function that is applied to every element.
public enum ActivationFunction: String, CaseIterable, Codable, Sendable {
    /// x
    case identity
    /// max(x, 0)
    case relu
    /// x where positive, else x/100
    case leakyReLU
    /// 1 / (1 + e⁻ˣ)
    case sigmoid
    /// The hyperbolic tangent.
    case tanh
    /// x·Φ(x), where Φ is the normal distribution function (Hendrycks and Gimpel 2016), exact up to 2e-7.
    case gelu
    /// x·sigmoid(x) (Elfwing et al. 2018)
    case silu
    /// x·min(max(x + 3, 0), 6)/6, a piecewise SiLU (Howard et al., "Searching for MobileNetV3", ICCV 2019, section 5.2)
    case hardSwish

    /// The name in C.
    var kernel: attar_activation {
        switch self {
        case .identity: ATTAR_IDENTITY
        case .relu: ATTAR_RELU
        case .leakyReLU: ATTAR_LEAKY_RELU
        case .sigmoid: ATTAR_SIGMOID
        case .tanh: ATTAR_TANH
        case .gelu: ATTAR_GELU
        case .silu: ATTAR_SILU
        case .hardSwish: ATTAR_HARD_SWISH
        }
    }

    /// Whether the derivative is computed from the function's input; for the others its output is enough.
    var slopeNeedsInput: Bool { self == .gelu || self == .silu || self == .hardSwish }
}

/// Applies a function to every element. After a dense layer, the plan makes it part of that layer.
public struct Activation: Operation, Layer {
    /// The function.
    public let function: ActivationFunction

    /// Applies the given function.
    public init(_ function: ActivationFunction) { self.function = function }

    public var name: String { function.rawValue }

    public var onnxName: String {
        switch function {
        case .identity: "Identity"
        case .relu: "Relu"
        case .leakyReLU: "LeakyRelu"
        case .sigmoid: "Sigmoid"
        case .tanh: "Tanh"
        case .gelu: "Gelu"
        case .silu: "Swish"
        case .hardSwish: "HardSwish"
        }
    }

    /// `Swish` came with opset 24 only.
    public var onnxOperators: [String] { function == .silu ? ["Sigmoid", "Mul"] : [onnxName] }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1 else { throw ShapeError(name, inputs, expected: "one input") }
        return inputs[0]
    }

    /// Elements that are worth another thread.
    private static let grain = 1 << 15

    public func forward(_ frame: borrowing Frame) {
        let (x, y, kernel) = (frame[0].values, frame.result.values, function.kernel)
        frame.parallel(frame.rows * frame.result.width, atLeast: Self.grain) { elements, _ in
            attar_activate(kernel, x + elements.lowerBound, y + elements.lowerBound, elements.count)
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let from = frame.result.gradient, let into = frame[0].gradient else { return }
        let saved = function.slopeNeedsInput ? frame[0].values : frame.result.values
        let kernel = function.kernel
        frame.parallel(frame.rows * frame.result.width, atLeast: Self.grain) { elements, _ in
            let start = elements.lowerBound
            attar_activation_gradient(kernel, saved + start, from + start, into + start, elements.count)
        }
    }
}
