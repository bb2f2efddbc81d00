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
    /// product (rows, columns) = factor · left (rows, inner) · right (inner, columns), all row-major.
    ///
    /// - Parameters:
    ///   - transposingLeft: `left` is stored as (inner, rows).
    ///   - transposingRight: `right` is stored as (columns, inner).
    ///   - leftStride: elements from one stored row of `left` to the next, where `left` is a block of a wider matrix.
    ///   - rightStride: the same of `right`.
    ///   - productStride: the same of `product`.
    ///   - adding: whether the product is added to what stands in `product`.
    public static func product(
        _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into product: UnsafeMutablePointer<Float>,
        rows: Int, columns: Int, inner: Int, transposingLeft: Bool = false, transposingRight: Bool = false,
        leftStride: Int? = nil, rightStride: Int? = nil, productStride: Int? = nil, factor: Float = 1,
        adding: Bool = false
    ) {
        // How OpenBLAS cuts a product over threads depends on who else asks, and the last bits of the sums with it.
        useOneThread()
        #if canImport(Accelerate)
            typealias Length = Int32
        #else
            typealias Length = blasint
        #endif
        cblas_sgemm(
            CblasRowMajor, transposingLeft ? CblasTrans : CblasNoTrans, transposingRight ? CblasTrans : CblasNoTrans,
            Length(rows), Length(columns), Length(inner), factor, left,
            Length(leftStride ?? (transposingLeft ? rows : inner)), right,
            Length(rightStride ?? (transposingRight ? inner : columns)), adding ? 1 : 0, product,
            Length(productStride ?? columns))
    }

    /// Keeps each product on the thread that asks for it: OpenBLAS by itself would take every core, and has one pool for the
    /// whole process. Work is cut over `Workers` instead.
    public static func useOneThread() {
        #if !canImport(Accelerate)
            if !isSet.load(ordering: .relaxed), !isSet.exchange(true, ordering: .relaxed) {
                openblas_set_num_threads(1)
            }
        #endif
    }

    #if !canImport(Accelerate)
        private static let isSet = Atomic<Bool>(false)
    #endif
}
