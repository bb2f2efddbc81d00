import Compute
import Testing

/// Runs one operation outside a plan and holds its kernels against a plain version: the result against its values, the
/// gradients against its finite differences.
struct OperationProbe {
    /// A plain version: all inputs in double precision in, the result out.
    typealias Plain = ([[Double]]) -> [Double]

    var operation: any Operation
    var shapes: [Shape]
    var rows: Int
    var generator: SeededGenerator
    /// How many of the inputs have gradients; those after them are states.
    var learnedInputs: Int
    /// The threads that the kernels run on.
    var workers = Workers.one

    init(_ operation: any Operation, shapes: [Shape], rows: Int, seed: UInt64, learnedInputs: Int? = nil) {
        self.operation = operation
        self.shapes = shapes
        self.rows = rows
        self.learnedInputs = learnedInputs ?? shapes.count
        generator = SeededGenerator(seed: seed, stream: "probe")
    }

    func size(_ shape: Shape) -> Int { shape.isBatched ? rows * shape.count : shape.count }

    /// Single precision sums of up to a few hundred terms of size 1 are good to about 1e-5; gradients of normalised values
    /// divide by small deviations and lose another digit.
    ///
    /// - Parameters:
    ///   - first: the first input, such as token ids; nil for random numbers like the others.
    ///   - last: the last input.
    mutating func check(
        against plain: Plain, first: [Float]? = nil, last: [Float]? = nil, tolerance: Double = 1e-5,
        gradientTolerance: Double = 2e-4
    ) throws {
        var inputs = shapes.map { shape in (0..<size(shape)).map { _ in 2 * generator.uniform() - 1 } }
        if let first { inputs[0] = first }
        if let last { inputs[inputs.count - 1] = last }
        let outcome = try run(inputs)
        let expected = plain(inputs.map { $0.map(Double.init) })
        for (index, (value, reference)) in zip(outcome.result, expected).enumerated() {
            #expect(abs(Double(value) - reference) <= tolerance * max(1, abs(reference)), "result \(index)")
        }
        for (input, gradient) in outcome.gradients.enumerated() {
            for element in gradient.indices {
                let slope = difference(of: plain, at: inputs, input, element, along: outcome.direction)
                #expect(
                    abs(Double(gradient[element]) - slope) <= gradientTolerance * max(1, abs(slope)),
                    "gradient \(element) of input \(input)")
            }
        }
    }

    /// What one forward and one backward pass give.
    struct Outcome {
        var result: [Float]
        /// The result's gradient that was fed in.
        var direction: [Float]
        var gradients: [[Float]]
    }

    mutating func run(_ inputs: [[Float]], isTraining: Bool = true, noise: UInt64 = 7) throws -> Outcome {
        let resultShape = try operation.resultShape(of: shapes)
        let count = size(resultShape)
        let direction = (0..<count).map { _ in 2 * generator.uniform() - 1 }
        let values = inputs.map { input in
            let buffer = AlignedBuffer(count: input.count)
            buffer.start.update(from: input, count: input.count)
            return buffer
        }
        let gradients = inputs.map { AlignedBuffer(count: $0.count) }
        let result = AlignedBuffer(count: count)
        let slope = AlignedBuffer(count: count)
        slope.start.update(from: direction, count: count)
        let saved = AlignedBuffer(
            count: operation.savedCount(inputs: shapes, result: resultShape, rows: rows))
        let scratch = AlignedBuffer(
            count: operation.scratchCount(inputs: shapes, result: resultShape, rows: rows, workers: workers.count))
        let prepared = AlignedBuffer(count: operation.preparedCount(inputs: shapes, result: resultShape))
        // Whatever another operation has left there.
        for index in 0..<scratch.count { scratch.start[index] = .nan }
        let operands = inputs.indices.map {
            Frame.Operand(
                values: values[$0].start, gradient: $0 < learnedInputs ? gradients[$0].start : nil, shape: shapes[$0])
        }
        withExtendedLifetime((values, gradients, result, slope, saved, scratch, prepared, workers)) {
            operands.withUnsafeBufferPointer { operands in
                let frame = Frame(
                    inputs: operands,
                    result: Frame.Operand(values: result.start, gradient: slope.start, shape: resultShape),
                    saved: saved.start, prepared: prepared.start, scratch: scratch.start, rows: rows,
                    isTraining: isTraining, noise: noise,
                    workers: .passUnretained(workers))
                operation.prepare(frame)
                operation.forward(frame)
                if isTraining { operation.backward(frame) }
            }
        }
        func copied(_ buffer: AlignedBuffer) -> [Float] {
            Array(UnsafeBufferPointer(start: buffer.start, count: buffer.count))
        }
        return Outcome(
            result: copied(result), direction: direction, gradients: gradients.prefix(learnedInputs).map(copied))
    }

    /// The derivative of Σ direction·result by one element, by central differences.
    private func difference(
        of plain: Plain, at inputs: [[Float]], _ input: Int, _ element: Int, along direction: [Float]
    ) -> Double {
        let step = 1e-5
        var shifted = inputs.map { $0.map(Double.init) }
        func value(_ offset: Double) -> Double {
            shifted[input][element] = Double(inputs[input][element]) + offset
            return zip(plain(shifted), direction).reduce(0) { $0 + $1.0 * Double($1.1) }
        }
        return (value(step) - value(-step)) / (2 * step)
    }
}

/// Random sizes for one seed; a failing test prints the seed as its argument.
struct RandomSizes {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed, stream: "sizes") }

    mutating func next(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
}
