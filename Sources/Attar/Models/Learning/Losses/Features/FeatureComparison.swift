package import Compute

/// The computation behind a `FeatureLoss`: one file with a type that conforms, its name in `FeatureLoss`, and its line there.
protocol FeatureComparison: Sendable {
    /// The published weight beside the loss on the outputs.
    static var publishedWeight: Double { get }

    /// What the two tensors have to have in common.
    static var requirement: FeatureRequirement { get }

    /// Whether rows are compared with each other, so that a batch cannot be worked off in parts.
    static var isRelational: Bool { get }

    /// Number of floats of working space for so many rows of the tap.
    static func scratchCount(rows: Int, tap: LossTap) -> Int

    /// The loss over a batch times a weight; its gradient is added to the tap's, where there is one.
    static func evaluate(_ batch: LossBatch, _ tap: LossTap, weight: Double) -> Double
}

/// What two tensors have to have in common to be compared.
enum FeatureRequirement {
    /// Nothing: rows are compared with rows.
    case nothing
    /// Positions, such as a picture's.
    case positions
    /// All lengths, after a learned projection of the student's.
    case projection
}

extension LossTap {
    /// Number of the teacher's elements a row.
    var teacherWidth: Int { (0..<teacherDimensions.rank).reduce(1) { $0 * teacherDimensions[$1] } }
}

extension FeatureLoss {
    /// The loss of whole tensors and its gradient, for tests and for a look at two networks.
    ///
    /// - Parameters:
    ///   - student: (rows, elements), each row of the given dimensions.
    ///   - teacher: as many rows, each of its own dimensions.
    ///   - weights: one a row; nil weighs all rows the same. Losses between rows do not use them.
    /// - Returns: the loss times `weight`, and its gradient by the student's elements.
    /// - Precondition: the loss exists, and the shapes fit it.
    package func evaluated(
        student: Matrix, dimensions: [Int]? = nil, teacher: Matrix, teacherDimensions: [Int]? = nil,
        weights: [Float]? = nil, weight: Double = 1
    ) -> (value: Double, gradient: Matrix) {
        guard let comparison else { preconditionFailure("there is no feature loss '\(rawValue)'") }
        let weights = weights ?? [Float](repeating: 1, count: student.rows)
        func shape(_ matrix: Matrix, _ dimensions: [Int]?) -> Shape {
            .rows(dimensions ?? [matrix.columns])
        }
        var (values, gradient, other) = (
            student.elements, Matrix(rows: student.rows, columns: student.columns), teacher
        )
        let value = values.withUnsafeMutableBufferPointer { values in
            gradient.elements.withUnsafeMutableBufferPointer { slopes in
                other.elements.withUnsafeMutableBufferPointer { teacherValues in
                    weights.withUnsafeBufferPointer { weights in
                        var tap = LossTap(
                            Frame.Operand(
                                values: values.baseAddress.unsafelyUnwrapped, gradient: slopes.baseAddress,
                                shape: shape(student, dimensions)))
                        tap.teacher = UnsafePointer(teacherValues.baseAddress)
                        tap.teacherDimensions = Dimensions(shape(teacher, teacherDimensions))
                        var batch = LossBatch(
                            rows: student.rows, width: 0, outputs: UnsafePointer(values.baseAddress.unsafelyUnwrapped),
                            weights: weights.baseAddress.unsafelyUnwrapped,
                            divisor: weights.reduce(into: 0.0) { $0 += Double($1) })
                        var scratch = [Float](
                            repeating: .nan, count: comparison.scratchCount(rows: student.rows, tap: tap))
                        return scratch.withUnsafeMutableBufferPointer {
                            batch.scratch = $0.baseAddress
                            return comparison.evaluate(batch, tap, weight: weight)
                        }
                    }
                }
            }
        }
        return (value, gradient)
    }
}
