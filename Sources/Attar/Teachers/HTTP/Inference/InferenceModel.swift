internal import Foundation

/// What a server of the Open Inference Protocol (KServe v2) says of a model: `GET v2/models/NAME`.
struct InferenceModel: Codable, Hashable, Sendable {
    /// An input or output. Sizes are −1 where any will do.
    struct Tensor: Codable, Hashable, Sendable {
        let name: String
        let datatype: String
        let shape: [Int]

        /// Numbers in each row; the sizes have been checked when the server said them.
        var width: Int { Self.width(shape) ?? 1 }

        fileprivate static func width(_ shape: [Int]) -> Int? {
            shape.dropFirst().lazy.map { Swift.max(1, $0) }.checkedProduct
        }
        /// Whether it holds texts.
        var isText: Bool { datatype == "BYTES" }
        /// Whether it holds whole numbers only.
        var isWhole: Bool { datatype.hasPrefix("INT") || datatype.hasPrefix("UINT") || datatype == "BOOL" }
        /// Name, type and shape for messages.
        var words: String { "'\(name)' (\(datatype) \(shape))" }
    }

    var name: String?
    var versions: [String]?
    var platform: String?
    var inputs: [Tensor]?
    var outputs: [Tensor]?

    /// The most numbers of a row that a model may take or give.
    private static let mostNumbers = 1 << 32

    /// Reads what a server says.
    ///
    /// - Throws: where it is not what the protocol lays down, or says sizes that no model has.
    init(_ body: [UInt8]) throws {
        self = try JSONDecoder().decode(InferenceModel.self, from: Data(body))
        for tensor in (inputs ?? []) + (outputs ?? []) {
            guard tensor.shape.allSatisfy({ $0 >= -1 }), let width = Tensor.width(tensor.shape),
                width <= Self.mostNumbers
            else { throw JSONFault(text: "no model has the shape \(tensor.words)") }
        }
    }
}
