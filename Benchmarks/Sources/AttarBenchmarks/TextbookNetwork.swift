import Attar
import Compute

/// One training step of the textbook network 100-64-32-10 with ReLU: batch 32, Adam, cross-entropy and T²·KL at T = 4.
struct TextbookNetwork {
    private static let rowCount = 1024
    private static let widths = [100, 64, 32, 10]
    private static let batch = 32

    private let run: TrainingRun

    init() throws {
        var generator = SeededGenerator(seed: 1)
        func noise(_ columns: Int) -> Matrix {
            let elements = (0..<Self.rowCount * columns).map { _ in 2 * generator.uniform() - 1 }
            return Matrix(rows: Self.rowCount, columns: columns, elements: elements)
        }
        var graph = Graph()
        var tensor = graph.input("features", width: Self.widths[0])
        for (index, units) in Self.widths.dropFirst().enumerated() {
            if index > 0 { tensor = try graph.append(Activation(.relu), named: "relu\(index)", to: tensor) }
            tensor = try graph.append(Dense(units), named: "dense\(index)", to: tensor)
        }
        let examples = Examples(
            features: noise(Self.widths[0]), softTargets: noise(10), labels: (0..<Self.rowCount).map { Int32($0 % 10) })
        run = TrainingRun(graph, on: examples, loss: DistillationLoss.hinton(temperature: 4), settings: Trainer())
    }

    /// Microseconds a step, over one pass of 32 steps.
    func stepTime() throws -> Double {
        try microseconds { blackHole(try run.epoch()) } / Double(Self.rowCount / Self.batch)
    }

    /// Microseconds for the matrix products of one step alone: the least that its arithmetic takes here.
    static func productTime() -> Double {
        let buffer = UnsafeMutablePointer<Float>.allocate(capacity: 3 << 14)
        buffer.initialize(repeating: 0.5, count: 3 << 14)
        defer { buffer.deallocate() }
        let (left, right, product) = (buffer, buffer + (1 << 14), buffer + (2 << 14))
        let repeats = 100
        let time = microseconds {
            for _ in 0..<repeats {
                for (index, (inputs, units)) in zip(widths, widths.dropFirst()).enumerated() {
                    BLAS.product(left, right, into: product, rows: batch, columns: units, inner: inputs)
                    BLAS.product(
                        left, right, into: product, rows: inputs, columns: units, inner: batch, transposingLeft: true)
                    if index > 0 {
                        BLAS.product(
                            left, right, into: product, rows: batch, columns: inputs, inner: units,
                            transposingRight: true)
                    }
                }
            }
        }
        return time / Double(repeats)
    }

    /// Ours, the products alone and PyTorch in turn.
    static func rows() throws -> [Row] {
        let network = try TextbookNetwork()
        let peer = Peer("textbook")
        var (ours, products, peers): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<100 { blackHole(try network.stepTime()) }
        for _ in 0..<15 {
            ours.append(median(try (0..<40).map { _ in try network.stepTime() }))
            products.append(median((0..<20).map { _ in productTime() }))
            if let time = peer?.measure()?.first { peers.append(time) }
        }
        var row = Row(
            name: "Training step, 100-64-32-10, batch 32, Adam, distillation loss, one thread", value: median(ours),
            unit: "µs", goal: .atMost(40))
        row.references.append(("its matrix products alone", median(products)))
        if !peers.isEmpty { row.references.append(("PyTorch", median(peers))) }
        return [row]
    }
}
