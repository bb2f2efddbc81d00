/// The files in a zip archive that lies in memory; stored or deflated, below 4 GB (APPNOTE.TXT 6.3, sections 4.3 to 4.5).
struct ZipArchive {
    /// One file in the archive.
    struct Entry {
        let name: String
        fileprivate let method: Int
        fileprivate let packedSize: Int
        /// Bytes once unpacked, as the archive says; what comes out is held to it.
        let size: Int
        fileprivate let offset: Int
        fileprivate let checksum: UInt
    }

    /// What is wrong with an archive.
    struct Problem: Error {
        var text: String
    }

    /// The files, in the order of the archive's directory.
    let entries: [Entry]

    private let bytes: [UInt8]

    /// Reads the directory.
    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        // The end record is 22 bytes and a comment of at most 65,535.
        guard bytes.count >= 22,
            let end = (max(0, bytes.count - 22 - 65_535)...bytes.count - 22).reversed()
                .first(where: { Self.number(bytes, $0, 4) == 0x0605_4b50 })
        else { throw Problem(text: "is truncated or no .npz archive") }
        let count = Self.number(bytes, end + 10, 2)
        var at = Self.number(bytes, end + 16, 4)
        var entries: [Entry] = []
        for _ in 0..<count {
            guard at + 46 <= bytes.count, Self.number(bytes, at, 4) == 0x0201_4b50 else {
                throw Problem(text: "has a damaged directory")
            }
            let length = Self.number(bytes, at + 28, 2)
            let extra = Self.number(bytes, at + 30, 2)
            guard at + 46 + length <= bytes.count else { throw Problem(text: "has a damaged directory") }
            let (packedSize, size) = (Self.number(bytes, at + 20, 4), Self.number(bytes, at + 24, 4))
            let offset = Self.number(bytes, at + 42, 4)
            if [packedSize, size, offset].contains(0xFFFF_FFFF) {
                throw Problem(text: "holds an array of more than 4 GB; save it as .npy")
            }
            entries.append(
                Entry(
                    name: String(decoding: bytes[at + 46..<at + 46 + length], as: UTF8.self),
                    method: Self.number(bytes, at + 10, 2), packedSize: packedSize, size: size, offset: offset,
                    checksum: UInt(Self.number(bytes, at + 16, 4))))
            at += 46 + length + extra + Self.number(bytes, at + 32, 2)
        }
        self.entries = entries
    }

    /// The bytes of a file, unpacked as they are asked for: a file that is not what it should be is told by its first bytes, before the rest costs
    /// memory.
    func stream(of entry: Entry) throws -> ZipStream {
        guard entry.offset + 30 <= bytes.count, Self.number(bytes, entry.offset, 4) == 0x0403_4b50 else {
            throw Problem(text: "has a damaged entry")
        }
        let start =
            entry.offset + 30 + Self.number(bytes, entry.offset + 26, 2) + Self.number(bytes, entry.offset + 28, 2)
        guard start + entry.packedSize <= bytes.count else { throw Problem(text: "is truncated") }
        switch entry.method {
        case 0 where entry.packedSize == entry.size: break
        // A size beyond that is a lie.
        case 8 where entry.size <= Deflate.most(from: entry.packedSize): break
        case 0, 8: throw Problem(text: "has a damaged directory")
        default: throw Problem(text: "is packed by method \(entry.method), which Attar does not read")
        }
        return try ZipStream(
            bytes, start..<start + entry.packedSize, isPacked: entry.method == 8, size: entry.size,
            checksum: entry.checksum)
    }

    /// A little-endian number of 2 or 4 bytes.
    private static func number(_ bytes: [UInt8], _ at: Int, _ size: Int) -> Int {
        (0..<size).reversed().reduce(0) { $0 << 8 | Int(bytes[at + $1]) }
    }
}
