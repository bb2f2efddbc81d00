package import Compute

/// How pictures are changed at random each time that a network sees them, as `shift=2,flip` says it.
public struct Augmentation: Hashable, Sendable, CustomStringConvertible {
    /// The farthest that a picture moves in each direction, in pixels, 0 or more.
    public var shift = 0
    /// Whether half of the views are turned over left to right.
    public var flips = false
    /// α of mixup, above 0; 0 for none.
    public var mixup = 0.0
    /// α of CutMix, above 0; 0 for none.
    public var cutmix = 0.0

    /// No change.
    public init() {}

    /// What a text such as `shift=2,flip,mixup=0.2` says; `crop=4` is another word for `shift=4`: a random crop of a picture with a black border.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    public init(_ text: String) throws {
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
            switch (pair.first, pair.count) {
            case ("flip", 1):
                flips = true
            case ("shift", 2), ("crop", 2):
                guard let pixels = Int(pair[1]), (0...64).contains(pixels) else {
                    throw AttarError(
                        .invalidSetting, "augment has \(pair[0])=\(pair[1])",
                        remedy: "Give a number of pixels from 0 to 64")
                }
                shift = pixels
            case ("mixup", 2), ("cutmix", 2):
                guard let alpha = Double(pair[1]), alpha > 0, alpha <= 100 else {
                    throw AttarError(
                        .invalidSetting, "augment has \(pair[0])=\(pair[1])",
                        remedy: "Give a number above 0, such as 0.2 or 1")
                }
                if pair[0] == "mixup" { mixup = alpha } else { cutmix = alpha }
            default:
                throw AttarError(
                    .invalidSetting, "augment does not know '\(part)'", remedy: "Write, for example, shift=2,flip")
            }
        }
        if self == Augmentation() {
            throw AttarError(
                .invalidSetting, "augment '\(text)' changes nothing", remedy: "Write, for example, shift=2,flip")
        }
    }

    /// As it is written.
    public var description: String {
        ((shift > 0 ? ["shift=\(shift)"] : []) + (flips ? ["flip"] : []) + (mixup > 0 ? ["mixup=\(mixup)"] : [])
            + (cutmix > 0 ? ["cutmix=\(cutmix)"] : [])).joined(separator: ",")
    }

    /// How rows of a batch are mixed; nil for not at all.
    var mixing: Mixing? {
        mixup > 0 || cutmix > 0 ? Mixing(mixup: Float(mixup), cutmix: Float(cutmix)) : nil
    }

    /// The views that it makes of a data set's pictures.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where rows are no pictures.
    package func views(of rows: Dataset, encoder: FeatureEncoder, seed: UInt64) throws -> PictureViews {
        guard case .picture(let height, let width, let channels) = encoder.layout, channels <= 64 else {
            throw AttarError(
                .schemaMismatch, "augment changes pictures, but a row of \(rows.source) is \(encoder.layout)",
                remedy: "Leave augment out")
        }
        return PictureViews(
            height: height, width: width, channels: channels, shift: shift, flips: flips, seed: seed,
            keys: rows.identifiers.map { Int32(truncatingIfNeeded: $0) }, black: encoder.black)
    }
}

extension Dataset {
    /// The same rows with their pictures as a view shows them, for teachers that read pictures and not features.
    func showing(_ view: Int, of views: PictureViews) -> Dataset {
        with(
            columns: columns.map { column in
                switch column.storage {
                case .bytes(let values, let shape):
                    return Column(column.name, .bytes(views.view(view, of: values), shape: shape))
                case .tensor(let values, let shape):
                    // Before scaling, black is 0.
                    let plain = PictureViews(
                        height: views.height, width: views.width, channels: views.channels, shift: views.shift,
                        flips: views.flips, seed: views.seed, keys: views.keys,
                        black: [Float](repeating: 0, count: views.channels))
                    let pictures = Matrix(rows: count, columns: values.count / max(1, count), elements: values)
                    return Column(column.name, .tensor(plain.view(view, of: pictures).elements, shape: shape))
                default: return column
                }
            })
    }
}
