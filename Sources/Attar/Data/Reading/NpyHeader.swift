internal import CKernels

/// The header of a `.npy` file: how its numbers are stored, and the array's shape.
///
/// Source: "NEP 1: A Simple File Format for NumPy Arrays", versions 1.0 to 3.0.
struct NpyHeader: Equatable {
    /// What one element is.
    enum Element: Equatable {
        case number(attar_number_format, isSwapped: Bool)
        /// Characters of four bytes each, padded with zeros.
        case text(length: Int, isSwapped: Bool)
        /// Bytes, padded with zeros.
        case bytes(length: Int)
    }

    let element: Element
    let isFortran: Bool
    let shape: [Int]

    /// Bytes an element.
    let elementSize: Int
    /// Elements in all.
    let count: Int
    /// Bytes of all elements.
    let size: Int

    /// What is wrong with a header.
    struct Problem: Error {
        var text: String
        var remedy = "Save the array again with numpy.save"
    }

    /// Reads the header's dictionary, such as `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
    init(dictionary: String) throws {
        guard let descriptor = Self.value("descr", in: dictionary), descriptor.hasPrefix("'") else {
            throw Self.unsupported(Self.value("descr", in: dictionary) ?? "none")
        }
        let type = String(descriptor.dropFirst().prefix { $0 != "'" })
        (element, elementSize) = try Self.element(type)
        guard let order = Self.value("fortran_order", in: dictionary),
            let shape = Self.value("shape", in: dictionary), shape.hasPrefix("(")
        else { throw Problem(text: "has a damaged header") }
        isFortran = order.hasPrefix("True")
        let sizes = shape.dropFirst().prefix { $0 != ")" }.split(separator: ",")
            .map { Int($0.filter { !$0.isWhitespace }) }
        self.shape = sizes.compactMap(\.self)
        guard self.shape.count == sizes.count, let count = self.shape.checkedProduct,
            let size = [count, elementSize].checkedProduct
        else {
            throw Problem(text: "has a damaged header: its shape is (\(shape.dropFirst().prefix { $0 != ")" }))")
        }
        (self.count, self.size) = (count, size)
    }

    /// The text after a key's colon.
    private static func value(_ key: String, in dictionary: String) -> Substring? {
        guard let range = dictionary.firstRange(of: "'\(key)':") else { return nil }
        return dictionary[range.upperBound...].drop { $0 == " " }
    }

    private static func element(_ type: String) throws -> (Element, Int) {
        let order = type.first ?? "|"
        let kind = type.dropFirst()
        let isSwapped = order == ">" && Int(littleEndian: 1) == 1 || order == "<" && Int(bigEndian: 1) == 1
        let formats: [Substring: (attar_number_format, Int)] = [
            "f2": (ATTAR_FLOAT16, 2), "f4": (ATTAR_FLOAT32, 4), "f8": (ATTAR_FLOAT64, 8), "i1": (ATTAR_INT8, 1),
            "i2": (ATTAR_INT16, 2), "i4": (ATTAR_INT32, 4), "i8": (ATTAR_INT64, 8), "u1": (ATTAR_UINT8, 1),
            "u2": (ATTAR_UINT16, 2), "u4": (ATTAR_UINT32, 4), "u8": (ATTAR_UINT64, 8), "b1": (ATTAR_UINT8, 1),
        ]
        if let (format, size) = formats[kind] { return (.number(format, isSwapped: isSwapped), size) }
        if let length = Int(kind.dropFirst()), (1...1 << 20).contains(length) {
            if kind.first == "U" { return (.text(length: length, isSwapped: isSwapped), 4 * length) }
            if kind.first == "S" { return (.bytes(length: length), length) }
        }
        throw unsupported(Substring(type))
    }

    private static func unsupported(_ type: Substring) -> Problem {
        Problem(
            text: "holds values of type \(type.prefix(20)), which Attar does not read",
            remedy: "Save the array as numbers, such as float32, or as texts of fixed length")
    }
}
