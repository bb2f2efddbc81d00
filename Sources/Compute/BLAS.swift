#if canImport(Accelerate)
    internal import Accelerate
#else
    internal import CBLAS
    internal import Synchronization
#endif

/// Matrix products by the system's library: OpenBLAS, or Accelerate on Apple platforms. The one place that knows which.
///
/// Measured with OpenBLAS 0.3.21 on AVX-512: the products of a 100-64-32-10 network at batch 32 run at the speed of its
/// large products, and a single row takes 0.1 µs a layer, so there are no kernels of our own beside it.
public enum BLAS {
    /// product (rows, columns) = left (rows, inner) · right (inner, columns), all row-major.
    ///
    /// - Parameters:
    ///   - transposingLeft: `left` is stored as (inner, rows).
    ///   - transposingRight: `right` is stored as (columns, inner).
    public static func product(
        _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into product: UnsafeMutablePointer<Float>,
        rows: Int, columns: Int, inner: Int, transposingLeft: Bool = false, transposingRight: Bool = false
    ) {
        #if canImport(Accelerate)
            typealias Length = Int32
        #else
            typealias Length = blasint
        #endif
        cblas_sgemm(
            CblasRowMajor, transposingLeft ? CblasTrans : CblasNoTrans, transposingRight ? CblasTrans : CblasNoTrans,
            Length(rows), Length(columns), Length(inner), 1, left, Length(transposingLeft ? rows : inner), right,
            Length(transposingRight ? inner : columns), 0, product, Length(columns))
    }

    /// Sets how many threads a product may use. Holds for the whole process: OpenBLAS has one pool.
    ///
    /// Products of small networks are faster on one thread than it takes to wake another, so `threads` counts only where
    /// the largest product has at least 2²⁴ multiplications.
    static func use(threads: Int, forProductsOf multiplications: Int) {
        #if !canImport(Accelerate)
            let wanted = multiplications >= 1 << 24 ? max(1, threads) : 1
            if current.exchange(wanted, ordering: .relaxed) != wanted { openblas_set_num_threads(Int32(wanted)) }
        #endif
    }

    /// Uses one thread, unless `use` has already said otherwise: OpenBLAS by itself would take every core.
    static func useOneThreadByDefault() {
        #if !canImport(Accelerate)
            let isFirst = current.compareExchange(expected: 0, desired: 1, ordering: .relaxed).exchanged
            if isFirst { openblas_set_num_threads(1) }
        #endif
    }

    #if !canImport(Accelerate)
        /// What OpenBLAS was last told; 0 before the first time.
        private static let current = Atomic<Int>(0)
    #endif
}
