internal import Compute

/// Rows as few numbers in which no direction counts more than another only for its unit: the coordinates along the principal components of the encoded
/// training rows. Rows of many features are first brought down by a random projection, which keeps distances to within a few percent (Johnson and
/// Lindenstrauss, 1984).
struct FeatureSpace: Sendable {
    /// The most components.
    static let mostComponents = 64
    /// Rows with more features than this are projected.
    private static let widest = 384
    private let projection: Matrix?
    private let components: PrincipalComponents
    /// The coordinates of the training rows, (rows, components).
    let coordinates: Matrix

    /// The space of encoded training rows; nil where there are none, or none that differ.
    ///
    /// - Parameter features: (rows, width), finite.
    init?(of features: Matrix, seed: UInt64) {
        guard features.rows > 1, features.columns > 0 else { return nil }
        if features.columns > Self.widest {
            var generator = SeededGenerator(seed: seed, stream: "feature space")
            let scale = 1 / Float(Self.widest).squareRoot()
            projection = Matrix(
                rows: Self.widest, columns: features.columns,
                elements: (0..<Self.widest * features.columns).map { _ in scale * generator.normal() })
        } else {
            projection = nil
        }
        let narrow = projection.map { features.timesTransposed($0) } ?? features
        let components = PrincipalComponents(of: narrow, count: Self.mostComponents)
        guard let first = components.variances.first, first > 0 else { return nil }
        self.components = components
        coordinates = components.coordinates(of: narrow)
    }

    /// The coordinates of encoded rows, (rows, components).
    func coordinates(of features: Matrix) -> Matrix {
        components.coordinates(of: projection.map { features.timesTransposed($0) } ?? features)
    }
}
