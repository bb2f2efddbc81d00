extension ONNXBinder {
    /// How a column of arrays fills an input: as it is, with a dimension of 1 more or less, with its channels moved from the end to the
    /// front or back where the input's lengths ask for that, or laid out flat.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) naming both shapes where none of these fits.
    func arrays(_ column: String, _ shape: [Int], for port: ONNXPort) throws -> ONNXFilling {
        guard port.element != .string else {
            throw AttarError(
                .unusableTeacher,
                "the column '\(column)' of \(rows.source) holds arrays, but the input '\(port.name)' of the teacher \(name) takes texts"
            )
        }
        let wanted = Array(port.shape.dropFirst())
        func fits(_ shape: [Int]) -> Bool {
            shape.count == wanted.count && zip(shape, wanted).allSatisfy { $1 == nil || $0 == $1 }
        }
        if port.shape.isEmpty || fits(shape) { return .arrays(column, axes: nil, shape: shape) }
        if shape.count == 3, fits([shape[2], shape[0], shape[1]]) {
            return .arrays(column, axes: [2, 0, 1], shape: [shape[2], shape[0], shape[1]])
        }
        if shape.count == 3, fits([shape[1], shape[2], shape[0]]) {
            return .arrays(column, axes: [1, 2, 0], shape: [shape[1], shape[2], shape[0]])
        }
        let plain = shape.filter { $0 != 1 }
        for other in [[1] + shape, shape + [1], plain, [1] + plain, plain + [1], [shape.reduce(1, *)]] where fits(other)
        {
            return .arrays(column, axes: nil, shape: other)
        }
        throw AttarError(
            .unusableTeacher,
            "the teacher \(name) takes rows of \(Self.text(wanted)) in its input '\(port.name)', but the column '\(column)' of \(rows.source) holds \(Self.text(shape))",
            remedy: "Give arrays or pictures of the size that it was trained on")
    }

    private static func text(_ lengths: [Int?]) -> String {
        lengths.map { $0.map(String.init) ?? "?" }.joined(separator: " × ")
    }
}
