public import Compute

/// Turns the columns of a data set into features; fitted once, on training rows only, and carried inside every model.
///
/// Numeric columns are standardised, missing values imputed by the mean with an indicator column; categorical columns are
/// one-hot with an "other" bucket.
public struct FeatureEncoder: Hashable, Codable, Sendable {
    /// Number of features that a row becomes.
    public var width: Int { 0 }

    /// Learns means, deviations and categories from training rows.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where no column can become a feature.
    public init(fittedTo rows: Dataset) throws {
        fatalError()
    }

    /// The features of the rows, (rows.count, width); finite numbers only.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) naming the column that is missing or of another type.
    public func encoded(_ rows: Dataset) throws -> Matrix {
        fatalError()
    }
}
