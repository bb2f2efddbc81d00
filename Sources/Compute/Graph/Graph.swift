/// A network as a value: operations over named tensors, in the order in which they run. Shapes are checked as it is built.
public struct Graph: Sendable {
    /// A tensor of one graph, by its position among the graph's tensors.
    public struct Tensor: Hashable, Sendable {
        let index: Int
    }

    /// What a tensor is for.
    public enum Role: Sendable {
        /// Given anew with each batch.
        case input
        /// Learned. Weight decay applies to it where `decays`.
        case parameter(Initializer, decays: Bool)
        /// Kept up to date by an operation rather than learned, such as running statistics; starts at the given value.
        case state(Float)
        /// Computed by an operation.
        case result
    }

    /// A tensor's name, shape and role.
    public struct Entry: Sendable {
        /// The name, unique in the graph.
        public let name: String
        /// The shape.
        public let shape: Shape
        /// What it is for.
        public let role: Role
        /// Of an input of token ids, or a part of one, how many ids there are: they lie in 0..<vocabulary. nil for all other tensors.
        public let vocabulary: Int?
        /// How its elements are stored.
        public let type: ElementType
    }

    /// An operation with the tensors that it reads and writes.
    public struct Node: Sendable {
        /// What is computed.
        public var operation: any Operation
        /// The tensors that it reads.
        public var inputs: [Tensor]
        /// The tensor that it writes.
        public var result: Tensor
    }

    /// All tensors; a `Tensor` is a position in here.
    public private(set) var entries: [Entry] = []
    /// The operations, each after those whose results it reads.
    public internal(set) var nodes: [Node] = []
    /// What the graph is for: the last result, unless set otherwise.
    public var output: Tensor?
    /// Results that can be read beside the output after a run, and whose gradients a loss can give: what feature distillation
    /// compares. Fusion leaves them as they are.
    public var taps: [Tensor] = []

    /// A graph without operations.
    public init() {}

    /// The name, shape and role of a tensor.
    public subscript(tensor: Tensor) -> Entry { entries[tensor.index] }

    /// Whether some operation's result for a row depends on the other rows of its batch.
    public var usesBatchStatistics: Bool { nodes.contains { $0.operation is BatchNormalization } }

    /// The tensor of a name; nil where there is none.
    public func tensor(named name: String) -> Tensor? { entries.firstIndex { $0.name == name }.map(Tensor.init) }

    /// All tensors, in order.
    public var tensors: [Tensor] { entries.indices.map(Tensor.init) }

    /// The tensors of the given role that some operation reads.
    func tensors(where isWanted: (Role) -> Bool) -> [Tensor] {
        let read = Set(nodes.flatMap(\.inputs))
        return tensors.filter { read.contains($0) && isWanted(self[$0].role) }
    }

    /// The inputs, in order.
    public var inputs: [Tensor] {
        tensors { if case .input = $0 { true } else { false } }
    }

    /// The learned tensors, in order.
    public var parameters: [Tensor] {
        tensors { if case .parameter = $0 { true } else { false } }
    }

    /// The tensors that operations keep up to date, in order.
    public var states: [Tensor] {
        tensors { if case .state = $0 { true } else { false } }
    }

    /// Adds an input of so many numbers a row.
    public mutating func input(_ name: String, width: Int) -> Tensor {
        add(name, .rows(width), .input)
    }

    /// Adds an input of one array a row: a picture (height, width, channels), a sequence (length, width) or ids (length).
    public mutating func input(_ name: String, shape: Shape) -> Tensor {
        precondition(shape.isBatched, "an input has rows")
        return add(name, shape, .input)
    }

    /// Adds an input of one sequence of token ids a row: (rows, length), whole numbers from 0, below `vocabulary`.
    public mutating func input(_ name: String, tokens length: Int, vocabulary: Int) -> Tensor {
        add(name, .rows(length), .input, vocabulary: vocabulary)
    }

    /// Adds a learned tensor. By default weight decay applies to those of two or more dimensions: to weights, not to biases.
    ///
    /// - Parameter type: `int8` for whole numbers from −127 to 127, which are floats in memory and bytes in a file.
    public mutating func parameter(
        _ name: String, _ shape: Shape, _ initializer: Initializer, decays: Bool? = nil, type: ElementType = .float32
    ) -> Tensor {
        add(name, shape, .parameter(initializer, decays: decays ?? (shape.dimensions.count > 1)), type)
    }

    /// Adds a tensor that an operation keeps up to date.
    public mutating func state(_ name: String, _ shape: Shape, startingAt value: Float) -> Tensor {
        add(name, shape, .state(value))
    }

    /// Adds an operation and returns its result, which becomes the output.
    ///
    /// - Parameter vocabulary: of a result that is token ids, how many there are.
    /// - Throws: where the inputs do not fit the operation.
    public mutating func apply(
        _ operation: any Operation, to inputs: [Tensor], named name: String, vocabulary: Int? = nil
    ) throws(ShapeError) -> Tensor {
        let shape = try operation.resultShape(of: inputs.map { self[$0].shape })
        let result = add(name, shape, .result, operation.resultType, vocabulary: vocabulary)
        nodes.append(Node(operation: operation, inputs: inputs, result: result))
        output = result
        return result
    }

    /// Adds a layer and returns its result, which becomes the output.
    ///
    /// - Parameter name: the prefix of the names of the layer's tensors: "dense0" gives "dense0.weight".
    /// - Throws: where the input does not fit the layer.
    public mutating func append(
        _ layer: some Layer, named name: String, to input: Tensor
    ) throws(ShapeError) -> Tensor {
        try layer.apply(to: input, in: &self, named: name)
    }

    private mutating func add(
        _ name: String, _ shape: Shape, _ role: Role, _ type: ElementType = .float32, vocabulary: Int? = nil
    ) -> Tensor {
        precondition(!entries.contains { $0.name == name }, "two tensors are named '\(name)'")
        entries.append(Entry(name: name, shape: shape, role: role, vocabulary: vocabulary, type: type))
        return Tensor(index: entries.count - 1)
    }
}

/// A part of a network: adds its parameters and operations to a graph.
public protocol Layer: Sendable {
    /// Adds the layer after `input` and returns its result.
    func apply(to input: Graph.Tensor, in graph: inout Graph, named name: String) throws(ShapeError) -> Graph.Tensor
}

extension Layer where Self: Operation {
    /// An operation without parameters is a layer as it is.
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        try graph.apply(self, to: [input], named: name)
    }
}

/// How a learned tensor starts.
public enum Initializer: Hashable, Sendable {
    /// Every element the same.
    case constant(Float)
    /// Drawn evenly from −bound to bound.
    case uniform(bound: Float)
    /// A table of tokens' vectors: the first row, the padding, and the last, the unknown token, 0; between them drawn evenly from −bound to
    /// bound.
    case embedding(width: Int, bound: Float)

    /// The values to start from.
    package func values(count: Int, using generator: inout SeededGenerator) -> [Float] {
        switch self {
        case .constant(let value): [Float](repeating: value, count: count)
        case .uniform(let bound): (0..<count).map { _ in (2 * generator.uniform() - 1) * bound }
        case .embedding(let width, let bound):
            (0..<count).map { $0 < width || $0 >= count - width ? 0 : (2 * generator.uniform() - 1) * bound }
        }
    }
}
