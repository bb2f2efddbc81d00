/// How a tensor's elements are stored.
public enum ElementType: Sendable {
    /// 32-bit floats.
    case float32
    /// Whole numbers from −127 to 127: quantised weights. Floats in memory, where kernels bring them into an order of their own; bytes in
    /// a file.
    case int8
    /// Bytes: quantised results.
    case uint8
}

extension Graph.Entry {
    /// Number of floats that a result of so many rows takes the place of.
    func floatCount(rows: Int) -> Int {
        let count = shape.count(rows: rows)
        // Kernels read bytes four at a time, up to three of them behind the last.
        return type == .uint8 ? (count + 3) / 4 + 1 : count
    }
}

extension Frame.Operand {
    /// The values of a tensor of bytes.
    var bytes: UnsafeMutablePointer<UInt8> { UnsafeMutableRawPointer(values).assumingMemoryBound(to: UInt8.self) }
}
