internal import CZlib
internal import Foundation

/// A tokenizer's whole file inside an artifact: deflated, in Base64, behind its length.
extension Tokenizer {
    /// No file is longer than this once it is inflated.
    private static let mostBytes = 1 << 28

    /// The tokenizer of a text that `packed()` gave.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`).
    init(packed text: String) throws {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let size = Int(parts[0]), (2...Self.mostBytes).contains(size),
            let data = Data(base64Encoded: String(parts[1])), size <= Deflate.most(from: data.count)
        else { throw AttarError(.malformedArtifact, "its tokenizer is damaged") }
        var bytes = [UInt8](repeating: 0, count: size)
        guard attar_inflate([UInt8](data), 0, data.count, &bytes, size) == size else {
            throw AttarError(.malformedArtifact, "its tokenizer is damaged")
        }
        try self.init(bytes: bytes, source: "the tokenizer of the model")
    }

    /// The file as text.
    func packed() -> String {
        var deflated = [UInt8](repeating: 0, count: file.count + file.count / 512 + 128)
        let count = attar_deflate(file, file.count, &deflated, deflated.count)
        precondition(count > 0, "what is deflated has room to spare")
        return "\(file.count):\(Data(deflated[..<count]).base64EncodedString())"
    }
}
