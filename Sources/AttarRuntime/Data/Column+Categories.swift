extension Column {
    /// A categorical column whose categories are put in order, from codes in any order: numbers by size where all are
    /// numbers, else texts by their characters. Categories without a row stay.
    package static func categorical(_ name: String, codes: [Int32], names: [String]) -> Column {
        let (order, sorted) = inOrder(names)
        var position = [Int32](repeating: 0, count: names.count)
        for (new, old) in order.enumerated() { position[old] = Int32(new) }
        return Column(
            name, .categorical(codes: codes.map { $0 < 0 ? -1 : position[Int($0)] }, categories: sorted))
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

    /// The values as texts, empty where missing: categories by their names. Nil for numbers and arrays.
    package var texts: [String]? {
        switch storage {
        case .text(let texts): texts
        case .categorical(let codes, let categories): codes.map { $0 < 0 ? "" : categories[Int($0)] }
        case .numeric, .tensor, .bytes: nil
        }
    }

    /// The column as categories: numbers by their labels, texts as they are. Nil for tensors.
    package func asCategories() -> (codes: [Int32], names: [String])? {
        switch storage {
        case .categorical(let codes, let categories):
            return (codes, categories)
        case .numeric(let values):
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
