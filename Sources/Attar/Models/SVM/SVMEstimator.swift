/// How to train a support vector machine, by libsvm: C-SVC for classes, ε-SVR for values.
///
/// libsvm knows neither weights nor soft targets. A row's label is the likeliest class of its blended target. Weights are honoured by
/// systematic resampling: walking through the rows, each is taken as often as the running sum of the weights, relative to
/// their mean, passes another whole number; so equal weights take each row once, and rows of weight 0 are never taken.
/// Source: Cortes and Vapnik, Machine Learning 20 (1995); Chang and Lin, "LIBSVM", ACM TIST 2 (2011).
public struct SVMEstimator: Estimator, Hashable {
    public static let family = Family.svm

    /// The price of a row on the wrong side, above 0; nil takes 2 for classes and 10 for values.
    public var c: Double?
    /// The factor of the squared distance in the radial kernel, above 0; nil takes 1 / (features · their variance).
    public var gamma: Double?
    /// The kernel: `rbf` or `linear`.
    public var kernel = "rbf"
    /// The error that costs nothing in regression, in deviations of the target, 0 or more.
    public var epsilon = 0.1

    /// The default settings.
    public init() {}

    public init(_ specification: Specification) throws {
        try specification.allow(["c", "gamma", "kernel", "epsilon"])
        if specification.named["c"] != nil { c = try specification.number("c", default: 1) }
        if specification.named["gamma"] != nil { gamma = try specification.number("gamma", default: 1) }
        kernel = specification.text("kernel", default: kernel)
        epsilon = try specification.number("epsilon", default: epsilon)
    }

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let run = SVMRun(
            self, on: try LearnableRows.required(transferSet, labelShare: context.loss.labelShare), context: context)
        return transferSet.task.form == .probabilities
            ? try run.classifier(for: transferSet) : try run.regressor(for: transferSet)
    }

    public func validate() throws {
        func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ range: String) throws {
            try Attar.require(holds, name, of: .svm, is: value, mustBe: range)
        }
        if let c { try require(c > 0 && c.isFinite, "c", c, "above 0") }
        if let gamma { try require(gamma > 0 && Float(gamma).isNormal, "gamma", gamma, "above 0") }
        try require(["rbf", "linear"].contains(kernel), "kernel", kernel, "rbf or linear")
        try require(epsilon >= 0 && epsilon.isFinite, "epsilon", epsilon, "0 or more")
    }
}

extension Family {
    /// Support vector machines.
    public static let svm = Family(
        summary: "support vector machine, trained by libsvm", estimator: SVMEstimator.self,
        model: SVMModel.self)
}
