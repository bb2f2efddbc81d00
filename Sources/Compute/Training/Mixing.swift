#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// How rows of a batch are mixed with each other, with the targets in the same proportion.
public struct Mixing: Hashable, Sendable {
    /// α of mixup: the mixture's share is drawn from Beta(α, α); 0 for none. Zhang et al., "mixup", ICLR 2018.
    public var mixup: Float
    /// α of CutMix: a rectangle of one picture is put into another, whose area's share is drawn from Beta(α, α); 0 for none.
    /// Yun et al., "CutMix", ICCV 2019.
    public var cutmix: Float

    /// Mixing of one kind or, half of the batches each, of both.
    public init(mixup: Float = 0, cutmix: Float = 0) {
        (self.mixup, self.cutmix) = (mixup, cutmix)
    }

    /// What is done to one batch.
    enum Draw: Equatable {
        /// Each row becomes `share` of itself and the rest of its partner.
        case blend(share: Float)
        /// Rows and columns of each picture from its partner.
        case patch(rows: Range<Int>, columns: Range<Int>, share: Float)

        /// The share of the targets that stay a row's own.
        var share: Float {
            switch self {
            case .blend(let share): share
            case .patch(_, _, let share): share
            }
        }
    }

    /// Draws what is done to a batch of pictures of the given size; a blend where rows are no pictures.
    func draw(height: Int, width: Int, using generator: inout SeededGenerator) -> Draw? {
        let cuts = cutmix > 0 && height * width > 1 && (mixup == 0 || generator.uniform() < 0.5)
        guard cuts else { return mixup > 0 ? .blend(share: generator.beta(mixup)) : nil }
        let side = (1 - generator.beta(cutmix)).squareRoot()
        func cut(_ length: Int) -> Range<Int> {
            let (centre, half) = (generator.index(below: length), Int(side * Float(length) / 2))
            return max(0, centre - half)..<min(length, centre + half)
        }
        let (rows, columns) = (cut(height), cut(width))
        // The part that fits into the picture is what counts.
        let share = 1 - Float(rows.count * columns.count) / Float(height * width)
        return .patch(rows: rows, columns: columns, share: share)
    }
}

extension SeededGenerator {
    /// A number from Beta(α, α), by Jöhnk's method (Metrika 8, 1964).
    fileprivate mutating func beta(_ alpha: Float) -> Float {
        while true {
            let (x, y) = (powf(uniform(), 1 / alpha), powf(uniform(), 1 / alpha))
            if x + y > 0, x + y <= 1 { return x / (x + y) }
        }
    }
}
