import Attar

/// Formats whose contents stand behind lengths and checksums: a change of the contents gets past the first look only where those are made to fit.
enum Envelopes {
    // MARK: - Arrays

    /// An `.npy` array whose header's text, or whose numbers, are changed.
    static func array(_ bytes: [UInt8], _ mutator: inout ByteMutator) -> [UInt8] {
        guard bytes.count > 10, bytes[6] == 1 else { return mutator.changed(bytes, isText: false) }
        let end = min(bytes.count, 10 + Int(bytes[8]) + 256 * Int(bytes[9]))
        var (header, body) = (Array(bytes[10..<end]), Array(bytes[end...]))
        if mutator.once(in: 3) {
            body = mutator.changed(body, isText: false)
        } else {
            header = mutator.changed(header, isText: true)
        }
        let length = min(header.count, 0xFFFF)
        return bytes[..<8] + [UInt8(length & 255), UInt8(length >> 8)] + header[..<length] + body
    }

    // MARK: - Archives

    /// A zip archive of some files, stored, one field of which may lie.
    static func archive(_ files: [(name: String, bytes: [UInt8])], _ mutator: inout ByteMutator) -> [UInt8] {
        var (archive, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, bytes) in files {
            var fields = [0, 0, checksum(bytes), bytes.count, bytes.count]
            if mutator.once(in: 6) {
                fields[mutator.index(below: 5)] = mutator.one(of: [0, 1, 8, 0xFFFF_FFFF, 1 << 30, bytes.count + 1])
            }
            let start = archive.count
            let place = mutator.once(in: 20) ? 0x7FFF_FFFF : start
            // Flags, method, time, checksum, both sizes, and the lengths of name and remarks.
            let common = little([
                (fields[0], 2), (fields[1], 2), (0, 4), (fields[2], 4), (fields[3], 4), (fields[4], 4),
                (name.utf8.count, 2),
                (0, 2),
            ])
            archive += little([(0x0403_4b50, 4), (20, 2)]) + common
            archive += Array(name.utf8) + bytes
            directory += little([(0x0201_4b50, 4), (20, 4)]) + common
            directory += little([(0, 6), (0, 4), (place, 4)]) + Array(name.utf8)
        }
        let end = little([
            (0x0605_4b50, 4), (0, 4), (files.count, 2), (files.count, 2), (directory.count, 4), (archive.count, 4),
            (0, 2),
        ])
        return archive + directory + end
    }

    /// A gzip file of some bytes, stored.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(0xFFFF)
            rest = rest.dropFirst(block.count)
            packed += little([(rest.isEmpty ? 1 : 0, 1), (block.count, 2), (~block.count, 2)]) + block
        } while !rest.isEmpty
        return packed + little([(checksum(bytes), 4), (bytes.count, 4)])
    }

    // MARK: - Tensors

    /// A safetensors file, such as an `.attar` file, whose header's text or whose numbers are changed.
    static func tensors(_ bytes: [UInt8], _ mutator: inout ByteMutator) -> [UInt8] {
        let length = bytes.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * min(5, $1.offset)) }
        guard bytes.count > 8 + length, length < 1 << 24 else { return mutator.changed(bytes, isText: false) }
        var (header, body) = (Array(bytes[8..<8 + length]), Array(bytes[(8 + length)...]))
        if mutator.once(in: 4) {
            body = mutator.changed(body, isText: false)
        } else {
            header = mutator.changed(header, isText: true)
        }
        return little([(header.count, 8)]) + header + body
    }

    // MARK: - Pictures

    /// A PNG file one of whose chunks is changed.
    static func picture(_ bytes: [UInt8], _ mutator: inout ByteMutator) -> [UInt8] {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return mutator.changed(bytes, isText: false) }
        var chunks: [(type: [UInt8], data: [UInt8])] = []
        var place = 8
        while place + 12 <= bytes.count {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            guard place + 12 + length <= bytes.count else { break }
            chunks.append((Array(bytes[place + 4..<place + 8]), Array(bytes[place + 8..<place + 8 + length])))
            place += 12 + length
        }
        guard !chunks.isEmpty else { return mutator.changed(bytes, isText: false) }
        let changed = mutator.index(below: chunks.count)
        chunks[changed].data = mutator.changed(chunks[changed].data, isText: false)
        return Array(bytes[..<8])
            + chunks.flatMap { type, data -> [UInt8] in
                let (length, sum) = (little([(data.count, 4)]), little([(checksum(type + data), 4)]))
                return Array(length.reversed()) + type + data + Array(sum.reversed())
            }
    }

    // MARK: - Numbers

    /// Numbers, the lowest byte of each first, in as many bytes as are said.
    private static func little(_ numbers: [(value: Int, bytes: Int)]) -> [UInt8] {
        numbers.flatMap { value, bytes in
            (0..<bytes).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
        }
    }

    /// CRC-32, as PNG and zip want it.
    private static func checksum(_ bytes: [UInt8]) -> Int {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes { sum = sum >> 8 ^ table[Int((sum ^ UInt32(byte)) & 255)] }
        return Int(~sum)
    }

    private static let table: [UInt32] = (0..<256).map { start in
        var value = UInt32(start)
        for _ in 0..<8 {
            let isOdd = value & 1 == 1
            value >>= 1
            if isOdd { value ^= 0xEDB8_8320 }
        }
        return value
    }
}
