internal import CKernels
internal import Compute

/// A student's loss beside its peer's present answers: the loss on labels and, as the recipe says, on the teacher, plus KL(peer ‖ student) at
/// temperature 1 with the weight 1.
///
/// Source: Zhang, Xiang, Hospedales and Lu, "Deep Mutual Learning" (CVPR 2018), equations 4 to 6.
struct MutualLoss: LossFunction {
    /// The loss without the peer.
    let own: any LossFunction

    func scratchCount(rows: Int, taps: UnsafeBufferPointer<LossTap>) -> Int { own.scratchCount(rows: rows, taps: taps) }

    func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
        let value = own.evaluate(batch, gradient: gradient)
        guard let peer = batch.peer, batch.divisor > 0 else { return value }
        var buffers = attar_loss_batch(
            rows: batch.rows, width: batch.width, outputs: batch.outputs, soft: peer, labels: nil, values: nil,
            weights: batch.weights)
        return value + attar_loss_kl(&buffers, 1 / batch.divisor, 1, 0, gradient)
    }
}
