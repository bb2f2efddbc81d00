/// The kinds of element that tensors of ONNX models have, as far as Attar fills and reads them.
package enum ONNXElement: Int32, Sendable, CustomStringConvertible {
    case float = 1
    case uint8 = 2
    case int8 = 3
    case int32 = 6
    case int64 = 7
    case string = 8
    case bool = 9
    case float16 = 10
    case double = 11

    /// What messages call it.
    package var description: String {
        switch self {
        case .float: "float"
        case .uint8: "uint8"
        case .int8: "int8"
        case .int32: "int32"
        case .int64: "int64"
        case .string: "string"
        case .bool: "bool"
        case .float16: "float16"
        case .double: "double"
        }
    }

    /// Whether its values are numbers with a point.
    package var isReal: Bool { self == .float || self == .double || self == .float16 }
    /// Whether its values are whole numbers.
    package var isWhole: Bool { self == .int64 || self == .int32 || self == .int8 || self == .uint8 }
}

/// A tensor that goes into a model or comes out of it: a shape and its elements, row by row.
package struct ONNXTensor: Hashable, Sendable {
    /// The elements; as many as the shape's numbers multiplied.
    package enum Storage: Hashable, Sendable {
        case float([Float])
        case double([Double])
        /// Half-precision floats by their bits.
        case float16([UInt16])
        case int64([Int64])
        case int32([Int32])
        case int8([Int8])
        case uint8([UInt8])
        /// 1 for true, 0 for false.
        case bool([UInt8])
        case string([String])
    }

    /// The lengths of its dimensions, the batch first.
    package let shape: [Int]
    /// Its elements.
    package let storage: Storage

    /// A tensor.
    ///
    /// - Precondition: there are as many elements as the shape has places.
    package init(shape: [Int], _ storage: Storage) {
        self.shape = shape
        self.storage = storage
        precondition(count == shape.reduce(1, *), "\(count) elements do not fill the shape \(shape)")
    }

    /// The kind of its elements.
    package var element: ONNXElement {
        switch storage {
        case .float: .float
        case .double: .double
        case .float16: .float16
        case .int64: .int64
        case .int32: .int32
        case .int8: .int8
        case .uint8: .uint8
        case .bool: .bool
        case .string: .string
        }
    }

    /// Number of elements.
    package var count: Int {
        switch storage {
        case .float(let values): values.count
        case .double(let values): values.count
        case .float16(let values): values.count
        case .int64(let values): values.count
        case .int32(let values): values.count
        case .int8(let values): values.count
        case .uint8(let values), .bool(let values): values.count
        case .string(let values): values.count
        }
    }
}

/// What a model answers under one name.
package enum ONNXValue: Hashable, Sendable {
    /// A tensor.
    case tensor(ONNXTensor)
    /// For each row of the batch a number for each key, as scikit-learn's exporter gives classes: (rows, keys.count).
    case maps(keys: [String], rows: Int, numbers: [Float])
}

/// An input or output of a model.
package struct ONNXPort: Hashable, Sendable {
    /// What it carries.
    package enum Kind: Hashable, Sendable {
        /// A tensor of elements that Attar knows.
        case tensor(ONNXElement)
        /// A sequence, of maps where it is one that Attar can read.
        case sequence
        /// Something else, in words.
        case other(String)
    }

    /// Its name in the model.
    package let name: String
    /// What it carries.
    package let kind: Kind
    /// The lengths of its dimensions, nil where the model leaves one open; empty where it does not say how many there are.
    package let shape: [Int?]

    /// A port.
    package init(name: String, kind: Kind, shape: [Int?]) {
        self.name = name
        self.kind = kind
        self.shape = shape
    }

    /// The kind of its elements, nil where it is no tensor that Attar knows.
    package var element: ONNXElement? { if case .tensor(let element) = kind { element } else { nil } }

    /// Type and shape as messages show them: "float [?, 64]".
    package var text: String {
        let lengths = shape.map { $0.map(String.init) ?? "?" }.joined(separator: ", ")
        return switch kind {
        case .tensor(let element): "\(element) [\(lengths)]"
        case .sequence: "sequence"
        case .other(let words): words
        }
    }
}
