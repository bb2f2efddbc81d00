internal import CKernels

/// Augmented views of pictures: shifted and turned over at random, made again whenever they are wanted and never stored.
///
/// View number v of a picture follows from `seed`, the picture's key and v alone, so a teacher that is asked about a view and a student
/// that learns from it see the same pixels. Random crops of a padded picture (He et al., CVPR 2016, section 4.2) are shifts.
public struct PictureViews: Hashable, Sendable {
    /// Pixels from top to bottom.
    public let height: Int
    /// Pixels from left to right.
    public let width: Int
    /// Numbers a pixel, at most 64.
    public let channels: Int
    /// The farthest that a picture moves in each direction, in pixels, 0 or more.
    public let shift: Int
    /// Whether half of the views are turned over left to right.
    public let flips: Bool
    /// All views follow from it.
    public let seed: UInt64
    /// What tells pictures apart, one a row: kept through selections.
    public let keys: [Int32]
    /// What stands where a picture has been moved away, one number a channel.
    public let black: [Float]
    /// Views a picture whose answers are known, seen in turn, epoch by epoch; nil for a new view each epoch.
    public let count: Int?

    /// Views of pictures of the given shape.
    public init(
        height: Int, width: Int, channels: Int, shift: Int, flips: Bool, seed: UInt64, keys: [Int32], black: [Float],
        count: Int? = nil
    ) {
        precondition(height > 0 && width > 0 && (1...64).contains(channels), "pictures have pixels")
        precondition(shift >= 0 && black.count == channels && (count ?? 1) > 0, "views have a range")
        (self.height, self.width, self.channels) = (height, width, channels)
        (self.shift, self.flips, self.seed, self.keys) = (shift, flips, seed, keys)
        (self.black, self.count) = (black, count)
    }

    /// Of these pictures those at the given positions.
    public func selecting(_ rows: [Int]) -> PictureViews { with(keys: rows.map { keys[$0] }, count: count) }

    /// The same pictures, with another number of views.
    public func with(count: Int?) -> PictureViews { with(keys: keys, count: count) }

    private func with(keys: [Int32], count: Int?) -> PictureViews {
        PictureViews(
            height: height, width: width, channels: channels, shift: shift, flips: flips, seed: seed, keys: keys,
            black: black, count: count)
    }

    /// One view of all pictures.
    ///
    /// - Parameter pictures: (keys.count, height · width · channels).
    public func view(_ view: Int, of pictures: Matrix) -> Matrix {
        precondition(
            pictures.rows == keys.count && pictures.columns == height * width * channels, "pictures of this shape")
        var elements = [Float](repeating: 0, count: pictures.elements.count)
        elements.withUnsafeMutableBufferPointer { out in
            guard let start = out.baseAddress else { return }
            write(view, of: pictures.elements, at: nil, rows: pictures.rows, into: start)
        }
        return Matrix(rows: pictures.rows, columns: pictures.columns, elements: elements)
    }

    /// One view of pictures of bytes, whose black is 0.
    public func view(_ view: Int, of pictures: [UInt8]) -> [UInt8] {
        precondition(pictures.count == keys.count * height * width * channels, "pictures of this shape")
        var views = attarViews
        var out = [UInt8](repeating: 0, count: pictures.count)
        attar_view_bytes(&views, pictures, nil, keys, keys.count, view, &out)
        return out
    }

    /// One view of the pictures at the given positions, or of the first `rows`.
    func write(
        _ view: Int, of pictures: [Float], at indices: UnsafePointer<Int32>?, rows: Int,
        into out: UnsafeMutablePointer<Float>
    ) {
        var views = attarViews
        attar_view_floats(&views, pictures, indices, keys, rows, view, black, out)
    }

    private var attarViews: attar_views {
        attar_views(height: height, width: width, channels: channels, shift: shift, flip: flips, seed: seed)
    }
}
