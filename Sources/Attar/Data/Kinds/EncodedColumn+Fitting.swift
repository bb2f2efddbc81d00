internal import CKernels

extension EncodedColumn {
    /// An array's column: one mean and deviation for all of its numbers, or of pictures one a channel.
    ///
    /// - Precondition: the column is of arrays.
    init(fittedToArrays column: Column) {
        let channels = EncodedColumn.channels(of: column.shape)
        let own: [(mean: Float, deviation: Float)]
        switch column.storage {
        case .tensor(let values, _):
            own = (0..<channels).map {
                let (mean, deviation, _) = Self.moments(of: values, channel: $0, of: channels)
                return (mean, deviation)
            }
        case .bytes(let values, _): own = Self.moments(of: values, channels: channels)
        default: preconditionFailure("a column of arrays")
        }
        self.init(
            column.name, .tensor, means: own.map(\.mean), deviations: own.map(\.deviation), shape: column.shape)
    }

    /// Means and deviations of bytes, one a channel, from how often each byte occurs.
    private static func moments(of values: [UInt8], channels: Int) -> [(mean: Float, deviation: Float)] {
        var counts = [UInt64](repeating: 0, count: 256 * channels)
        attar_count_bytes(values, values.count, channels, &counts)
        return (0..<channels).map { channel in
            let own = counts[256 * channel..<256 * (channel + 1)].map { Double($0) }
            let count = own.reduce(0, +)
            let mean = own.indices.reduce(0) { $0 + Double($1) * own[$1] } / max(1, count)
            let squares = own.indices.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) * own[$1] }
            let deviation = Float((squares / max(1, count)).squareRoot())
            return (Float(mean), deviation > 0 ? deviation : 1)
        }
    }

    /// Mean and standard deviation (divisor n) of the values that are there, in two passes of double precision.
    ///
    /// - Parameters:
    ///   - channel: the values `channel`, `channel + channels`, … are looked at.
    ///   - channels: how many numbers stand side by side.
    static func moments(
        of values: [Float], channel: Int = 0, of channels: Int = 1
    ) -> (mean: Float, deviation: Float, hasMissing: Bool) {
        var sum = 0.0
        var count = 0
        let total = values.count / channels
        let positions = stride(from: channel, to: values.count, by: channels)
        var (least, most) = (Float.infinity, -Float.infinity)
        for position in positions where !values[position].isNaN {
            let value = values[position]
            sum += Double(value)
            count += 1
            least = min(least, value)
            most = max(most, value)
        }
        guard count > 0 else { return (0, 1, true) }
        if least == most { return (least, 1, count < total) }
        let mean = sum / Double(count)
        var squares = 0.0
        for position in positions where !values[position].isNaN {
            let difference = Double(values[position]) - mean
            squares += difference * difference
        }
        let deviation = Float((squares / Double(count)).squareRoot())
        // Below the spacing of floats around the mean, a difference is rounding, not signal.
        let isNoise = deviation < max(Float(mean).ulp, .leastNormalMagnitude)
        return (Float(mean), isNoise || !deviation.isFinite ? 1 : deviation, count < total)
    }
}
