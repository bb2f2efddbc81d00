internal import CKernels

/// A network whose taps a student's taps are compared with while it trains. It is asked about each batch as the student sees it,
/// augmented or made up, so that both have seen the same.
public struct HiddenTeacher: Sendable {
    /// The network; its graph has as many taps as the student's, in the same order.
    let network: Network
    /// For each feature of the student what it is times and plus, to be the teacher's; empty where they are the same.
    let factors: [Float]
    let offsets: [Float]

    /// A teacher that reads the student's features, each times a factor and plus an offset.
    ///
    /// - Precondition: factors and offsets are none, or one each a feature.
    public init(_ network: Network, factors: [Float] = [], offsets: [Float] = []) {
        precondition(factors.count == offsets.count, "a factor and an offset for each feature")
        (self.network, self.factors, self.offsets) = (network, factors, offsets)
    }
}

/// A hidden teacher laid out for the batches of one training run. Asking it allocates nothing.
final class HiddenSession {
    private let plan: Plan
    private let factors: [Float]
    private let offsets: [Float]

    init(_ teacher: HiddenTeacher, capacity: Int, workers: Workers) {
        let parameters = ParameterBuffer(for: teacher.network.graph, withGradients: false)
        parameters.weights = teacher.network.weights
        plan = Plan(
            teacher.network.graph, capacity: capacity, parameters: parameters, purpose: .inference, workers: workers)
        (factors, offsets) = (teacher.factors, teacher.offsets)
    }

    /// Bytes of its memory, weights left out.
    var byteCount: Int { plan.byteCount }

    /// Shows a student's taps where the teacher's values will stand.
    func connect(to taps: UnsafeMutableBufferPointer<LossTap>) {
        precondition(taps.count == plan.taps.count, "a tap of the teacher for each of the student")
        for place in taps.indices {
            taps[place].teacher = plan.taps[place].values
            taps[place].teacherDimensions = plan.taps[place].dimensions
        }
    }

    /// Computes the taps for a batch.
    ///
    /// - Parameter features: the student's inputs, (rows, features).
    func read(_ features: UnsafePointer<Float>, rows: Int) {
        if factors.isEmpty { return plan.forward(rows: rows, of: features) }
        attar_rescale(features, factors, offsets, plan.input, rows * factors.count, factors.count)
        plan.forward(rows: rows)
    }
}
