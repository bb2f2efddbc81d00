/// What a student minimises: a weighted sum of terms over its logits or values, the labels and the teacher's answers.
///
/// Each term is the weighted sum over the rows of the row's loss, divided by the batch's divisor, so that neither value
/// nor gradient depends on how a batch is cut; `Term.Kind.intraClass` alone depends on it by its definition. A row without
/// a label (−1 or NaN) contributes nothing to terms on labels; a transfer set without a teacher nothing to terms on soft
/// targets.
public struct DistillationLoss: Hashable, Codable, Sendable {
    /// One term of the sum.
    public struct Term: Hashable, Codable, Sendable {
        /// What the term measures.
        public var kind: Kind
        /// The factor before the term, 0 or more.
        public var weight: Double
        /// The divisor of the logits before softmax, above 0. Unused by terms on labels and on values.
        public var temperature: Double
        /// The kind's own parameter, such as the quantile; nil takes the kind's default. See `Kind`.
        public var parameter: Double?

        /// A term.
        public init(_ kind: Kind, weight: Double = 1, temperature: Double = 1, parameter: Double? = nil) {
            self.kind = kind
            self.weight = weight
            self.temperature = temperature
            self.parameter = parameter
        }
    }

    /// The terms that are added up.
    public var terms: [Term]

    /// The sum of the given terms.
    public init(_ terms: [Term]) {
        self.terms = terms
    }

    /// The share of the label in the loss, from 0 (teacher only) to 1 (labels only): what families that learn a blended
    /// target, such as trees, give the label on rows that have one.
    public var labelShare: Double {
        let (label, teacher) = weights
        return label + teacher > 0 ? label / (label + teacher) : 1
    }

    /// The temperature of the first weighted term that softens the teacher's answers; 1 where there is none.
    public var temperature: Double {
        terms.first { $0.weight > 0 && $0.kind.traits?.softens == true }?.temperature ?? 1
    }

    /// Whether any term looks at the teacher.
    public var needsTeacher: Bool { weights.teacher > 0 }

    /// Hard labels only: cross-entropy of probabilities, squared error of values.
    public static func labelsOnly(_ form: AnswerForm) -> DistillationLoss { DistillationLoss([.init(form.labelTerm)]) }

    /// This loss with another share of the label: weights are rescaled to sum to 1, ratios within each side stay.
    ///
    /// A side that has no term yet gets the plain one: cross-entropy or squared error to the label, T²·KL or squared
    /// error to the teacher.
    public func with(labelShare: Double, for form: AnswerForm) -> DistillationLoss {
        let (label, teacher) = weights
        var result = DistillationLoss(
            terms.map { term in
                var term = term
                if term.kind.isOnLabels {
                    term.weight *= label > 0 ? labelShare / label : 0
                } else {
                    term.weight *= teacher > 0 ? (1 - labelShare) / teacher : 0
                }
                return term
            })
        if label == 0, labelShare > 0 { result.terms.append(.init(form.labelTerm, weight: labelShare)) }
        if teacher == 0, labelShare < 1 {
            result.terms.append(.init(form.teacherTerm, weight: 1 - labelShare, temperature: temperature))
        }
        return result
    }

    /// This loss with another temperature in all terms that soften the teacher's answers.
    public func with(temperature: Double) -> DistillationLoss {
        DistillationLoss(
            terms.map { term in
                var term = term
                if term.kind.traits?.softens == true { term.temperature = temperature }
                return term
            })
    }

    /// This loss with labels smoothed: each cross-entropy gives a share of its weight to all classes alike.
    ///
    /// - Parameter share: ε, from 0 to below 1.
    public func with(labelSmoothing share: Double) -> DistillationLoss {
        if share == 0 { return self }
        return DistillationLoss(
            terms.flatMap { term -> [Term] in
                guard term.kind == .crossEntropy else { return [term] }
                return [
                    Term(.crossEntropy, weight: (1 - share) * term.weight),
                    Term(.uniformCrossEntropy, weight: share * term.weight),
                ]
            })
    }

    /// Refuses weights, temperatures and parameters out of range, and terms that are not for answers of that form.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the term, the value and its range.
    public func validate(for form: AnswerForm) throws {
        func require(_ holds: Bool, _ problem: @autoclosure () -> String, remedy: String = "") throws {
            guard holds else { throw AttarError(.invalidSetting, problem(), remedy: remedy) }
        }
        try require(terms.contains { $0.weight > 0 }, "the loss has no term with a weight above 0")
        for term in terms {
            let name = term.kind.rawValue
            guard let traits = term.kind.traits else {
                throw AttarError(
                    .invalidSetting, "there is no loss term '\(name)'",
                    remedy: didYouMean(name, among: Term.Kind.all.map(\.rawValue)))
            }
            try require(
                traits.form == nil || traits.form == form,
                "the loss term '\(name)' is for \(traits.form?.rawValue ?? ""), but the task's answers are \(form.rawValue)"
            )
            try require(
                term.weight >= 0 && term.weight.isFinite,
                "the weight of the loss term '\(name)' is \(term.weight), but must be 0 or more")
            try require(
                term.temperature > 0 && term.temperature.isFinite,
                "the temperature of the loss term '\(name)' is \(term.temperature), but must be above 0")
            if let parameter = term.parameter {
                try require(
                    traits.range.contains(parameter) && parameter.isFinite,
                    "the parameter of the loss term '\(name)' is \(parameter), but must be \(traits.rangeInWords)")
            }
        }
    }

    private var weights: (label: Double, teacher: Double) {
        terms.reduce(into: (0, 0)) { sum, term in
            if term.kind.isOnLabels { sum.0 += term.weight } else { sum.1 += term.weight }
        }
    }
}

extension AnswerForm {
    /// The plain loss to a label.
    fileprivate var labelTerm: DistillationLoss.Term.Kind {
        switch self {
        case .probabilities: .crossEntropy
        case .values: .squaredError
        }
    }

    /// The plain loss to a teacher.
    fileprivate var teacherTerm: DistillationLoss.Term.Kind {
        switch self {
        case .probabilities: .kullbackLeibler
        case .values: .teacherSquaredError
        }
    }
}
