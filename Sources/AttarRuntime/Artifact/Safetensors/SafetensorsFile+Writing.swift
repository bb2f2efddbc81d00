internal import CKernels
internal import Foundation

extension SafetensorsFile {
    /// How long the parts of a file are.
    package struct Layout {
        /// The header, without the spaces that align what follows.
        package let header: Int
        /// The tensors.
        package let body: Int

        /// The length of the file, or of one whose texts are longer by so many characters.
        package func length(further: Int = 0) -> Int {
            SafetensorsFile.prefixLength + (header + further + 7) / 8 * 8 + body
        }
    }

    /// How long the parts of the file are, which is known without writing it.
    package func layout() throws -> Layout {
        let parts = try parts()
        return Layout(header: parts.header.count, body: parts.body)
    }

    /// The header, and what it says of the tensors: their names in the order in which they lie, each tensor's place, and the length of all.
    private func parts() throws -> (
        header: [UInt8], names: [String], entries: [String: SafetensorsEntry], body: Int
    ) {
        var entries: [String: SafetensorsEntry] = [:]
        var offset = 0
        let names = tensors.keys.sorted {
            (-(tensors[$0]?.storage.width ?? 0), $0) < (-(tensors[$1]?.storage.width ?? 0), $1)
        }
        for name in names {
            guard let tensor = tensors[name] else { continue }
            let end = offset + tensor.storage.width * tensor.shape.reduce(1, *)
            entries[name] = SafetensorsEntry(dtype: tensor.type, shape: tensor.shape, dataOffsets: [offset, end])
            offset = end
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header = [UInt8](try encoder.encode(SafetensorsHeader(entries: entries, metadata: metadata)))
        return (header, names, entries, offset)
    }

    /// The file's bytes; the same contents give the same bytes. Tensors lie in the order of their names, the wider numbers
    /// first, so that all numbers are aligned.
    ///
    /// - Throws: `AttarError` (`unwritableFile`) where the header would be longer than the format allows.
    public func encoded() throws -> [UInt8] {
        var (header, names, entries, offset) = try parts()
        // Trailing spaces are part of the format; they align the numbers for readers that map the file.
        while !header.count.isMultiple(of: 8) { header.append(UInt8(ascii: " ")) }
        guard header.count <= Self.longestHeader else {
            throw AttarError(
                .unwritableFile, "the file's header would have \(header.count) bytes, above \(Self.longestHeader)")
        }
        let start = Self.prefixLength + header.count
        var bytes = [UInt8](repeating: 0, count: start + offset)
        for index in 0..<Self.prefixLength {
            bytes[index] = UInt8(truncatingIfNeeded: UInt64(header.count) >> UInt64(8 * index))
        }
        attar_store_bytes(header, header.count, &bytes, Self.prefixLength)
        for name in names {
            guard let tensor = tensors[name], let place = entries[name]?.dataOffsets[0] else { continue }
            switch tensor.storage {
            case .float32(let values): attar_store_bytes(values, 4 * values.count, &bytes, start + place)
            case .float16(let values): attar_store_bytes(values, 2 * values.count, &bytes, start + place)
            case .int32(let values): attar_store_bytes(values, 4 * values.count, &bytes, start + place)
            case .int8(let values): attar_store_bytes(values, values.count, &bytes, start + place)
            }
        }
        return bytes
    }
}

extension Tensor {
    /// The type's name in safetensors.
    fileprivate var type: String {
        switch storage {
        case .float32: "F32"
        case .float16: "F16"
        case .int32: "I32"
        case .int8: "I8"
        }
    }
}
