/// An operation with a version that works on bytes.
protocol Quantizable: Operation {
    /// Whether bytes speed it up by themselves, as they do products; other operations take bytes where their inputs come in bytes and
    /// their result is wanted so.
    var gainsFromBytes: Bool { get }

    /// Adds the version in bytes of a node of this operation; false, and adds nothing, where there is none for this node.
    func quantize(_ node: Graph.Node, in quantizer: inout GraphQuantizer) throws(ShapeError) -> Bool
}

/// Rewrites a folded graph with fused activations into one whose products are sums of bytes. What has no version in bytes stays in
/// floats, with conversions at the borders.
///
/// The result depends on nothing but the graph, so a file need not hold it; `contents` says what its parameters are made of.
struct GraphQuantizer {
    /// What a parameter of the quantised graph holds, in terms of the graph that was rewritten.
    enum Content: Sendable {
        /// The values of a tensor.
        case copy(of: Graph.Tensor)
        /// A weight in whole numbers.
        case wholeNumbers(of: Graph.Tensor)
        /// A weight's scales, one for each output.
        case scales(of: Graph.Tensor)
        /// The scale and the zero of a result or an input.
        case form(of: Graph.Tensor)
    }

    /// A tensor of bytes with its scale and zero.
    struct Bytes {
        let tensor: Graph.Tensor
        let form: Graph.Tensor
    }

    /// The graph that is rewritten.
    let source: Graph
    /// The quantised graph.
    private(set) var graph = Graph()
    /// What the quantised graph's parameters and states hold, by name.
    private(set) var contents: [String: Content] = [:]

    private var floats: [Graph.Tensor: Graph.Tensor] = [:]
    private var bytes: [Graph.Tensor: Bytes] = [:]
    private var weights: [Graph.Tensor: (wholeNumbers: Graph.Tensor, scales: Graph.Tensor)] = [:]
    /// Results that are read in bytes alone.
    private let wanted: Set<Graph.Tensor>

    /// Rewrites a graph without training's operations.
    init(_ source: Graph) {
        self.source = source
        wanted = Self.tensorsReadInBytesAlone(in: source)
        do {
            for tensor in source.inputs {
                floats[tensor] = graph.input(source[tensor].name, shape: source[tensor].shape)
            }
            for node in source.nodes { try append(node) }
            graph.taps = try source.taps.map { (tensor) throws(ShapeError) in try float(tensor) }
            if let output = source.output { graph.output = try float(output) }
        } catch {
            preconditionFailure("a graph fits its quantised form: \(error)")
        }
    }

    private mutating func append(_ node: Graph.Node) throws(ShapeError) {
        if let operation = node.operation as? any Quantizable, try operation.quantize(node, in: &self) { return }
        var inputs: [Graph.Tensor] = []
        for tensor in node.inputs { inputs.append(try float(tensor)) }
        floats[node.result] = try graph.apply(node.operation, to: inputs, named: source[node.result].name)
    }

    /// The results that all who read them take as bytes, and that nobody outside of the graph reads.
    private static func tensorsReadInBytesAlone(in graph: Graph) -> Set<Graph.Tensor> {
        var wanted: Set<Graph.Tensor> = []
        var refused = Set(graph.taps)
        if let output = graph.output { refused.insert(output) }
        // Backwards, so that all who read a result are known before the operation that computes it.
        for node in graph.nodes.reversed() {
            let operation = node.operation as? any Quantizable
            let takesBytes = operation.map { $0.gainsFromBytes || wanted.contains(node.result) } ?? false
            for (place, tensor) in node.inputs.enumerated() {
                if takesBytes, operation?.gainsFromBytes == false || place == 0 {
                    wanted.insert(tensor)
                } else {
                    refused.insert(tensor)
                }
            }
            wanted.subtract(refused)
        }
        return wanted
    }

    // MARK: What operations ask for

    /// Whether a result is read in bytes alone.
    func isReadInBytesAlone(_ tensor: Graph.Tensor) -> Bool { wanted.contains(tensor) }

    /// A tensor as it is in bytes already; nil where it is in floats.
    func existingBytes(_ tensor: Graph.Tensor) -> Bytes? { bytes[tensor] }

    /// A tensor in floats.
    private mutating func float(_ tensor: Graph.Tensor) throws(ShapeError) -> Graph.Tensor {
        if let known = floats[tensor] { return known }
        let entry = source[tensor]
        let added: Graph.Tensor
        switch entry.role {
        case .parameter(let initializer, let decays):
            added = graph.parameter(entry.name, entry.shape, initializer, decays: decays)
            contents[entry.name] = .copy(of: tensor)
        case .state(let value):
            added = graph.state(entry.name, entry.shape, startingAt: value)
            contents[entry.name] = .copy(of: tensor)
        case .input, .result:
            guard let known = bytes[tensor] else {
                preconditionFailure("'\(entry.name)' is read before it is computed")
            }
            added = try graph.apply(Dequantize(), to: [known.tensor, known.form], named: "\(entry.name).floats")
        }
        floats[tensor] = added
        return added
    }

    /// A tensor in bytes.
    private mutating func inBytes(_ tensor: Graph.Tensor) throws(ShapeError) -> Bytes {
        if let known = bytes[tensor] { return known }
        let numbers = try float(tensor)
        let form = form(of: tensor)
        let added = Bytes(
            tensor: try graph.apply(Quantize(), to: [numbers, form], named: "\(source[tensor].name).bytes"), form: form)
        bytes[tensor] = added
        return added
    }

    /// A new parameter for the scale and the zero of a tensor.
    private mutating func form(of tensor: Graph.Tensor) -> Graph.Tensor {
        let name = "\(source[tensor].name).quantization"
        contents[name] = .form(of: tensor)
        return graph.parameter(name, Quantization.shape, .constant(1), decays: false)
    }

    /// A weight's whole numbers and scales.
    private mutating func weight(_ tensor: Graph.Tensor) -> (wholeNumbers: Graph.Tensor, scales: Graph.Tensor) {
        if let known = weights[tensor] { return known }
        let entry = source[tensor]
        // Where others read the weight in floats, it keeps its name there.
        let name = source.isReadOnce(tensor) ? entry.name : "\(entry.name).bytes"
        contents[name] = .wholeNumbers(of: tensor)
        contents["\(name).scale"] = .scales(of: tensor)
        let added = (
            wholeNumbers: graph.parameter(name, entry.shape, .constant(0), type: .int8),
            scales: graph.parameter("\(name).scale", .fixed(entry.shape.dimensions.last ?? 1), .constant(1))
        )
        weights[tensor] = added
        return added
    }

    // MARK: What operations add

    /// How a layer whose inputs are x, a weight and perhaps a bias is computed in bytes; nil where a sum could leave 32 bits, or the
    /// weight is not a parameter.
    func product(of node: Graph.Node, function: ActivationFunction) -> QuantizedProduct? {
        let weight = source[node.inputs[1]]
        guard case .parameter = weight.role else { return nil }
        let products = weight.shape.count / max(1, weight.shape.dimensions.last ?? 1)
        guard products <= QuantizedProduct.mostProducts else { return nil }
        let isSimple = function == .identity || function == .relu
        return QuantizedProduct(
            hasBias: node.inputs.count > 2, givesBytes: isSimple && isReadInBytesAlone(node.result), function: function)
    }

    /// Adds a product in the place of a node.
    mutating func append(
        _ operation: any QuantizedOperation, _ product: QuantizedProduct, for node: Graph.Node
    ) throws(ShapeError) {
        let x = try inBytes(node.inputs[0])
        let weight = weight(node.inputs[1])
        var inputs = [x.tensor, x.form, weight.wholeNumbers, weight.scales]
        if product.hasBias { inputs.append(try float(node.inputs[2])) }
        try append(operation, to: inputs, for: node, form: product.givesBytes ? form(of: node.result) : nil)
    }

    /// Adds an operation over tensors that are in bytes already in the place of a node.
    ///
    /// - Parameter keepsForm: whether the result has the input's scale and zero.
    mutating func append(
        _ operation: any QuantizedOperation, over inputs: [Bytes], keepsForm: Bool, for node: Graph.Node
    ) throws(ShapeError) {
        let tensors = inputs.map(\.tensor) + inputs.map(\.form)
        if keepsForm {
            let result = try graph.apply(operation, to: tensors, named: source[node.result].name)
            bytes[node.result] = Bytes(tensor: result, form: inputs[0].form)
        } else {
            try append(operation, to: tensors, for: node, form: form(of: node.result))
        }
    }

    /// Adds an operation whose result is in bytes of the given form, or else in floats.
    private mutating func append(
        _ operation: any QuantizedOperation, to inputs: [Graph.Tensor], for node: Graph.Node, form: Graph.Tensor?
    ) throws(ShapeError) {
        let name = source[node.result].name
        let result = try graph.apply(operation, to: inputs + (form.map { [$0] } ?? []), named: name)
        if let form { bytes[node.result] = Bytes(tensor: result, form: form) } else { floats[node.result] = result }
    }
}
