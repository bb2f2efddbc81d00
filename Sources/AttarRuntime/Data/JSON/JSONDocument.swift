internal import CKernels

/// A JSON text (RFC 8259), read in one pass into a flat list of its values: the one reader of JSON whose size or speed matters.
///
/// It is strict: the text is UTF-8 with nothing behind its value, half a surrogate pair is refused, and so is a name that an object has twice, which the
/// standard leaves open and readers disagree about. Values may be 64 deep inside one another. Nothing is decoded before it is asked for, strings and numbers stay
/// where they are in the bytes, and an array of numbers alone is one entry.
package final class JSONDocument {
    /// What a format allows beyond the standard.
    package struct Extensions: OptionSet, Sendable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// `NaN`, `Infinity` and `-Infinity` are numbers, as Python and XGBoost write them.
        package static let nonFiniteNumbers = Extensions(rawValue: 1)
    }

    private(set) var bytes: [UInt8] = []
    private(set) var entries: [attar_json_entry] = []
    private let extensions: Extensions

    /// A document without a value, for texts that are read one after the other: room for their values is made once.
    package init(allowing extensions: Extensions = []) { self.extensions = extensions }

    /// Reads a whole text.
    ///
    /// - Throws: `JSONFault` with the place where it is no JSON.
    package convenience init(_ bytes: [UInt8], allowing extensions: Extensions = []) throws(JSONFault) {
        self.init(allowing: extensions)
        try read(bytes, 0..<bytes.count)
    }

    /// The outermost value.
    package var root: Value { Value(document: self, index: 0) }

    /// Reads a part of the bytes, such as a line, in the place of what was read before, and calls the body with its value, which is not to be kept.
    ///
    /// - Throws: `JSONFault` with the place in the part where it is no JSON; what the body throws.
    package func read<Result>(
        _ bytes: [UInt8], _ range: Range<Int>, _ body: (Value) throws -> Result
    ) throws -> Result {
        // Whoever fills the bytes anew would have to copy them as long as they are held here.
        defer { self.bytes = [] }
        try read(bytes, range)
        return try body(root)
    }

    private func read(_ bytes: [UInt8], _ range: Range<Int>) throws(JSONFault) {
        guard range.upperBound < UInt32.max else {
            throw JSONFault("the text is larger than 4 GB", at: range.lowerBound, in: bytes, range)
        }
        self.bytes = bytes
        var scan = attar_json_scan()
        (scan.position, scan.end) = (range.lowerBound, range.upperBound)
        scan.nonfinite = extensions.contains(.nonFiniteNumbers)
        var status = ATTAR_JSON_FULL
        while status == ATTAR_JSON_FULL {
            // A name and its value have to fit.
            if entries.count < scan.count + 2 {
                let room = max(entries.count, 16 + range.count / 32)
                entries.append(contentsOf: repeatElement(attar_json_entry(), count: room))
            }
            status = attar_json_read(&scan, bytes, &entries, entries.count)
        }
        guard status == ATTAR_JSON_READ else { throw JSONFault(status, at: scan.position, in: bytes, range) }
    }
}
