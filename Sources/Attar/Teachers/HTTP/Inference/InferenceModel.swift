internal import Foundation

/// What a server of the Open Inference Protocol (KServe v2) says of a model: `GET v2/models/NAME`.
struct InferenceModel: Codable, Hashable, Sendable {
    /// An input or output. Sizes are −1 where any will do.
    struct Tensor: Codable, Hashable, Sendable {
        let name: String
        let datatype: String
        let shape: [Int]

        /// Numbers in each row.
        var width: Int { shape.dropFirst().reduce(1) { $0 * max(1, $1) } }
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

    init(_ body: [UInt8]) throws {
        self = try JSONDecoder().decode(InferenceModel.self, from: Data(body))
    }
}
