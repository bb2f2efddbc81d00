import Foundation

/// Plain, slow versions of the kernels in double precision: the oracle that the fast ones are held against.
enum Reference {
    static func dense(_ x: [Double], _ weight: [Double], _ bias: [Double], rows: Int) -> [Double] {
        let units = bias.count
        let width = x.count / rows
        return (0..<rows * units).map { index in
            let (row, unit) = (index / units, index % units)
            return bias[unit] + (0..<width).reduce(0) { $0 + x[row * width + $1] * weight[$1 * units + unit] }
        }
    }

    static func normalCDF(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    static func batchNorm(_ x: [Double], scale: [Double], offset: [Double], rows: Int, epsilon: Double) -> [Double] {
        let width = scale.count
        var y = x
        for column in 0..<width {
            let values = (0..<rows).map { x[$0 * width + column] }
            let mean = values.reduce(0, +) / Double(rows)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
            for row in 0..<rows {
                let normalised = (values[row] - mean) / (variance + epsilon).squareRoot()
                y[row * width + column] = normalised * scale[column] + offset[column]
            }
        }
        return y
    }

    static func layerNorm(_ x: [Double], scale: [Double], offset: [Double], rows: Int, epsilon: Double) -> [Double] {
        let width = scale.count
        return (0..<rows).flatMap { row in
            let values = x[row * width..<(row + 1) * width]
            let mean = values.reduce(0, +) / Double(width)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            return zip(values, zip(scale, offset)).map {
                ($0 - mean) / (variance + epsilon).squareRoot() * $1.0 + $1.1
            }
        }
    }

    static func softmax(_ x: [Double], rows: Int) -> [Double] {
        let width = x.count / rows
        return (0..<rows).flatMap { row in
            let values = x[row * width..<(row + 1) * width]
            let largest = values.max() ?? 0
            let exponentials = values.map { exp($0 - largest) }
            let sum = exponentials.reduce(0, +)
            return exponentials.map { $0 / sum }
        }
    }
}

func exponential(_ x: Double) -> Double { exp(x) }

func logarithm(_ x: Double) -> Double { log(x) }
