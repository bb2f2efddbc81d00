internal import CXGBoost
package import Compute

/// Rows in XGBoost's own form: owns one DMatrix handle and frees it.
package final class XGBoostData {
    /// XGBoost's DMatrix; valid as long as this object lives.
    let handle: DMatrixHandle
    /// Number of rows.
    package let rows: Int

    /// Threads to grow trees on these rows with.
    ///
    /// XGBoost meets its threads at barriers many times a tree, and they wait there in a loop: on few numbers one thread is
    /// faster, and far faster where the machine has other work. The choice follows from the data, so results do not change.
    let threads: Int

    /// Number of columns, and how many of them are not constant over the rows.
    let columns: (all: Int, varying: Int)

    /// Copies the rows.
    ///
    /// - Parameter threads: the most threads to use.
    /// - Throws: `AttarError` (`invalidSetting`) with XGBoost's own words.
    package init(_ features: Matrix, threads: Int) throws {
        self.threads = features.elements.count < 1_000_000 ? 1 : max(1, threads)
        try XGBoostBooster.silence()
        var handle: DMatrixHandle?
        try XGBoostBooster.check(
            XGDMatrixCreateFromMat_omp(
                features.elements, UInt64(features.rows), UInt64(features.columns), .nan, &handle, Int32(self.threads)))
        guard let handle else { preconditionFailure("XGBoost reports success without a matrix") }
        self.handle = handle
        rows = features.rows
        // A node that is offered constant columns only stays a leaf: they are to be drawn after all others.
        let width = features.columns
        var varies = [Float](repeating: 0, count: width)
        for (index, value) in features.elements.enumerated() where value != features.elements[index % width] {
            varies[index % width] = 1
        }
        columns = (width, varies.count { $0 > 0 })
        if columns.varying > 0 {
            try XGBoostBooster.check(XGDMatrixSetFloatInfo(handle, "feature_weights", varies, UInt64(width)))
        }
    }

    deinit { XGDMatrixFree(handle) }
}
