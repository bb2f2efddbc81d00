internal import CKernels

extension ColumnBuilder {
    /// Takes a cell without a value.
    mutating func appendMissing(line: Int) throws {
        try appendMissing(1, line: line)
    }

    /// Takes cells without a value.
    mutating func appendMissing(_ rows: Int, line: Int) throws {
        count += rows
        switch mode {
        case .numbers:
            numbers.append(contentsOf: repeatElement(.nan, count: rows))
            for _ in 0..<rows where wholes.isCollecting { wholes.append(Column.missingWhole) }
        case .strings: codes.append(contentsOf: repeatElement(-1, count: rows))
        case .arrays: throw missingArray(line)
        case .deferred, .finished: break
        }
    }

    /// Takes a number by its text.
    mutating func appendNumber(_ bytes: [UInt8], _ start: Int, _ length: Int, line: Int) throws {
        if mode == .numbers {
            var value: Float = 0
            let kind = attar_parse_number(bytes, start, length, &value, &wasRounded)
            if kind != ATTAR_NUMBER && kind != ATTAR_MISSING {
                try meet(kind, bytes, start, length, line: line)
                value = .nan
            }
            if mode == .numbers {
                if wasRounded {
                    wholes.begin(after: numbers)
                    wholes.append(bytes, start, length)
                }
                numbers.append(value)
                count += 1
                return
            }
        }
        try appendText(bytes, start, length, line: line)
    }

    /// Takes a text.
    mutating func appendText(_ bytes: [UInt8], _ start: Int, _ length: Int, line: Int) throws {
        if mode == .numbers {
            var value: Float = 0
            var rounded = false
            if attar_parse_number(bytes, start, length, &value, &rounded) == ATTAR_MISSING {
                try appendMissing(line: line)
                return
            }
            try meet(ATTAR_TEXT, bytes, start, length, line: line)
        }
        count += 1
        switch mode {
        case .strings:
            if !literals.isEmpty, let code = literal(bytes, start..<start + length) {
                codes.append(code)
            } else {
                try appendString(bytes, start, length, isDoubled: false, line: { line })
            }
        case .arrays: throw missingArray(line)
        case .numbers, .deferred, .finished: break
        }
    }

    /// Takes an array of numbers. All arrays of a column have the same length.
    mutating func appendArray(_ values: [Float], line: Int) throws {
        if mode == .numbers && numbers.isEmpty && count == 0 {
            mode = .arrays
            arrayLength = values.count
        }
        if mode == .finished { return }
        guard mode == .arrays else {
            throw AttarError(
                .malformedData, "\(file), line \(line), column '\(name)': an array stands among single values",
                remedy: "Give every line an array of the same length, or none")
        }
        guard values.count == arrayLength, !values.isEmpty else {
            throw AttarError(
                .malformedData,
                "\(file), line \(line), column '\(name)': an array of \(values.count) numbers follows arrays of \(arrayLength)",
                remedy: "Give every line an array of the same length, of one number at least")
        }
        numbers.append(contentsOf: values)
        count += 1
    }

    private func missingArray(_ line: Int) -> AttarError {
        AttarError(
            .malformedData, "\(file), line \(line), column '\(name)': an array is expected and there is none",
            remedy: "Give every line an array of \(arrayLength) numbers")
    }
}
