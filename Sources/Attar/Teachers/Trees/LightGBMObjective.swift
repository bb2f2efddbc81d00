/// What LightGBM's objectives mean for answers.
struct LightGBMObjective {
    /// The words of the line: the name, then its settings, such as `sigmoid:1`.
    private let words: [Substring]

    init(_ line: String) { words = line.split(separator: " ") }

    /// What becomes of the margins.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) for one that answers neither with classes nor with values; (`malformedData`) for a setting that
    ///   is no number.
    func link(outputs: Int) throws -> TreeLink {
        let name = words.first.map(String.init) ?? "custom"
        switch name {
        case "binary": return TreeLink(function: .logistic(steepness: try steepness()), isClassifier: true)
        case "multiclass", "softmax": return TreeLink(function: .softmax, isClassifier: true)
        case "multiclassova", "multiclass_ova", "ova", "ovr":
            return TreeLink(function: .logisticShares(steepness: try steepness()), isClassifier: true)
        case "cross_entropy", "xentropy":
            return TreeLink(function: .logistic(steepness: 1), isClassifier: false)
        case "cross_entropy_lambda", "xentlambda": return TreeLink(function: .softplus, isClassifier: false)
        case "poisson", "gamma", "tweedie": return TreeLink(function: .exponential, isClassifier: false)
        case "regression", "regression_l1", "huber", "fair", "quantile", "mape":
            return TreeLink(function: words.contains("sqrt") ? .signedSquare : .identity, isClassifier: false)
        // A program's own objective: what its margins mean only its owner knows.
        case "custom", "none", "null", "na": return TreeLink(function: .identity, isClassifier: false)
        default:
            throw AttarError(
                .unusableTeacher,
                ["lambdarank", "rank_xendcg"].contains(name)
                    ? "its objective '\(name)' ranks rows within groups, and says nothing of a row alone"
                    : "its objective '\(name.prefix(40))' is not known",
                remedy: "Use a model of classes or values")
        }
    }

    private func steepness() throws -> Float {
        guard let word = words.first(where: { $0.hasPrefix("sigmoid:") }) else { return 1 }
        guard let value = Float(word.dropFirst("sigmoid:".count)), value.isFinite, value > 0 else {
            throw LightGBMText.malformed("has the objective's setting '\(word.prefix(40))'")
        }
        return value
    }
}
