internal import CZlib

/// The bytes of one file in a zip archive, in order.
final class ZipStream {
    private let bytes: [UInt8]
    private let checksum: UInt
    /// What is still to come, as the archive says.
    private var left: Int
    private var position: Int
    /// Nil where the bytes lie in the archive as they are.
    private let inflation: UnsafeMutablePointer<attar_inflation>?
    private var found: UInt = 0

    init(_ bytes: [UInt8], _ range: Range<Int>, isPacked: Bool, size: Int, checksum: UInt) throws {
        (self.bytes, self.checksum, left, position) = (bytes, checksum, size, range.lowerBound)
        inflation = isPacked ? attar_inflation_begin(range.lowerBound, range.upperBound) : nil
        if isPacked, inflation == nil {
            throw ZipArchive.Problem(text: "cannot be unpacked: there is not enough memory")
        }
    }

    deinit { attar_inflation_end(inflation) }

    /// The next bytes, fewer only at the end.
    ///
    /// - Throws: `ZipArchive.Problem` where the data are damaged, or are others than the archive says.
    func next(_ count: Int) throws -> [UInt8] {
        let wanted = min(count, left)
        var part = [UInt8](repeating: 0, count: wanted)
        if let inflation {
            guard attar_inflation_next(inflation, bytes, &part, wanted) == wanted else { throw Self.damaged }
        } else {
            part = Array(bytes[position..<position + wanted])
            position += wanted
        }
        left -= wanted
        found = crc32_z(found, part, part.count)
        return part
    }

    /// Checks, once all has been taken, that nothing is left, and that it was what the archive says.
    func finish() throws {
        var beyond: UInt8 = 0
        let isAtEnd = inflation.map { attar_inflation_next($0, bytes, &beyond, 1) == 0 } ?? true
        guard left == 0, isAtEnd, found == checksum else { throw Self.damaged }
    }

    private static var damaged: ZipArchive.Problem { ZipArchive.Problem(text: "holds damaged data") }
}
