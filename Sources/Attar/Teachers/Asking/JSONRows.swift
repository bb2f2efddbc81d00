internal import CKernels

/// Writes rows of a data set as JSON, fast: `{"id":7,"row":{"size":3,"shop":"north"}}`, one a line. Numbers give the same 32-bit float back;
/// what is missing is null, a missing text the empty text; a tensor is nested arrays.
package struct JSONRows {
    private let columns: [Column]
    /// For each column of categories their JSON, else empty.
    private let categories: [[[UInt8]]]
    /// `"size":`, `,"shop":`, … behind each other, and where each ends.
    private let keys: [UInt8]
    private let keyEnds: [Int]

    package init(_ rows: Dataset) {
        columns = rows.columns
        categories = rows.columns.map { column in
            guard case .categorical(_, let names) = column.storage else { return [] }
            return names.map { Self.text($0) }
        }
        var keys: [UInt8] = []
        var ends: [Int] = []
        for column in rows.columns {
            if !keys.isEmpty { keys.append(UInt8(ascii: ",")) }
            keys += Self.text(column.name) + [UInt8(ascii: ":")]
            ends.append(keys.count)
        }
        self.keys = keys
        keyEnds = ends
    }

    /// Appends a line for each of the rows, numbered from `first`.
    package func append(_ positions: [Int], from first: Int, to text: inout [UInt8]) {
        var cells: [UInt8] = []
        var ends = [Int](repeating: 0, count: columns.count * positions.count)
        for index in columns.indices { append(column: index, positions, &cells, &ends) }
        // 20 digits and 18 other characters at most for each row.
        let room = cells.count + positions.count * (keys.count + 48)
        let begin = text.count
        text.append(contentsOf: repeatElement(0, count: room))
        let count = attar_json_rows(
            cells, ends, keys, keyEnds, columns.count, positions.count, first, &text, begin)
        text.removeLast(room - count)
    }

    private func append(column index: Int, _ positions: [Int], _ cells: inout [UInt8], _ ends: inout [Int]) {
        let count = positions.count
        let start = cells.count
        var columnEnds = [Int](repeating: 0, count: count)
        func grow(width: Int, rank: Int) {
            cells.append(contentsOf: repeatElement(0, count: count * width * (Int(ATTAR_JSON_NUMBER) + 2 * rank)))
        }
        var written: Int?
        switch columns[index].storage {
        case .numeric where columns[index].wholes != nil:
            for (row, position) in positions.enumerated() {
                cells += columns[index].label(ofRow: position).map { Array($0.utf8) } ?? Self.null
                columnEnds[row] = cells.count
            }
        case .numeric(let values):
            grow(width: 1, rank: 0)
            written = attar_json_float_cells(values, positions, count, [], 0, &cells, start, &columnEnds)
        case .tensor(let values, let shape):
            grow(width: shape.reduce(1, *), rank: shape.count)
            written = attar_json_float_cells(
                values, positions, count, shape, shape.count, &cells, start, &columnEnds)
        case .bytes(let values, let shape):
            grow(width: shape.reduce(1, *), rank: shape.count)
            written = attar_json_byte_cells(
                values, positions, count, shape, shape.count, &cells, start, &columnEnds)
        case .categorical(let codes, _):
            let names = categories[index]
            for (row, position) in positions.enumerated() {
                let code = Int(codes[position])
                cells.append(contentsOf: code < 0 ? Self.null : names[code])
                columnEnds[row] = cells.count
            }
        case .text(let values):
            for (row, position) in positions.enumerated() {
                Self.append(values[position], to: &cells)
                columnEnds[row] = cells.count
            }
        }
        if let written { cells.removeLast(cells.count - start - written) }
        ends.replaceSubrange(index * count..<(index + 1) * count, with: columnEnds)
    }

    private static let null = Array("null".utf8)

    /// A text as JSON, in quotes.
    static func text(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return bytes
    }

    /// Appends a text as JSON, in quotes.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<32:
                let digits = String(byte, radix: 16)
                bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
