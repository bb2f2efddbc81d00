internal import CCrypto
internal import CKernels

/// The name of a row's contents: half of the SHA-256 of its values, so that equal rows have equal keys and, for all practical purposes, no
/// others have.
///
/// Where the row comes from, its identifier, target and weight do not count. Columns are taken in the order of their names.
package struct RowKey: Hashable, Sendable {
    /// The first eight bytes of the hash.
    package let first: UInt64
    /// The eight bytes after those.
    package let second: UInt64

    /// The keys of all rows, in order.
    package static func keys(of rows: Dataset) -> [RowKey] {
        let columns = rows.columns.sorted { $0.name < $1.name }.map(RecordColumn.init)
        let width = columns.reduce(0) { $0 + $1.width }
        // A block of records stays in the cache between being filled and being hashed; blocks are hashed side by side.
        let block = max(1, 1 << 18 / max(1, width))
        let count = rows.count
        let blocks = (count + block - 1) / block
        let digests = try? concurrently(blocks, threads: availableThreads()) { index in
            let first = index * block
            let own = min(block, count - first)
            var records = [UInt8](repeating: 0, count: own * width)
            var offset = 0
            for column in columns {
                column.write(rows: first..<first + own, to: &records, at: offset, stride: width)
                offset += column.width
            }
            var digests = [UInt8](repeating: 0, count: Self.bytes * own)
            attar_record_digests(records, width, own, &digests, 0)
            return digests
        }
        return keys(from: (digests ?? []).flatMap { $0 })
    }

    /// Bytes of a key.
    static let bytes = 16

    /// Keys that lie one after the other.
    static func keys(from bytes: [UInt8]) -> [RowKey] {
        var words = [UInt64](repeating: 0, count: bytes.count / 8)
        attar_load_bytes(bytes, 0, 8 * words.count, &words)
        return (0..<words.count / 2).map { RowKey(first: words[2 * $0], second: words[2 * $0 + 1]) }
    }

    /// A key of the given halves.
    package init(first: UInt64, second: UInt64) {
        (self.first, self.second) = (first, second)
    }
}

/// A column as fixed-width parts of records.
private struct RecordColumn: Sendable {
    /// One part a row, one after the other.
    private let parts: [UInt8]
    /// Bytes a row.
    let width: Int

    init(_ column: Column) {
        switch column.storage {
        case .numeric(let values):
            (parts, width) = (column.wholes.map { Self.bytes(of: values, $0) } ?? Self.bytes(of: values), 4)
        case .tensor(let values, let shape): (parts, width) = (Self.bytes(of: values), 4 * shape.reduce(1, *))
        case .bytes(let values, let shape): (parts, width) = (values, shape.reduce(1, *))
        case .categorical(let codes, let categories):
            let names = categories.map(Self.digest) + [Self.digest("")]
            (parts, width) = (codes.flatMap { names[$0 < 0 ? categories.count : Int($0)] }, RowKey.bytes)
        case .text(let texts): (parts, width) = (texts.flatMap(Self.digest), RowKey.bytes)
        }
    }

    func write(rows: Range<Int>, to records: inout [UInt8], at offset: Int, stride: Int) {
        attar_scatter_records(parts, rows.lowerBound * width, rows.count, width, &records, offset, stride)
    }

    /// The bits of numbers; those of 0 for −0, and those of one NaN for every one.
    private static func bytes(of values: [Float]) -> [UInt8] {
        let plain = values.map { $0.isNaN ? Float.nan : $0 + 0 }
        var bytes = [UInt8](repeating: 0, count: 4 * values.count)
        attar_store_bytes(plain, bytes.count, &bytes, 0)
        return bytes
    }

    /// The bits of numbers; where a number is not what its float says, bits that are made of all its digits, so that rows that differ in the last ones are different rows.
    private static func bytes(of values: [Float], _ wholes: [Int64]) -> [UInt8] {
        bytes(
            of: zip(values, wholes).map { value, whole in
                if value.isNaN || Int64(exactly: value) == whole { return value }
                let hash = UInt64(bitPattern: whole) &* 0x9E37_79B9_7F4A_7C15
                let bits = Float(bitPattern: UInt32(truncatingIfNeeded: hash >> 32))
                return bits.isNaN ? Float(bitPattern: UInt32(truncatingIfNeeded: hash >> 32) & 0x7F7F_FFFF) : bits
            })
    }

    private static func digest(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: RowKey.bytes)
        attar_record_digests(bytes, bytes.count, 1, &digest, 0)
        return digest
    }
}
