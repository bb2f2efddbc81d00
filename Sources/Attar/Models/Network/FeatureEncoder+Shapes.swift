internal import Compute

extension FeatureEncoder {
    /// The shape of a picture in a network's terms.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where rows are no pictures.
    func pictureShape(for name: String) throws -> Shape {
        guard case .picture(let height, let width, let channels) = layout else {
            let found = columns.count == 1 ? "one column" : "\(columns.count) separate columns"
            throw AttarError(
                .schemaMismatch, "\(name) takes pictures, but a row here has \(found)",
                remedy: """
                    Use mlp, or give the pictures as a folder of classes or as one array of (rows, height, width) or (rows, height, \
                    width, channels) in an .npz file
                    """)
        }
        return .rows(height, width, channels)
    }
}
