public import Compute

extension TransferSet {
    /// One target a row that blends label and teacher: what families learn that cannot minimise a loss as it is.
    ///
    /// For classification, share·onehot(label) + (1 − share)·softmax(softTargets / temperature); for regression, the same
    /// blend of values. A row without a label (a value that is NaN) has the teacher's part alone, one without a teacher, or whose
    /// answer is not known, the label's alone. Where a row has neither, all classes share it evenly, and values are NaN.
    ///
    /// - Parameters:
    ///   - labelShare: the label's share on rows that have both, from 0 to 1.
    ///   - temperature: the divisor of the soft targets before softmax, above 0; unused for regression.
    /// - Returns: (rows, task.width); for classification each row sums to 1.
    public func blendedTargets(labelShare: Double, temperature: Double = 1) -> Matrix {
        switch task.form {
        case .probabilities: blendedProbabilities(Float(labelShare), temperature: Float(temperature))
        case .values: blendedValues(Float(labelShare))
        }
    }

    /// A label for each row, as kernels take them: −1 in all where nothing is known to be right. Empty for tasks whose answers are values.
    var labelOfEachRow: [Int32] {
        truth == .none && task.form == .probabilities ? [Int32](repeating: -1, count: count) : labels
    }

    /// Values for each row, as kernels take them: NaN in all where nothing is known to be right. Of no rows for tasks whose answers are probabilities.
    var valuesOfEachRow: Matrix {
        truth == .none && task.form == .values
            ? Matrix(rows: count, columns: task.width, repeating: .nan) : values
    }

    private func blendedProbabilities(_ share: Float, temperature: Float) -> Matrix {
        let width = task.width
        var targets = Matrix(rows: count, columns: width, repeating: 1 / Float(max(1, width)))
        if var soft = softTargets {
            if temperature != 1 { soft.elements = soft.elements.map { $0 / temperature } }
            targets = soft.softmax()
        }
        // Soft targets of 0, as unknown answers have them, share a row evenly.
        var elements = targets.elements
        for (row, label) in labels.enumerated() where label >= 0 {
            let kept = isTaught(row) ? 1 - share : 0
            for index in row * width..<(row + 1) * width { elements[index] *= kept }
            elements[row * width + Int(label)] += 1 - kept
        }
        return Matrix(rows: count, columns: width, elements: elements)
    }

    private func blendedValues(_ share: Float) -> Matrix {
        guard let softTargets else { return values }
        let width = task.width
        let blended = zip(valuesOfEachRow.elements, softTargets.elements).enumerated().map { place, both in
            let (value, soft) = both
            if !isTaught(place / max(1, width)) { return value }
            return value.isNaN ? soft : share * value + (1 - share) * soft
        }
        return Matrix(rows: count, columns: task.width, elements: blended)
    }
}
