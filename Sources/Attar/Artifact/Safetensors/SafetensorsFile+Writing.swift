internal import Foundation

extension SafetensorsFile {
    /// The file's bytes; the same contents give the same bytes. Tensors lie in the order of their names, those of 32-bit numbers
    /// before those of bytes, so that all numbers are aligned.
    ///
    /// - Throws: `AttarError` (`unwritableFile`) where the header would be longer than the format allows.
    public func encoded() throws -> [UInt8] {
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
        var header = [UInt8](try encoder.encode(SafetensorsHeader(entries: entries, metadata: metadata)))
        // Trailing spaces are part of the format; they align the numbers for readers that map the file.
        while !header.count.isMultiple(of: 8) { header.append(UInt8(ascii: " ")) }
        guard header.count <= Self.longestHeader else {
            throw AttarError(
                .unwritableFile, "the file's header would have \(header.count) bytes, above \(Self.longestHeader)")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.prefixLength + header.count + offset)
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: UInt64(header.count) >> shift))
        }
        bytes += header
        for name in names {
            switch tensors[name]?.storage {
            case .float32(let values): for value in values { bytes.append(littleEndian: value.bitPattern) }
            case .int32(let values): for value in values { bytes.append(littleEndian: UInt32(bitPattern: value)) }
            case .int8(let values): bytes += values.lazy.map { UInt8(bitPattern: $0) }
            case nil: break
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
        case .int32: "I32"
        case .int8: "I8"
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(littleEndian word: UInt32) {
        append(UInt8(truncatingIfNeeded: word))
        append(UInt8(truncatingIfNeeded: word >> 8))
        append(UInt8(truncatingIfNeeded: word >> 16))
        append(UInt8(truncatingIfNeeded: word >> 24))
    }
}
