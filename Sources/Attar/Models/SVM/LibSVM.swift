internal import CLibSVM
package import Compute

/// One training by libsvm: owns the rows in libsvm's form, as its model points into them, and the model; frees both.
package final class LibSVM {
    /// What is trained.
    package struct Settings {
        var kernel: Kernel
        var c: Double
        /// The half width of the tube of regression; nil trains a classifier.
        var epsilon: Double?

        /// A training with the given kernel and price; of a regressor where epsilon is given.
        package init(kernel: Kernel, c: Double, epsilon: Double?) {
            self.kernel = kernel
            self.c = c
            self.epsilon = epsilon
        }
    }

    private let nodes: UnsafeMutablePointer<svm_node>
    private let rows: UnsafeMutablePointer<UnsafeMutablePointer<svm_node>?>
    private let targets: UnsafeMutablePointer<Double>
    private var model: UnsafeMutablePointer<svm_model>?
    private let features: Matrix
    private let settings: Settings

    /// libsvm prints to standard output, which belongs to the command.
    private static let silenced: Void = svm_set_print_string_function { _ in }

    /// Trains on features, (rows, width), and each row's class or value.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) with libsvm's own words.
    package init(_ settings: Settings, features: Matrix, targets values: [Double]) throws {
        Self.silenced
        self.features = features
        self.settings = settings
        let width = features.columns
        nodes = .allocate(capacity: max(1, features.rows * (width + 1)))
        rows = .allocate(capacity: max(1, features.rows))
        targets = .allocate(capacity: max(1, values.count))
        for row in 0..<features.rows {
            let start = nodes + row * (width + 1)
            for column in 0..<width {
                (start + column).initialize(
                    to: svm_node(index: Int32(column + 1), value: Double(features[row, column])))
            }
            // The end of a row, for libsvm.
            (start + width).initialize(to: svm_node(index: -1, value: 0))
            (rows + row).initialize(to: start)
            (targets + row).initialize(to: values[row])
        }
        var problem = svm_problem(l: Int32(features.rows), y: targets, x: rows)
        var parameters = svm_parameter()
        parameters.svm_type = Int32(settings.epsilon == nil ? C_SVC : EPSILON_SVR)
        parameters.kernel_type = Int32(settings.kernel == .linear ? LINEAR : RBF)
        if case .radial(let gamma) = settings.kernel { parameters.gamma = Double(gamma) }
        parameters.C = settings.c
        parameters.p = settings.epsilon ?? 0
        parameters.cache_size = 200
        parameters.eps = 1e-3
        parameters.shrinking = 1
        if let problem = svm_check_parameter(&problem, &parameters) {
            throw AttarError(.invalidSetting, "libsvm refuses: \(String(cString: problem))")
        }
        model = svm_train(&problem, &parameters)
    }

    deinit {
        svm_free_and_destroy_model(&model)
        nodes.deallocate()
        rows.deallocate()
        targets.deallocate()
    }

    /// The classes in libsvm's order, which is that of their first rows.
    package var labels: [Int32] {
        guard let model = model?.pointee, let labels = model.label else { return [] }
        return Array(UnsafeBufferPointer(start: labels, count: Int(model.nr_class)))
    }

    /// The trained machine, of one output or of all pairs of `labels`.
    package func machine() -> KernelMachine {
        guard let model = model?.pointee else { preconditionFailure("training gives a model") }
        let indices = UnsafeBufferPointer(start: model.sv_indices, count: Int(model.l)).map { Int($0) - 1 }
        let classifies = settings.epsilon == nil
        let counts = classifies ? (0..<Int(model.nr_class)).map { Int(model.nSV[$0]) } : [indices.count]
        let machines = classifies ? counts.count - 1 : 1
        var start = 0
        let groups = counts.map { count in
            defer { start += count }
            var coefficients = Matrix(rows: machines, columns: count)
            for machine in 0..<machines {
                guard let own = model.sv_coef[machine] else { continue }
                for vector in 0..<count { coefficients[machine, vector] = Float(own[start + vector]) }
            }
            return KernelMachine.Group(
                vectors: features.selecting(rows: Array(indices[start..<start + count])), coefficients: coefficients)
        }
        let decisions = classifies ? counts.count * machines / 2 : 1
        return KernelMachine(
            kernel: settings.kernel, groups: groups, rho: (0..<decisions).map { Float(model.rho[$0]) },
            pairwise: classifies)
    }

    /// libsvm's own decision values of one of the rows that it was trained on.
    package func decisions(ofRow row: Int) -> [Double] {
        let count = max(1, labels.count * (labels.count - 1) / 2)
        var decisions = [Double](repeating: 0, count: count)
        _ = svm_predict_values(model, rows[row], &decisions)
        return decisions
    }
}
