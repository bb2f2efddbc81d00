internal import Foundation

/// What XGBoost's objectives mean for answers.
struct XGBoostObjective {
    /// XGBoost's name of it.
    let name: String

    init(_ name: String) { self.name = name }

    /// What becomes of the margins.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) for one that answers neither with classes nor with values.
    func link() throws -> TreeLink {
        switch name {
        case "binary:logistic": return TreeLink(function: .logistic(steepness: 1), isClassifier: true)
        case "binary:logitraw":
            return TreeLink(function: .logistic(steepness: 1), isClassifier: true, givesMargins: true)
        case "binary:hinge": return TreeLink(function: .step, isClassifier: true, isHard: true)
        case "multi:softprob", "multi:softmax": return TreeLink(function: .softmax, isClassifier: true)
        case "reg:logistic": return TreeLink(function: .logistic(steepness: 1), isClassifier: false)
        case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft":
            return TreeLink(function: .exponential, isClassifier: false)
        case "reg:squarederror", "reg:linear", "reg:squaredlogerror", "reg:pseudohubererror", "reg:absoluteerror",
            "reg:quantileerror", "reg:expectileerror":
            return TreeLink(function: .identity, isClassifier: false)
        default:
            throw AttarError(
                .unusableTeacher,
                name.hasPrefix("rank:")
                    ? "its objective '\(name)' ranks rows within groups, and says nothing of a row alone"
                    : "its objective '\(name)' is not known",
                remedy: "Use a model of classes or values")
        }
    }

    /// The margin that a base score stands for: the inverse of the link.
    func margin(of baseScore: Float) -> Float {
        switch name {
        case "binary:logistic", "reg:logistic": -log(1 / baseScore - 1)
        case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft": log(baseScore)
        default: baseScore
        }
    }
}
