internal import CKernels

/// Scaled dot-product attention in several heads: softmax(q·kᵀ/√d)·v, where each head works on its own d = width/heads columns.
///
/// Inputs: one packed tensor (rows, n, 3·width) of queries, keys and values side by side; or three tensors, queries (rows, n, width), keys
/// and values (rows, m, width). Where `hidesPadding`, one more: the keys' token ids (rows, m). Result: (rows, n, width). A query that sees
/// no key gets 0.
///
/// Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.2; rotary positions after Su et al., "RoFormer", arXiv
/// 2104.09864 (2021), on the pairs (x_i, x_(i + d/2)) as ONNX has them.
public struct MultiHeadAttention: Operation {
    /// Number of heads, at least 1.
    public let heads: Int
    /// Whether a query sees no key after its own position.
    public var isCausal: Bool
    /// Whether the last input is the keys' token ids: nobody sees a key whose id is 0.
    public var hidesPadding: Bool
    /// The base of the angles by which queries and keys are turned, base^(−2i/d) radians a position, such as 10,000; nil to tell no
    /// positions.
    public var rotaryBase: Float?

    /// Attention in so many heads.
    ///
    /// - Precondition: `heads > 0`; a rotary base is above 1.
    public init(heads: Int, isCausal: Bool = false, hidesPadding: Bool = false, rotaryBase: Float? = nil) {
        precondition(heads > 0, "attention has at least one head")
        precondition((rotaryBase ?? 2) > 1, "the base of rotary positions is above 1")
        self.heads = heads
        self.isCausal = isCausal
        self.hidesPadding = hidesPadding
        self.rotaryBase = rotaryBase
    }

    public var name: String { "multi-head attention" }
    public var onnxName: String { "Attention" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        let tensors = hidesPadding ? inputs.dropLast() : inputs[...]
        let isPacked = tensors.count == 1
        let isSequence = tensors.allSatisfy { $0.isBatched && $0.dimensions.count == 2 && $0.count > 0 }
        guard isSequence, isPacked || tensors.count == 3 else { throw misfit(inputs) }
        let (queries, keys) = (tensors[0].dimensions, tensors[isPacked ? 0 : 1].dimensions)
        let width = isPacked ? queries[1] / 3 : queries[1]
        guard queries[1] == width * (isPacked ? 3 : 1), width > 0, width % heads == 0,
            isPacked || (tensors[1] == tensors[2] && keys[1] == width),
            !isCausal || queries[0] == keys[0], rotaryBase == nil || width / heads % 2 == 0,
            !hidesPadding || inputs.last == .rows(keys[0])
        else { throw misfit(inputs) }
        return .rows(queries[0], width)
    }

    private func misfit(_ inputs: [Shape]) -> ShapeError {
        let unit = rotaryBase == nil ? "\(heads)" : "\(2 * heads)"
        return ShapeError(
            name, inputs,
            expected: "queries, keys and values packed as (rows, n, 3·width), or as (rows, n, width) and twice "
                + "(rows, \(isCausal ? "n" : "m"), width), with a width that is a multiple of \(unit)"
                + (hidesPadding ? ", and ids (rows, \(isCausal ? "n" : "m"))" : ""))
    }

    /// The probabilities (rows, heads, n, m in whole vectors).
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int {
        rows * heads * result.dimensions[0] * room(inputs, result).stride
    }

    public func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int {
        workers * room(inputs, result).count
    }

    private func room(_ inputs: [Shape], _ result: Shape) -> AttentionRoom {
        AttentionRoom(
            queryCount: result.dimensions[0], keyCount: inputs[inputs.count > 2 ? 1 : 0].dimensions[0],
            width: result.dimensions[1] / heads, isRotary: rotaryBase != nil)
    }

    /// The cosines and sines of the longer sequence's positions.
    public func preparedCount(inputs: [Shape], result: Shape) -> Int {
        rotaryBase == nil
            ? 0
            : max(inputs[0].dimensions[0], inputs[inputs.count > 2 ? 1 : 0].dimensions[0]) * result.dimensions[1]
                / heads
    }

    public func prepare(_ frame: borrowing Frame) {
        // The angles stay the same: cos 0 = 1 tells that they are there.
        guard let rotaryBase, frame.prepared[0] == 0 else { return }
        let length = max(frame[0].dimensions[0], frame[frame.inputCount > 2 ? 1 : 0].dimensions[0])
        attar_rotary_table(frame.prepared, length, frame.result.dimensions.last / heads, rotaryBase)
    }

    public func forward(_ frame: borrowing Frame) {
        let (pass, scratch) = (AttentionPass(self, frame), frame.scratch)
        let kept = frame.isTraining ? frame.saved : nil
        frame.parallel(frame.rows * heads, atLeast: pass.grain) { pairs, part in
            let room = scratch + part * pass.room.count
            for pair in pairs { pass.forward(pair, kept: kept, room: room) }
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let slope = frame.result.gradient else { return }
        let (pass, scratch, kept) = (AttentionPass(self, frame), frame.scratch, frame.saved)
        frame.parallel(frame.rows * heads, atLeast: pass.grain) { pairs, part in
            let room = scratch + part * pass.room.count
            for pair in pairs { pass.backward(pair, kept: kept, slope: slope, room: room) }
        }
        if hidesPadding {
            let ids = frame[frame.inputCount - 1]
            ids.gradient?.update(repeating: 0, count: frame.rows * ids.width)
        }
    }
}
