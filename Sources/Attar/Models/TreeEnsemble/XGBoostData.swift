internal import CXGBoost
package import Compute

/// Rows in XGBoost's own form: owns one DMatrix handle and frees it.
package final class XGBoostData {
    /// XGBoost's DMatrix; valid as long as this object lives.
    let handle: DMatrixHandle
    /// Number of rows.
    package let rows: Int

    /// Copies the rows.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) with XGBoost's own words.
    package init(_ features: Matrix, threads: Int) throws {
        try XGBoostBooster.silence()
        var handle: DMatrixHandle?
        try XGBoostBooster.check(
            XGDMatrixCreateFromMat_omp(
                features.elements, UInt64(features.rows), UInt64(features.columns), .nan, &handle, Int32(threads)))
        guard let handle else { preconditionFailure("XGBoost reports success without a matrix") }
        self.handle = handle
        rows = features.rows
    }

    deinit { XGDMatrixFree(handle) }
}
