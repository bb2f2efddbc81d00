import CKernels
import Compute
import Testing

/// The kernel that sorts columns against the standard library's sort.
struct OrderingTests {
    @Test(arguments: [0, 1, 2, 1_000])
    func `Rows are ordered by value, and equal ones stay in their order`(rows: Int) {
        var generator = SeededGenerator(seed: 8)
        let width = 3
        let values = (0..<rows * width).map { index -> Float in
            switch index % 7 {
            case 0: 0
            case 1: -0.0
            case 2: Float(generator.index(below: 9)) - 4
            case 3: generator.normal() * Float(bitPattern: 71_362)
            case 4: generator.normal() * 1e30
            default: generator.normal()
            }
        }
        for column in 0..<width {
            var order = [Int32](repeating: -1, count: rows)
            var room = [UInt64](repeating: 0, count: 2 * rows)
            let own = stride(from: column, to: values.count, by: width).map { values[$0] }
            attar_order(Array(values.dropFirst(column)), width, rows, &order, &room)
            let expected = own.indices.sorted { own[$0] != own[$1] ? own[$0] < own[$1] : $0 < $1 }
            #expect(order.map(Int.init) == expected)
        }
    }
}
