extension Column {
    /// A categorical column whose categories are put in order, from codes in any order: numbers by size where all are
    /// numbers, else texts by their characters. Categories without a row stay. Names that are the same text, such as é in its two ways, are one category.
    package static func categorical(_ name: String, codes: [Int32], names: [String]) -> Column {
        let (distinct, merged) = Self.merged(codes, names)
        let (order, sorted) = inOrder(distinct)
        var position = [Int32](repeating: 0, count: distinct.count)
        for (new, old) in order.enumerated() { position[old] = Int32(new) }
        return Column(
            name, .categorical(codes: merged.map { $0 < 0 ? -1 : position[Int($0)] }, categories: sorted))
    }

    /// Names without repetition, in their order, and the codes for them. Equal are texts whose characters are, whatever scalars they are made of: so dictionaries
    /// compare them, here and wherever a model is read again.
    private static func merged(_ codes: [Int32], _ names: [String]) -> (names: [String], codes: [Int32]) {
        var places: [String: Int32] = [:]
        var distinct: [String] = []
        let position = names.map { name -> Int32 in
            if let place = places[name] { return place }
            places[name] = Int32(distinct.count)
            distinct.append(name)
            return Int32(distinct.count - 1)
        }
        return distinct.count == names.count
            ? (names, codes) : (distinct, codes.map { $0 < 0 ? -1 : position[Int($0)] })
    }

    /// Names in the order in which they are shown, and where each stood before.
    private static func inOrder(_ names: [String]) -> (order: [Int], sorted: [String]) {
        let numbers = names.compactMap(Double.init)
        let order =
            numbers.count == names.count
            ? names.indices.sorted { (numbers[$0], names[$0]) < (numbers[$1], names[$1]) }
            : names.indices.sorted { names[$0] < names[$1] }
        return (order, order.map { names[$0] })
    }

    /// How a number is written where it is a category or class: whole numbers without a point.
    package static func label(of number: Float) -> String {
        number == number.rounded() && abs(number) < 0x1p63 ? String(Int64(number)) : String(number)
    }

    /// How a number is written where it is a category or class, with the digits that 64 bits have.
    package static func label(of number: Double) -> String {
        number == number.rounded() && abs(number) < 0x1p53 ? String(Int64(number)) : label(of: Float(number))
    }

    /// How the number of a row is written as a text, with all its digits; nil where it is missing, and for columns of other things.
    package func label(ofRow row: Int) -> String? {
        guard case .numeric(let values) = storage, !values[row].isNaN else { return nil }
        return wholes.map { String($0[row]) } ?? Self.label(of: values[row])
    }

    /// The numbers where all are whole, `missingWhole` where missing; nil for others.
    package var wholeNumbers: [Int64]? {
        if let wholes { return wholes }
        guard case .numeric(let values) = storage else { return nil }
        var numbers: [Int64] = []
        for value in values {
            guard value.isNaN || Int64(exactly: value) != nil else { return nil }
            numbers.append(Int64(exactly: value) ?? Self.missingWhole)
        }
        return numbers
    }

    /// The values as texts, empty where missing: categories by their names. Nil for numbers and arrays.
    package var texts: [String]? {
        switch storage {
        case .text(let texts): texts
        case .categorical(let codes, let categories): codes.map { $0 < 0 ? "" : categories[Int($0)] }
        case .numeric, .tensor, .bytes: nil
        }
    }

    /// The column as categories, no two of the same name: numbers by their labels, texts as they are. Nil for tensors.
    package func asCategories() -> (codes: [Int32], names: [String])? {
        switch storage {
        case .categorical(let codes, let categories):
            let (names, codes) = Self.merged(codes, categories)
            return (codes, names)
        case .numeric(let values):
            if let wholes {
                return Self.numbered(
                    wholes.lazy.map { $0 == Self.missingWhole ? nil : $0 }, label: { String($0) })
            }
            return Self.numbered(values.lazy.map { $0.isNaN ? nil : $0 }, label: Self.label)
        case .text(let values):
            return Self.numbered(values.lazy.map { $0.isEmpty ? nil : $0 }, label: { $0 })
        case .tensor, .bytes:
            return nil
        }
    }

    /// Numbers the distinct values in order; nil becomes −1.
    private static func numbered<Value: Hashable & Comparable>(
        _ values: some Sequence<Value?>, label: (Value) -> String
    ) -> (codes: [Int32], names: [String]) {
        var seen: [Value: Int32] = [:]
        var distinct: [Value] = []
        var codes: [Int32] = []
        for value in values {
            guard let value else {
                codes.append(-1)
                continue
            }
            if let code = seen[value] {
                codes.append(code)
            } else {
                seen[value] = Int32(distinct.count)
                codes.append(Int32(distinct.count))
                distinct.append(value)
            }
        }
        let order = distinct.indices.sorted { distinct[$0] < distinct[$1] }
        var position = [Int32](repeating: 0, count: distinct.count)
        for (new, old) in order.enumerated() { position[old] = Int32(new) }
        return (codes.map { $0 < 0 ? -1 : position[Int($0)] }, order.map { label(distinct[$0]) })
    }

    /// Whether the value of a row is missing. A row of a tensor is missing where all its numbers are.
    package func isMissing(_ row: Int) -> Bool {
        switch storage {
        case .numeric(let values): values[row].isNaN
        case .categorical(let codes, _): codes[row] < 0
        case .text(let values): values[row].isEmpty
        case .tensor(let values, let shape):
            values[row * shape.reduce(1, *)..<(row + 1) * shape.reduce(1, *)].allSatisfy(\.isNaN)
        case .bytes: false
        }
    }
}
