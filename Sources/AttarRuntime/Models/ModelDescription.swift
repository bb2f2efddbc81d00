internal import CKernels

/// A model as data: the family's name, its settings as JSON and its numbers as named tensors. What the artifact stores and exporters read.
public struct ModelDescription: Hashable, Sendable {
    /// The family's name, for example "mlp".
    public var family: String
    /// Everything that is not a tensor, readable in the artifact.
    public var settings: JSONValue
    /// The numbers, by name. Names contain letters, digits, dots and underscores.
    public var tensors: [String: Tensor]

    /// Describes a model of the named family.
    public init(family: String, settings: JSONValue = .object([:]), tensors: [String: Tensor] = [:]) {
        self.family = family
        self.settings = settings
        self.tensors = tensors
    }

    /// Whether some tensor holds bytes.
    public var hasBytes: Bool {
        tensors.values.contains { if case .int8 = $0.storage { true } else { false } }
    }

    /// Whether any tensor holds floats of half the bits.
    public var hasHalves: Bool { tensors.values.contains(where: \.isHalf) }

    /// The tensor of floats of that name and shape, of 32 or 16 bits; a nil in `shape` stands for any length.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where it is missing or has another shape or type.
    public func floats(_ name: String, shape: [Int?]) throws -> [Float] {
        let tensor = try tensor(name, shape: shape)
        guard let values = tensor.floats else { throw Self.wrongType(name, "floats") }
        return values
    }

    /// The integer tensor of that name and shape; a nil in `shape` stands for any length.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where it is missing or has another shape or type.
    public func integers(_ name: String, shape: [Int?]) throws -> [Int32] {
        let tensor = try tensor(name, shape: shape)
        guard case .int32(let values) = tensor.storage else { throw Self.wrongType(name, "32-bit integers") }
        return values
    }

    /// The tensor of bytes of that name and shape, as numbers; a nil in `shape` stands for any length.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where it is missing or has another shape or type.
    public func bytes(_ name: String, shape: [Int?]) throws -> [Float] {
        let tensor = try tensor(name, shape: shape)
        guard case .int8(let values) = tensor.storage else { throw Self.wrongType(name, "8-bit integers") }
        return values.map(Float.init)
    }

    private func tensor(_ name: String, shape: [Int?]) throws -> Tensor {
        guard let tensor = tensors[name] else {
            throw AttarError(.malformedArtifact, "the \(family) model lacks its tensor '\(name)'")
        }
        let fits = tensor.shape.count == shape.count && zip(tensor.shape, shape).allSatisfy { $1 == nil || $0 == $1 }
        guard fits else {
            let expected = shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
            throw AttarError(
                .malformedArtifact,
                "tensor '\(name)' of the \(family) model has shape \(tensor.shape), not [\(expected)]")
        }
        return tensor
    }

    private static func wrongType(_ name: String, _ expected: String) -> AttarError {
        AttarError(.malformedArtifact, "tensor '\(name)' does not hold \(expected)")
    }
}

/// A named array's shape and numbers, as the artifact stores it.
public struct Tensor: Hashable, Sendable {
    /// The numbers, row by row.
    public enum Storage: Hashable, Sendable {
        /// 32-bit floats (safetensors type F32).
        case float32([Float])
        /// 16-bit floats, as their bits (safetensors type F16).
        case float16([UInt16])
        /// 32-bit integers (safetensors type I32).
        case int32([Int32])
        /// 8-bit integers (safetensors type I8).
        case int8([Int8])

        /// Bytes of one number.
        package var width: Int {
            switch self {
            case .float32, .int32: 4
            case .float16: 2
            case .int8: 1
            }
        }
    }

    /// The length of each dimension.
    public let shape: [Int]
    /// The numbers.
    public let storage: Storage

    /// The numbers of a tensor of floats, of 32 or 16 bits; nil for integers.
    package var floats: [Float]? {
        switch storage {
        case .float32(let values): return values
        case .float16(let bits):
            var values = [Float](repeating: 0, count: bits.count)
            attar_floats(bits, bits.count, &values)
            return values
        case .int32, .int8: return nil
        }
    }

    /// Whether it holds floats of half the bits.
    package var isHalf: Bool { if case .float16 = storage { true } else { false } }

    /// A tensor of numbers that are known to fill the shape.
    package init(shape: [Int], storage: Storage) {
        (self.shape, self.storage) = (shape, storage)
    }

    /// A tensor of floats.
    ///
    /// - Precondition: the product of `shape` is the number of values.
    public init(_ values: [Float], shape: [Int]) {
        precondition(shape.reduce(1, *) == values.count, "\(values.count) values do not fill \(shape)")
        self.shape = shape
        storage = .float32(values)
    }

    /// A tensor of floats of half the bits: each becomes the nearest, beyond ±65,504 infinite.
    ///
    /// - Precondition: the product of `shape` is the number of values.
    public init(halves values: [Float], shape: [Int]) {
        precondition(shape.reduce(1, *) == values.count, "\(values.count) values do not fill \(shape)")
        self.shape = shape
        var bits = [UInt16](repeating: 0, count: values.count)
        attar_halves(values, values.count, &bits)
        storage = .float16(bits)
    }

    /// A tensor of integers.
    ///
    /// - Precondition: the product of `shape` is the number of values.
    public init(_ values: [Int32], shape: [Int]) {
        precondition(shape.reduce(1, *) == values.count, "\(values.count) values do not fill \(shape)")
        self.shape = shape
        storage = .int32(values)
    }

    /// A tensor of bytes.
    ///
    /// - Precondition: the product of `shape` is the number of values.
    public init(_ values: [Int8], shape: [Int]) {
        precondition(shape.reduce(1, *) == values.count, "\(values.count) values do not fill \(shape)")
        self.shape = shape
        storage = .int8(values)
    }
}
