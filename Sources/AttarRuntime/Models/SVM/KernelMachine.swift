package import Compute

/// Support vectors in groups, and the decision values that they add up to.
///
/// For regression there is one group an output: decision = Σ coefficient·K(x, vector) − rho. For k classes there is one group a
/// class, whose vectors take part in the machines against each of the k − 1 other classes: the decision of the pair (i, j),
/// positive for i, adds column j − 1 of group i and column i of group j, and takes off the pair's rho.
package struct KernelMachine: Sendable {
    /// Vectors that share their machines.
    package struct Group: Sendable {
        /// (count, width).
        package let vectors: Matrix
        /// (machines of the group, count).
        package let coefficients: Matrix

        package init(vectors: Matrix, coefficients: Matrix) {
            (self.vectors, self.coefficients) = (vectors, coefficients)
        }
    }

    /// How alike two rows are.
    package let kernel: Kernel
    /// One a class or output.
    package let groups: [Group]
    /// One a pair of classes or an output.
    package let rho: [Float]
    /// Whether groups are classes.
    package let pairwise: Bool

    package init(kernel: Kernel, groups: [Group], rho: [Float], pairwise: Bool) {
        (self.kernel, self.groups, self.rho, self.pairwise) = (kernel, groups, rho, pairwise)
    }

    /// Rows that are answered at a time, so that the kernel's values stay in the cache.
    private static let blockRows = 256

    /// Number of support vectors.
    package var vectorCount: Int { groups.reduce(0) { $0 + $1.vectors.rows } }

    /// The decision values of encoded rows, (rows, rho.count): pairs (0, 1), (0, 2), … of groups, or outputs.
    package func decisions(for features: Matrix) -> Matrix {
        var elements: [Float] = []
        elements.reserveCapacity(features.rows * rho.count)
        for start in stride(from: 0, to: features.rows, by: Self.blockRows) {
            let end = min(start + Self.blockRows, features.rows)
            let width = features.columns
            let block =
                features.rows <= Self.blockRows
                ? features
                : Matrix(
                    rows: end - start, columns: width,
                    elements: Array(features.elements[start * width..<end * width]))
            // One matrix a group, (rows, machines of the group).
            let parts = groups.map { kernel.values(block, $0.vectors).timesTransposed($0.coefficients) }
            for row in 0..<block.rows { appendDecisions(of: parts, row: row, to: &elements) }
        }
        return Matrix(rows: features.rows, columns: rho.count, elements: elements)
    }

    private func appendDecisions(of parts: [Matrix], row: Int, to elements: inout [Float]) {
        guard pairwise else {
            for (output, part) in parts.enumerated() { elements.append(part[row, 0] - rho[output]) }
            return
        }
        var pair = 0
        for first in parts.indices {
            for second in parts.indices.dropFirst(first + 1) {
                elements.append(parts[first][row, second - 1] + parts[second][row, first] - rho[pair])
                pair += 1
            }
        }
    }
}

extension KernelMachine {
    /// The tensors: `svm.vectors` (vectors, width), `svm.coefficients` (vectors, machines of a group), `svm.counts` (groups),
    /// `svm.rho`, and `svm.gamma` (1), 0 for the linear kernel.
    var tensors: [String: Tensor] {
        let machines = groups.first?.coefficients.rows ?? 0
        let width = groups.first?.vectors.columns ?? 0
        var coefficients: [Float] = []
        for group in groups {
            for vector in 0..<group.vectors.rows {
                for machine in 0..<machines { coefficients.append(group.coefficients[machine, vector]) }
            }
        }
        let gamma: Float = if case .radial(let gamma) = kernel { gamma } else { 0 }
        return [
            "svm.vectors": Tensor(groups.flatMap(\.vectors.elements), shape: [vectorCount, width]),
            "svm.coefficients": Tensor(coefficients, shape: [vectorCount, machines]),
            "svm.counts": Tensor(groups.map { Int32($0.vectors.rows) }, shape: [groups.count]),
            "svm.rho": Tensor(rho, shape: [rho.count]),
            "svm.gamma": Tensor([gamma], shape: [1]),
        ]
    }

    /// The machine that a description's tensors hold.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where a tensor is missing, has another shape, or holds no numbers.
    init(_ description: ModelDescription, width: Int, pairwise: Bool) throws {
        let counts = try description.integers("svm.counts", shape: [nil]).map(Int.init)
        let machines = pairwise ? counts.count - 1 : 1
        let pairs = pairwise ? counts.count * machines / 2 : counts.count
        guard !counts.isEmpty, counts.allSatisfy({ $0 >= 0 }) else { throw Self.malformed("groups") }
        let total = counts.reduce(0, +)
        let vectors = try description.floats("svm.vectors", shape: [total, width])
        let coefficients = try description.floats("svm.coefficients", shape: [total, machines])
        rho = try description.floats("svm.rho", shape: [pairs])
        let gamma = try description.floats("svm.gamma", shape: [1])[0]
        guard gamma >= 0, (vectors + coefficients + rho + [gamma]).allSatisfy(\.isFinite) else {
            throw Self.malformed("numbers")
        }
        kernel = gamma > 0 ? .radial(gamma: gamma) : .linear
        self.pairwise = pairwise
        var start = 0
        groups = counts.map { count in
            defer { start += count }
            var own = Matrix(rows: machines, columns: count)
            for vector in 0..<count {
                for machine in 0..<machines {
                    own[machine, vector] = coefficients[(start + vector) * machines + machine]
                }
            }
            let elements = Array(vectors[start * width..<(start + count) * width])
            return Group(vectors: Matrix(rows: count, columns: width, elements: elements), coefficients: own)
        }
    }

    private static func malformed(_ part: String) -> AttarError {
        AttarError(.malformedArtifact, "the support vector machine's \(part) are inconsistent")
    }
}
