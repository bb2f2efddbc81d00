import Compute

/// The rate of one large matrix product, the limit that training steps are held against.
enum Sgemm {
    private static let side = 1024

    /// What a process of its own measures: GFLOP/s of a product of 1,024 × 1,024 × 1,024, its rows cut over the threads.
    static func measure(threads: Int) {
        BLAS.useOneThread()
        let count = side * side
        let buffer = UnsafeMutablePointer<Float>.allocate(capacity: 3 * count)
        buffer.initialize(repeating: 0.5, count: 3 * count)
        defer { buffer.deallocate() }
        let workers = Workers(count: threads)
        let rows = side / threads
        func product() {
            workers.run(threads) { part in
                BLAS.product(
                    buffer + part * rows * side, buffer + count, into: buffer + 2 * count + part * rows * side,
                    rows: rows,
                    columns: side, inner: side)
            }
        }
        product()
        answer { [2 * Double(count * side) / medianTime(product) / 1e3] }
    }
}
