internal import Compute
internal import Foundation

extension Corruption {
    /// Of normal noise on each number, the deviation as a share of the range from black to white.
    static let pictureNoise: [Float] = [0.04, 0.06, 0.08, 0.12, 0.18]
    /// Of Gaussian blur, the deviation in thirty-seconds of the picture's width; narrower pictures than 24 pixels are blurred like those of 24.
    static let blur: [Float] = [0.4, 0.6, 0.8, 1.1, 1.5]
    /// What is left of the contrast.
    static let contrast: [Float] = [0.75, 0.5, 0.4, 0.3, 0.15]
    /// How far a picture moves, as a share of its shorter side, in any direction; what comes in repeats the edge.
    static let moves: [Float] = [0.03, 0.06, 0.09, 0.12, 0.15]
    /// The side of a square that is hidden under the picture's mean, as a share of the shorter side.
    static let occlusion: [Float] = [0.15, 0.25, 0.35, 0.45, 0.55]

    /// Noise, blur, contrast, shift and occlusion of pictures, where there are any.
    ///
    /// - Parameter isBesideNumbers: whether rows have columns of numbers, too, whose noise is another.
    static func pictures(_ columns: [Column], isBesideNumbers: Bool) -> [Corruption] {
        let usual = Dictionary(columns.map { ($0.name, PlainPicture(like: $0)) }) { $1 }
        guard !usual.isEmpty else { return [] }
        func corruption(
            _ name: String, _ change: @escaping @Sendable (inout PlainPicture, Int, inout SeededGenerator) -> Void
        ) -> Corruption {
            .ofColumns(name) { column, strength, generator in
                guard var picture = usual[column.name] else { return nil }
                let size = picture.height * picture.width * picture.channels
                switch column.storage {
                case .tensor(var values, let shape):
                    for row in 0..<values.count / size {
                        picture.values = Array(values[row * size..<(row + 1) * size])
                        change(&picture, strength, &generator)
                        values.replaceSubrange(row * size..<(row + 1) * size, with: picture.clamped)
                    }
                    return Column(column.name, .tensor(values, shape: shape))
                case .bytes(var bytes, let shape):
                    for row in 0..<bytes.count / size {
                        picture.values = bytes[row * size..<(row + 1) * size].map(Float.init)
                        change(&picture, strength, &generator)
                        bytes.replaceSubrange(
                            row * size..<(row + 1) * size, with: picture.clamped.map { UInt8($0.rounded()) })
                    }
                    return Column(column.name, .bytes(bytes, shape: shape))
                default: return nil
                }
            }
        }
        return [
            corruption(isBesideNumbers ? "picture noise" : "noise") { $0.addNoise(pictureNoise[$1], &$2) },
            corruption("blur") { picture, strength, _ in picture.blur(blur[strength]) },
            corruption("contrast") { picture, strength, _ in picture.flatten(contrast[strength]) },
            corruption("shift") { $0.move(moves[$1], &$2) },
            corruption("occlusion") { $0.hide(occlusion[$1], &$2) },
        ]
    }
}

/// One picture as numbers, row by row, each pixel's channels side by side.
struct PlainPicture {
    let height: Int
    let width: Int
    let channels: Int
    /// The lowest and highest number of usual pictures.
    let low: Float
    let high: Float
    var values: [Float] = []

    init(height: Int, width: Int, channels: Int, low: Float, high: Float) {
        (self.height, self.width, self.channels, self.low, self.high) = (height, width, channels, low, high)
    }

    /// A place for a column's pictures, with the lowest and highest number that they have; of bytes all that bytes can have.
    init(like column: Column) {
        var (low, high): (Float, Float) = (0, 255)
        if case .tensor(let values, _) = column.storage {
            let finite = values.lazy.filter(\.isFinite)
            (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        }
        let shape = column.shape
        self.init(
            height: shape[0], width: shape[1], channels: shape.count == 3 ? shape[2] : 1, low: low, high: high)
    }

    /// The numbers within the range; missing ones stay so.
    var clamped: [Float] { values.map { $0.isNaN ? $0 : min(high, max(low, $0)) } }

    mutating func addNoise(_ share: Float, _ generator: inout SeededGenerator) {
        let deviation = share * (high - low)
        for place in values.indices { values[place] += deviation * generator.normal() }
    }

    /// Gaussian blur, along rows and then along columns.
    mutating func blur(_ share: Float) {
        let deviation = share * Float(max(24, width)) / 32
        let radius = max(1, Int((3 * deviation).rounded(.up)))
        var kernel = (-radius...radius).map { exp(-Float($0 * $0) / (2 * deviation * deviation)) }
        let sum = kernel.reduce(0, +)
        kernel = kernel.map { $0 / sum }
        // At an edge its own value goes on.
        func averaged(_ source: [Float], at start: Int, _ place: Int, of count: Int, stride: Int) -> Float {
            var sum: Float = 0
            for step in -radius...radius {
                let other = min(count - 1, max(0, place + step))
                sum += kernel[step + radius] * source[start + other * stride]
            }
            return sum
        }
        let source = values
        var between = values
        let row = width * channels
        for index in values.indices {
            let inRow = index % row
            between[index] = averaged(
                source, at: index - inRow + inRow % channels, inRow / channels, of: width, stride: channels)
        }
        for index in values.indices {
            values[index] = averaged(between, at: index % row, index / row, of: height, stride: row)
        }
    }

    private var mean: Float {
        let known = values.filter(\.isFinite)
        return known.reduce(0, +) / Float(max(1, known.count))
    }

    mutating func flatten(_ factor: Float) {
        let mean = mean
        for place in values.indices { values[place] = mean + factor * (values[place] - mean) }
    }

    /// Moves by a part of the side in a direction that is drawn, between pixels where need be.
    mutating func move(_ share: Float, _ generator: inout SeededGenerator) {
        let angle = 2 * Float.pi * generator.uniform()
        let distance = share * Float(min(height, width))
        let (down, right) = (distance * sin(angle), distance * cos(angle))
        let source = values
        for y in 0..<height {
            let fromY = min(Float(height - 1), max(0, Float(y) - down))
            let top = Int(fromY)
            let below = min(height - 1, top + 1)
            for x in 0..<width {
                let fromX = min(Float(width - 1), max(0, Float(x) - right))
                let left = Int(fromX)
                let next = min(width - 1, left + 1)
                let (a, b) = (fromY - Float(top), fromX - Float(left))
                for channel in 0..<channels {
                    func at(_ y: Int, _ x: Int) -> Float { source[(y * width + x) * channels + channel] }
                    values[(y * width + x) * channels + channel] =
                        (1 - a) * ((1 - b) * at(top, left) + b * at(top, next))
                        + a * ((1 - b) * at(below, left) + b * at(below, next))
                }
            }
        }
    }

    mutating func hide(_ share: Float, _ generator: inout SeededGenerator) {
        let side = max(1, Int((share * Float(min(height, width))).rounded()))
        let (top, left) = (generator.index(below: height - side + 1), generator.index(below: width - side + 1))
        let mean = mean
        for y in top..<top + side {
            for place in (y * width + left) * channels..<(y * width + left + side) * channels { values[place] = mean }
        }
    }
}
