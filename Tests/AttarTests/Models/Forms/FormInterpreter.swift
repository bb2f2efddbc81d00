import Attar
import AttarRuntime
import Compute
import Foundation

/// Computes what a form says, number by number in double precision, with nothing of what models use to be fast but the networks' own plan.
struct FormInterpreter {
    let width: Int

    /// The answers to encoded rows, one array a row; nil for a form that only its family knows.
    func answers(_ form: ModelForm, to features: Matrix) -> [[Double]]? {
        switch form {
        case .linear(let form): (0..<features.rows).map { linear(form, numbers(features, $0)) }
        case .graph(let form):
            (0..<features.rows).map { linked(numbers(form.network.outputs(for: features), $0), form.link) }
        case .trees(let form): (0..<features.rows).map { trees(form, features.row($0).map { $0 }) }
        case .kernels(let form): kernels(form, features)
        case .table(let form): (0..<features.rows).map { table(form, features.row($0).map { Int($0) }) }
        case .mean(let parts): mean(parts, features)
        case .own: nil
        }
    }

    private func numbers(_ matrix: Matrix, _ row: Int) -> [Double] { matrix.row(row).map(Double.init) }

    private func linked(_ margins: [Double], _ link: MarginLink) -> [Double] {
        switch link {
        case .identity: return margins
        case .softmax:
            let powers = margins.map { exp($0 - (margins.max() ?? 0)) }
            return powers.map { $0 / powers.reduce(0, +) }
        case .logistic:
            let second = 1 / (1 + exp(-margins[0]))
            return [1 - second, second]
        case .shares:
            let kept = margins.map { max(0, $0) }
            let sum = kept.reduce(0, +)
            return kept.map { sum > 0 ? $0 / sum : 1 / Double(kept.count) }
        case .secondShare:
            let second = min(1, max(0, margins[0]))
            return [1 - second, second]
        }
    }

    private func linear(_ form: LinearForm, _ row: [Double]) -> [Double] {
        var sums = form.bias.map(Double.init)
        if form.readsTokens {
            let ids = row.map { Int($0) }.filter { $0 != 0 }
            let share = 1 / max(1, Double(ids.count)).squareRoot()
            for id in ids {
                for output in sums.indices { sums[output] += share * Double(form.weights[id, output]) }
            }
        } else {
            for output in sums.indices {
                for (feature, value) in row.enumerated() {
                    sums[output] += value * Double(form.weights[output, feature])
                }
            }
        }
        return linked(sums, form.link)
    }

    private func trees(_ form: TreesForm, _ row: [Float]) -> [Double] {
        var margins = form.bases.map(Double.init)
        for tree in form.trees {
            var place = 0
            while case .split(let feature, let threshold, let left, let right) = tree.nodes[place] {
                let goesLeft = form.question == .isBelow ? row[feature] < threshold : row[feature] <= threshold
                place = goesLeft ? left : right
            }
            guard case .leaf(let values) = tree.nodes[place] else { continue }
            for (index, value) in values.enumerated() { margins[tree.output + index] += Double(value) }
        }
        return linked(margins, form.link)
    }

    private func kernels(_ form: KernelsForm, _ features: Matrix) -> [[Double]] {
        func kernel(_ row: [Double], _ vector: [Double]) -> Double {
            switch form.machine.kernel {
            case .linear: zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 }
            case .radial(let gamma):
                exp(-Double(gamma) * zip(row, vector).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
            }
        }
        func sum(_ group: KernelMachine.Group, _ machine: Int, _ row: [Double]) -> Double {
            (0..<group.vectors.rows).reduce(0) {
                $0 + Double(group.coefficients[machine, $1]) * kernel(row, numbers(group.vectors, $1))
            }
        }
        let groups = form.machine.groups
        var decisions = Matrix(rows: features.rows, columns: form.machine.rho.count)
        for row in 0..<features.rows {
            let own = numbers(features, row)
            var place = 0
            for first in groups.indices {
                let others = form.machine.pairwise ? Array(groups.indices.dropFirst(first + 1)) : [first]
                for second in others {
                    let value =
                        form.machine.pairwise
                        ? sum(groups[first], second - 1, own) + sum(groups[second], first, own)
                        : sum(groups[first], 0, own)
                    decisions[row, place] = Float(value - Double(form.machine.rho[place]))
                    place += 1
                }
            }
        }
        switch form.link {
        case .coupled(let coupling):
            let coupled = coupling.probabilities(decisions, width: width)
            return (0..<features.rows).map { numbers(coupled, $0) }
        case .scaled(let scaling):
            return (0..<features.rows).map { row in
                numbers(decisions, row).enumerated().map {
                    $1 * Double(scaling[2 * $0 + 1]) + Double(scaling[2 * $0])
                }
            }
        }
    }

    private func table(_ form: TableForm, _ ids: [Int]) -> [Double] {
        var sums = [Double](repeating: 0, count: form.vectors.columns)
        for id in ids where id != 0 {
            for column in sums.indices { sums[column] += Double(form.vectors[id, column]) }
        }
        let length = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? sums.map { $0 / length } : sums
    }

    private func mean(_ parts: [ModelForm.Part], _ features: Matrix) -> [[Double]]? {
        var means = [[Double]](repeating: [Double](repeating: 0, count: width), count: features.rows)
        for part in parts {
            guard let answers = answers(part.form, to: features) else { return nil }
            for row in means.indices {
                var own = answers[row]
                if part.scaling.temperature != 1 {
                    own = linked(own.map { log(max(1e-6, $0)) / part.scaling.temperature }, .softmax)
                }
                for column in own.indices { means[row][column] += Double(part.share) * own[column] }
            }
        }
        return means
    }
}
