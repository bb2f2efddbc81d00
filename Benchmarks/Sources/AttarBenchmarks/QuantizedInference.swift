import Compute

/// Networks in bytes beside the same networks in floats.
enum QuantizedInference {
    /// A row of the table for each number of threads.
    ///
    /// - Parameter goal: how many times as fast as in floats it should be; nil where that is only shown.
    static func group(_ network: BenchmarkNetwork, batch: Int, goal: Double? = nil) -> RowGroup {
        RowGroup(name: "int8 \(network.rawValue) \(batch)") {
            [1, 2].map { row(network, batch: batch, threads: $0, goal) }
        }
    }

    private static func row(_ network: BenchmarkNetwork, batch: Int, threads: Int, _ goal: Double?) -> Row {
        let contestants = ["int8", "inference"].compactMap {
            Contestant.own($0, network.rawValue, String(batch), String(threads))
        }
        let figures = contest(contestants)
        let (ours, floats) = (figures[0], figures[1])
        let scale = ours[0] < 1_000 ? 1.0 : 1e-3
        var row = Row(
            work: "inference in int8, \(network.title), batch \(batch)", threads: threads, value: ours[0] * scale,
            unit: scale == 1 ? "µs" : "ms")
        row.compare(withTime: floats[0] * scale, of: "in floats", goal: goal.map { .atLeast($0) })
        return row
    }

    /// A network in bytes, calibrated on noise.
    static func network(_ network: BenchmarkNetwork) throws -> Network {
        try network.network().quantized(calibration: network.examples(rows: 256).features)
    }
}
