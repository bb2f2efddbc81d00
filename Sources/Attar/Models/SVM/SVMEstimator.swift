/// How to train a support vector machine, by libsvm: C-SVC for classes, ε-SVR for values.
///
/// libsvm knows neither weights nor soft targets. A row's label is the likeliest class of its blended target. Weights are honoured by
/// systematic resampling: walking through the rows, each is taken as often as the running sum of the weights, relative to
/// their mean, passes another whole number; so equal weights take each row once, and rows of weight 0 are never taken.
/// Source: Cortes and Vapnik, Machine Learning 20 (1995); Chang and Lin, "LIBSVM", ACM TIST 2 (2011).
public struct SVMEstimator: OptionedEstimator, Hashable {
    public static let family = Family.svm

    /// The price of a row on the wrong side, above 0; nil takes 2 for classes and 10 for values.
    public var c: Double?
    /// The factor of the squared distance in the radial kernel, above 0; nil takes 1 / (features · their variance).
    public var gamma: Double?
    /// How alike two rows are.
    public var kernel = Kernel.rbf
    /// The error that costs nothing in regression, in deviations of the target, 0 or more.
    public var epsilon = 0.1

    /// What a kernel can be.
    public enum Kernel: String, CaseIterable, Codable, Sendable {
        /// exp(−gamma · squared distance).
        case rbf
        /// The product of the rows.
        case linear
    }

    /// The default settings.
    public init() {}

    package static let options: [ModelOption<SVMEstimator>] = [
        ModelOption(
            "c", \.c, .above(0), "a number above 0", none: "2 for classes, 10 for values",
            help: "price of a row on the wrong side"),
        ModelOption(
            "gamma", \.gamma, .from(Double(Float.leastNormalMagnitude), to: Double(Float.greatestFiniteMagnitude)),
            "a number above 0", none: "1 / (features · their variance)",
            help: "factor of the squared distance"),
        ModelOption("kernel", \.kernel),
        ModelOption("epsilon", \.epsilon, .from(0), help: "error that costs nothing, of values"),
    ]

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let run = SVMRun(
            self, on: try LearnableRows.required(transferSet, labelShare: context.loss.labelShare), context: context)
        return transferSet.task.form == .probabilities
            ? try run.classifier(for: transferSet) : try run.regressor(for: transferSet)
    }

    public func memoryEstimate(_ extent: RowsExtent) -> Int {
        // libsvm's nodes take sixteen bytes a number; its cache holds 200 MB of kernel values.
        2 * extent.bytes + 16 * extent.rows * (extent.features + 1) + 200 << 20
    }
}

extension Family {
    /// Support vector machines.
    public static let svm = Family(
        summary: "support vector machine, trained by libsvm", estimator: SVMEstimator.self,
        model: SVMModel.self)
}
