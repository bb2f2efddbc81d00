internal import Compute

/// Brings the targets of a regression to mean 0 and deviation 1 for training, and the network's answers back.
///
/// Learned from the training rows' values, or from the teacher's where no row has a value. Classification is left as it is.
struct TargetScaling {
    /// One a column of the target; empty for classification.
    let means: [Float]
    /// One a column of the target, above 0; empty for classification.
    let deviations: [Float]

    /// The weighted mean and deviation of each column.
    init(of rows: TransferSet) {
        guard rows.task.form == .values else {
            (means, deviations) = ([], [])
            return
        }
        var means: [Float] = []
        var deviations: [Float] = []
        for column in 0..<rows.task.width {
            var (mean, deviation) = Self.statistics(of: rows.values, column: column, weights: rows.weights)
            if !mean.isFinite, let softTargets = rows.softTargets {
                (mean, deviation) = Self.statistics(
                    of: softTargets, column: column, weights: rows.taughtWeights ?? rows.weights)
            }
            means.append(mean.isFinite ? Float(mean) : 0)
            // A constant target needs no scale, and a deviation of 0 would divide by it.
            deviations.append(deviation.isFinite && deviation > 0 ? Float(deviation) : 1)
        }
        (self.means, self.deviations) = (means, deviations)
    }

    /// The weighted mean and deviation of a column's known values; NaN where there are none.
    private static func statistics(
        of matrix: Matrix, column: Int, weights: [Float]
    ) -> (mean: Double, deviation: Double) {
        var (total, sum, squares) = (0.0, 0.0, 0.0)
        for row in 0..<matrix.rows where !matrix[row, column].isNaN {
            total += Double(weights[row])
            sum += Double(weights[row]) * Double(matrix[row, column])
        }
        let mean = sum / total
        for row in 0..<matrix.rows where !matrix[row, column].isNaN {
            let distance = Double(matrix[row, column]) - mean
            squares += Double(weights[row]) * distance * distance
        }
        return (mean, (squares / total).squareRoot())
    }

    /// The rows as the trainer takes them, with scaled targets.
    ///
    /// - Parameter loss: what will read them; lists of classes are told in full to one that cannot.
    func examples(_ rows: TransferSet, for loss: DistillationLoss) -> Examples {
        let isValues = rows.task.form == .values
        let told = rows.views == nil ? rows.teaching : rows.views?.softTargets.map { .dense($0) }
        let teaching = told.map { told -> SoftTargets in
            let read = loss.readable(told, width: rows.task.width)
            return read.matrix.map { .dense(scaled($0)) } ?? read
        }
        var examples = Examples(
            features: rows.features, teaching: teaching, known: rows.known,
            labels: isValues ? nil : rows.labelOfEachRow, values: isValues ? scaled(rows.valuesOfEachRow) : nil,
            weights: rows.weights, views: rows.views?.pictures)
        (examples.mixing, examples.teacher) = (rows.views?.mixing, rows.views?.teacher)
        return examples
    }

    /// Values, or a teacher's answers, at mean 0 and deviation 1.
    func scaled(_ matrix: Matrix) -> Matrix {
        if means.isEmpty { return matrix }
        var elements = matrix.elements
        for index in elements.indices {
            let column = index % matrix.columns
            elements[index] = (elements[index] - means[column]) / deviations[column]
        }
        return Matrix(rows: matrix.rows, columns: matrix.columns, elements: elements)
    }

    /// The last layer's weights such that the network answers in the target's own units.
    func unscaling(weight: [Float], bias: [Float]) -> (weight: [Float], bias: [Float]) {
        if means.isEmpty { return (weight, bias) }
        let units = bias.count
        return (
            weight.indices.map { weight[$0] * deviations[$0 % units] },
            bias.indices.map { bias[$0] * deviations[$0] + means[$0] }
        )
    }
}
