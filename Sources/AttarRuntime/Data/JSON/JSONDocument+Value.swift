internal import CKernels

extension JSONDocument {
    /// One value of a document.
    package struct Value {
        /// What a value is.
        package enum Kind {
            case null, bool, number, string, array, object
        }

        private let document: JSONDocument
        private let index: Int
        private let entry: attar_json_entry

        init(document: JSONDocument, index: Int) {
            self.init(document: document, index: index, entry: document.entries[index])
        }

        private init(document: JSONDocument, index: Int, entry: attar_json_entry) {
            (self.document, self.index, self.entry) = (document, index, entry)
        }

        package var kind: Kind {
            switch entry.kind {
            case ATTAR_JSON_NULL: .null
            case ATTAR_JSON_TRUE, ATTAR_JSON_FALSE: .bool
            case ATTAR_JSON_WHOLE, ATTAR_JSON_DECIMAL: .number
            case ATTAR_JSON_PLAIN, ATTAR_JSON_ESCAPED: .string
            case ATTAR_JSON_OBJECT: .object
            default: .array
            }
        }

        package var isNull: Bool { entry.kind == ATTAR_JSON_NULL }

        /// Where its text is in the bytes; of a string without the quotes.
        package var range: Range<Int> { Int(entry.start)..<Int(entry.end) }

        /// Whether it is a string that has no escapes: `range` is all of it.
        package var isPlainString: Bool { entry.kind == ATTAR_JSON_PLAIN }

        private var isPacked: Bool { entry.kind == ATTAR_JSON_WHOLES || entry.kind == ATTAR_JSON_DECIMALS }

        /// The text as it is written.
        package var written: String { String(decoding: document.bytes[range], as: UTF8.self) }

        // MARK: - Single values

        /// The bytes of a string; nil for other values.
        package var utf8: [UInt8]? {
            switch entry.kind {
            case ATTAR_JSON_PLAIN: return Array(document.bytes[range])
            case ATTAR_JSON_ESCAPED:
                var text = [UInt8](repeating: 0, count: range.count)
                text.removeLast(
                    text.count - attar_json_unescape(document.bytes, range.lowerBound, range.upperBound, &text))
                return text
            default: return nil
            }
        }

        /// A string; nil for other values.
        package var string: String? {
            isPlainString ? written : utf8.map { String(decoding: $0, as: UTF8.self) }
        }

        /// A number; nil for other values.
        package var number: Double? {
            guard kind == .number else { return nil }
            if entry.kind == ATTAR_JSON_WHOLE, let integer, range.count < 16 { return Double(integer) }
            return Double(written)
        }

        /// A number as the nearest 32-bit float; nil for other values.
        package var float: Float? {
            guard kind == .number else { return nil }
            var value: Float = 0
            var isRounded = false
            _ = attar_parse_number(document.bytes, range.lowerBound, range.count, &value, &isRounded)
            return value
        }

        /// A whole number of at most 18 digits without point or exponent; nil for other values.
        package var integer: Int? {
            guard entry.kind == ATTAR_JSON_WHOLE else { return nil }
            var value: Int64 = 0
            attar_json_integers(document.bytes, range.lowerBound, range.upperBound, &value)
            return Int(value)
        }

        /// True or false; nil for other values.
        package var bool: Bool? { kind == .bool ? entry.kind == ATTAR_JSON_TRUE : nil }

        // MARK: - Arrays

        /// The elements of an array of numbers alone, as 32-bit floats; nil for other values, and for an empty array.
        package var floats: [Float]? {
            guard isPacked else { return nil }
            var values: [Float] = []
            append(to: &values)
            return values
        }

        /// The elements of an array of whole numbers alone; nil for other values, and for an empty array.
        package var integers: [Int64]? {
            guard entry.kind == ATTAR_JSON_WHOLES else { return nil }
            var values = [Int64](repeating: 0, count: Int(entry.extent))
            attar_json_integers(document.bytes, range.lowerBound, range.upperBound, &values)
            return values
        }

        /// Appends the elements of an array of numbers alone; false where it is something else.
        @discardableResult package func append(to values: inout [Float]) -> Bool {
            guard isPacked else { return false }
            let first = values.count
            values.append(contentsOf: repeatElement(0, count: Int(entry.extent)))
            attar_json_floats(document.bytes, range.lowerBound, range.upperBound, &values, first)
            return true
        }

        /// The elements of an array; none for other values.
        package var elements: [Value] {
            var elements: [Value] = []
            forEachElement { elements.append($0) }
            return elements
        }

        /// The elements of an array, one after the other; none for other values.
        package func forEachElement(_ body: (Value) throws -> Void) rethrows {
            if isPacked { return try forEachNumber(body) }
            guard entry.kind == ATTAR_JSON_ARRAY else { return }
            var child = index + 1
            while child < Int(entry.extent) {
                let value = Value(document: document, index: child)
                try body(value)
                child = value.end
            }
        }

        private func forEachNumber(_ body: (Value) throws -> Void) rethrows {
            var at = range.lowerBound
            while at < range.upperBound {
                guard document.bytes[at] > 32, document.bytes[at] != UInt8(ascii: ",") else {
                    at += 1
                    continue
                }
                let start = at
                at = attar_json_number_end(document.bytes, start, range.upperBound)
                let digits = document.bytes[start..<at].dropFirst(document.bytes[start] == UInt8(ascii: "-") ? 1 : 0)
                let isWhole = digits.count <= 18 && digits.allSatisfy { (48...57).contains($0) }
                var number = attar_json_entry()
                (number.start, number.end) = (UInt32(start), UInt32(at))
                number.kind = isWhole ? ATTAR_JSON_WHOLE : ATTAR_JSON_DECIMAL
                try body(Value(document: document, index: index, entry: number))
            }
        }

        // MARK: - Objects

        /// The names and values of an object, in their order; none for other values.
        package func forEachMember(_ body: (_ name: Value, _ value: Value) throws -> Void) rethrows {
            guard entry.kind == ATTAR_JSON_OBJECT else { return }
            var name = index + 1
            while name < Int(entry.extent) {
                let value = Value(document: document, index: name + 1)
                try body(Value(document: document, index: name), value)
                name = value.end
            }
        }

        /// The member of an object that has this name and is not null; nil where there is none.
        package subscript(name: String) -> Value? {
            var found: Value?
            forEachMember { key, value in
                if found == nil, !value.isNull, key.is(name) { found = value }
            }
            return found
        }

        /// Whether it is this string.
        package func `is`(_ text: String) -> Bool {
            isPlainString ? text.utf8.elementsEqual(document.bytes[range]) : utf8.map(text.utf8.elementsEqual) ?? false
        }

        /// Whether it is this string, for names that are known beforehand: nothing is made of the two.
        package func reads(_ text: StaticString) -> Bool {
            guard isPlainString else { return self.is(text.description) }
            return document.bytes.withUnsafeBytes { bytes in
                range.count == text.utf8CodeUnitCount
                    && bytes[range].elementsEqual(
                        UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
            }
        }

        /// The entry behind it and all that is inside it.
        private var end: Int { entry.kind.rawValue >= ATTAR_JSON_ARRAY.rawValue ? Int(entry.extent) : index + 1 }
    }
}
