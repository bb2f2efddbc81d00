/// The letters that stand for bytes in byte-level vocabularies, as GPT-2 has them: printable bytes for themselves, the others from
/// U+0100 on.
enum ByteAlphabet {
    /// The scalar of each byte.
    static let scalars: [UInt32] = {
        var next: UInt32 = 0x100
        return (0..<256).map { byte in
            if (33...126).contains(byte) || (161...172).contains(byte) || (174...255).contains(byte) {
                return UInt32(byte)
            }
            next += 1
            return next - 1
        }
    }()

    /// Bytes, each as its letter.
    static func encoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 2)
        for byte in bytes { append(byte, to: &result) }
        return result
    }

    /// Appends a byte's letter.
    @inline(__always)
    static func append(_ byte: UInt8, to result: inout [UInt8]) {
        let scalar = scalars[Int(byte)]
        if scalar < 0x80 {
            result.append(UInt8(scalar))
        } else {
            result.append(UInt8(0xC0 | scalar >> 6))
            result.append(UInt8(0x80 | scalar & 0x3F))
        }
    }
}
