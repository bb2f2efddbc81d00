internal import Compute

extension RowPartition {
    /// How much the groups tell of the target, from 0 for nothing to 1 for all: Cramér's V with the class (Cramér, Mathematical Methods of
    /// Statistics, 1946, chapter 21), or η, the square root of the share of the first value's variance that lies between the groups.
    package func association(with truth: Truth, of task: LearningTask) -> Double {
        switch truth {
        case .none: 0
        case .classes(let labels): association(with: labels, classes: task.width)
        case .values(let values): association(with: (0..<values.rows).map { values[$0, 0] })
        }
    }

    /// √(χ² / (n · (min(groups, classes) − 1))).
    private func association(with labels: [Int32], classes: Int) -> Double {
        var cells = [Double](repeating: 0, count: names.count * classes)
        for (code, label) in zip(codes, labels) where code >= 0 && label >= 0 {
            cells[Int(code) * classes + Int(label)] += 1
        }
        var groups = [Double](repeating: 0, count: names.count)
        var labelled = [Double](repeating: 0, count: classes)
        for group in groups.indices {
            for label in 0..<classes {
                groups[group] += cells[group * classes + label]
                labelled[label] += cells[group * classes + label]
            }
        }
        let total = groups.reduce(0, +)
        let smaller = min(groups.count { $0 > 0 }, labelled.count { $0 > 0 })
        guard total > 0, smaller > 1 else { return 0 }
        var squares = 0.0
        for group in groups.indices where groups[group] > 0 {
            for label in 0..<classes where labelled[label] > 0 {
                let count = cells[group * classes + label]
                squares += count * count / (groups[group] * labelled[label])
            }
        }
        // χ² / n = Σ count² / (row · column) − 1.
        return (max(0, squares - 1) / Double(smaller - 1)).squareRoot()
    }

    private func association(with values: [Float]) -> Double {
        var (counts, sums) = ([Double](repeating: 0, count: names.count), [Double](repeating: 0, count: names.count))
        var (count, sum, squares) = (0.0, 0.0, 0.0)
        for (code, value) in zip(codes, values) where code >= 0 && value.isFinite {
            let value = Double(value)
            counts[Int(code)] += 1
            sums[Int(code)] += value
            (count, sum, squares) = (count + 1, sum + value, squares + value * value)
        }
        let total = squares - sum * sum / max(1, count)
        guard total > 0 else { return 0 }
        var between = -sum * sum / count
        for group in counts.indices where counts[group] > 0 { between += sums[group] * sums[group] / counts[group] }
        return min(1, max(0, between / total)).squareRoot()
    }
}
