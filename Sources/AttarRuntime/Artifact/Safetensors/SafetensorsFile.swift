/// The contents of a safetensors file: named tensors, and texts by key.
///
/// The format is: the header's length as a little-endian 64-bit integer, the header as a JSON object, then the tensors' bytes
/// without gaps. The header maps each tensor's name to its type, shape and byte range, and `__metadata__` to texts by key.
public struct SafetensorsFile: Hashable, Sendable {
    /// The tensors by name.
    public var tensors: [String: Tensor]
    /// The texts in the header's `__metadata__`.
    public var metadata: [String: String]

    /// A file of the given contents.
    public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// The header's key that holds texts instead of a tensor.
    static let metadataKey = "__metadata__"
    /// The bytes before the header: its length.
    static let prefixLength = 8
    /// The longest header that other readers of the format accept.
    static let longestHeader = 100_000_000
}

/// What the header says about one tensor.
struct SafetensorsEntry: Codable {
    /// The type of the numbers: "F32", "F16", "I32" or "I8" in the files that Attar reads.
    let dtype: String
    /// The length of each dimension.
    let shape: [Int]
    /// The first byte and the byte after the last, counted from the header's end.
    let dataOffsets: [Int]

    private enum CodingKeys: String, CodingKey {
        case dtype, shape
        case dataOffsets = "data_offsets"
    }
}

/// The header: entries by tensor name, texts under `__metadata__`.
struct SafetensorsHeader: Codable {
    let entries: [String: SafetensorsEntry]
    let metadata: [String: String]

    init(entries: [String: SafetensorsEntry], metadata: [String: String]) {
        self.entries = entries
        self.metadata = metadata
    }

    /// A tensor's name, or `__metadata__`.
    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        var entries: [String: SafetensorsEntry] = [:]
        var metadata: [String: String] = [:]
        for key in container.allKeys {
            if key.stringValue == SafetensorsFile.metadataKey {
                metadata = try container.decode([String: String].self, forKey: key)
            } else {
                entries[key.stringValue] = try container.decode(SafetensorsEntry.self, forKey: key)
            }
        }
        self.init(entries: entries, metadata: metadata)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        if !metadata.isEmpty {
            try container.encode(metadata, forKey: Name(stringValue: SafetensorsFile.metadataKey))
        }
        for (name, entry) in entries { try container.encode(entry, forKey: Name(stringValue: name)) }
    }
}
