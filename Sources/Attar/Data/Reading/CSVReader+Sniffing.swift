internal import CKernels

extension CSVReader {
    /// What can stand between fields.
    private static let delimiters: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 9, UInt8(ascii: "|")]

    /// The delimiter asked for; else the one that the first line has most of, outside quotes, or where the lines behind it have another number of those, one that all of them
    /// have alike. A comma where there is none.
    func sniffedDelimiter() throws -> UInt8 {
        if let asked = options.delimiter {
            guard let byte = asked.asciiValue, ![10, 13, 34, 0].contains(byte) else {
                throw AttarError(
                    .invalidSetting, "'\(asked)' cannot stand between fields",
                    remedy: "Use a comma, semicolon, tab or bar")
            }
            return byte
        }
        let lines = countedLines()
        guard let header = lines.first else { return UInt8(ascii: ",") }
        func isEven(_ place: Int) -> Bool { header[place] > 0 && lines.allSatisfy { $0[place] == header[place] } }
        let order = header.indices.sorted { (-header[$0], $0) < (-header[$1], $1) }
        return Self.delimiters[order.first(where: isEven) ?? order[0]]
    }

    /// How often the delimiters stand outside of quotes in each of the first lines, blank ones aside.
    private func countedLines() -> [[Int]] {
        var (all, own): ([[Int]], [Int]) = ([], [0, 0, 0, 0])
        var (isQuoted, hasText) = (false, false)
        for index in first..<last {
            let byte = buffer[index]
            if byte == 10 && !isQuoted {
                if hasText { all.append(own) }
                if all.count == 20 { return all }
                (own, hasText) = ([0, 0, 0, 0], false)
                continue
            }
            if byte > 32 { hasText = true }
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, let place = Self.delimiters.firstIndex(of: byte) { own[place] += 1 }
        }
        // The last line of a file may lack its end; that of a part of a file is cut off.
        if hasText, isComplete || all.isEmpty { all.append(own) }
        return all
    }

    /// A number with a decimal comma among the first rows: in a column of which all numbers may have one and some have to, while no column needs points.
    ///
    /// Where commas part the fields, such a number stands in quotes.
    func sightedComma(_ names: [String]) -> CommaSighting? {
        let columns = names.count
        var fields = [attar_field](repeating: attar_field(), count: max(columns, min(columns * 200, 1 << 14)))
        let cut = attar_cut_records(buffer, first, last, delimiter, isComplete, columns, &fields, fields.count)
        var found: CommaSighting?
        for column in 0..<columns {
            var (own, needsPoint): (String?, Bool) = (nil, false)
            for row in 0..<cut.rows {
                let field = fields[row * columns + column]
                let (start, length) = (Int(field.start), Int(field.length))
                var (value, isRounded) = (Float(0), false)
                let kind = attar_parse_number(buffer, start, length, &value, &isRounded)
                if kind == ATTAR_MISSING || kind == ATTAR_NUMBER && (needsPoint || value == value.rounded()) {
                    continue
                }
                let text = String(decoding: buffer[start..<start + min(length, 80)], as: UTF8.self)
                guard let number = NumberText(text) else {
                    (own, needsPoint) = (nil, false)
                    break
                }
                if number.byPoint == nil { own = own ?? text }
                if number.byComma == nil { needsPoint = true }
            }
            if needsPoint, own == nil { return nil }
            if let own, !needsPoint { found = found ?? CommaSighting(column: names[column], text: own) }
        }
        return found
    }
}
