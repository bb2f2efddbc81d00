extension DistillationLoss {
    /// A loss under the name by which recipes and the command line call it.
    public struct Preset: Sendable {
        /// The name, as in `--loss dkd`.
        public let name: String
        /// One line for help.
        public let summary: String
        /// The form of answers that it is for.
        public let form: AnswerForm
        /// The loss with its published weights.
        public let loss: DistillationLoss
    }

    /// The named losses, those for probabilities first.
    public static let presets: [Preset] = probabilityPresets + valuePresets

    /// The loss of that name, with its published weights unless others are given.
    ///
    /// - Parameters:
    ///   - name: one of `presets` for the form.
    ///   - form: what the task's answers are.
    ///   - temperature: above 0; nil takes the preset's own.
    ///   - labelShare: from 0 to 1; nil takes the preset's own.
    /// - Throws: `AttarError` (`invalidSetting`) for an unknown name, one of another form, or a setting out of range.
    public init(
        named name: String, for form: AnswerForm, temperature: Double? = nil, labelShare: Double? = nil
    ) throws {
        guard let preset = Self.presets.first(where: { $0.name == name && $0.form == form }) else {
            let names = Self.presets.filter { $0.form == form }.map(\.name)
            if let other = Self.presets.first(where: { $0.name == name }) {
                throw AttarError(
                    .invalidSetting,
                    "the loss '\(name)' is for \(other.form.rawValue), but the task's answers are \(form.rawValue)",
                    remedy: "There are: \(names.joined(separator: ", "))")
            }
            throw AttarError(
                .invalidSetting, "there is no loss '\(name)' for \(form.rawValue)",
                remedy: didYouMean(name, among: names))
        }
        self = preset.loss
        if let labelShare {
            guard (0...1).contains(labelShare) else {
                throw AttarError(.invalidSetting, "labelShare is \(labelShare), but must be from 0 to 1")
            }
            self = with(labelShare: labelShare, for: form)
        }
        if let temperature { self = with(temperature: temperature) }
        try validate(for: form)
    }

    /// a·CE + (1 − a)·T²·KL, where a is the label's share. Hinton, Vinyals and Dean (2015), section 2.
    public static func hinton(labelShare: Double = 0.1, temperature: Double = 4) -> DistillationLoss {
        blend(labelShare, .init(.kullbackLeibler, temperature: temperature))
    }

    /// a·(s − y)² + (1 − a)·(s − t)², where a is the label's share.
    public static func blended(labelShare: Double = 0.5) -> DistillationLoss {
        DistillationLoss([
            .init(.squaredError, weight: labelShare), .init(.teacherSquaredError, weight: 1 - labelShare),
        ])
    }

    /// Cross-entropy with the given share beside a teacher's term with the rest.
    private static func blend(_ labelShare: Double, _ term: Term) -> DistillationLoss {
        var term = term
        term.weight *= 1 - labelShare
        return DistillationLoss([.init(.crossEntropy, weight: labelShare), term])
    }

    /// The losses of tasks whose answers are probabilities.
    public static let probabilityPresets: [Preset] = [
        ("labels", "cross-entropy with the labels; the teacher is not looked at", labelsOnly(.probabilities)),
        ("hinton", "cross-entropy and T²·KL to the teacher, 0.1 and 0.9, T = 4", hinton()),
        ("kl", "T²·KL to the teacher alone, T = 4", DistillationLoss([.init(.kullbackLeibler, temperature: 4)])),
        ("soft", "cross-entropy with the teacher's probabilities", DistillationLoss([.init(.softCrossEntropy)])),
        ("logits", "squared error to the teacher's logits", DistillationLoss([.init(.teacherSquaredError)])),
        (
            "probabilities", "squared error to the teacher's probabilities",
            DistillationLoss([.init(.probabilitySquaredError)])
        ),
        (
            "dkd", "decoupled: cross-entropy, target class 1, other classes 8, T = 4",
            DistillationLoss([
                .init(.crossEntropy), .init(.targetClass, temperature: 4),
                .init(.nonTargetClass, weight: 8, temperature: 4),
            ])
        ),
        (
            "dist", "correlation with the teacher over classes and over rows, 2 and 2, beside cross-entropy",
            DistillationLoss([.init(.crossEntropy), .init(.interClass, weight: 2), .init(.intraClass, weight: 2)])
        ),
        (
            "standardised", "T²·KL between standardised logits, 9, beside cross-entropy, 0.1, T = 2",
            DistillationLoss([
                .init(.crossEntropy, weight: 0.1), .init(.standardisedKullbackLeibler, weight: 9, temperature: 2),
            ])
        ),
        ("reverse", "reverse KL beside cross-entropy, 0.9 and 0.1", blend(0.1, .init(.reverseKullbackLeibler))),
        (
            "jsd", "generalised Jensen-Shannon divergence (β = 0.5) beside cross-entropy, 0.9 and 0.1",
            blend(0.1, .init(.generalisedJensenShannon))
        ),
        (
            "top-k",
            "KL over the teacher's 10 likeliest classes and one bucket for all others beside cross-entropy, 0.9 and 0.1",
            blend(0.1, .init(.topClasses))
        ),
        ("variation", "total variation beside cross-entropy, 0.9 and 0.1", blend(0.1, .init(.totalVariation))),
        ("skew", "skew KL (α = 0.1) beside cross-entropy, 0.9 and 0.1", blend(0.1, .init(.skewKullbackLeibler))),
        (
            "skew-reverse", "skew reverse KL (α = 0.1) beside cross-entropy, 0.9 and 0.1",
            blend(0.1, .init(.skewReverseKullbackLeibler))
        ),
    ].map { Preset(name: $0.0, summary: $0.1, form: .probabilities, loss: $0.2) }

    /// The losses of tasks whose answers are values.
    public static let valuePresets: [Preset] = [
        ("labels", "squared error to the labels; the teacher is not looked at", labelsOnly(.values)),
        ("blended", "squared error to the label and to the teacher, half each", blended()),
        ("teacher", "squared error to the teacher alone", DistillationLoss([.init(.teacherSquaredError)])),
        (
            "bounded", "squared error to the label, and half as much again where the student is worse than the teacher",
            DistillationLoss([.init(.squaredError), .init(.boundedSquaredError, weight: 0.5)])
        ),
        (
            "attentive", "squared error to the label, and to the teacher where it is right, half each",
            DistillationLoss([.init(.squaredError, weight: 0.5), .init(.attentiveImitation, weight: 0.5)])
        ),
        (
            "huber", "Huber's loss to the label and squared error to the teacher, half each",
            DistillationLoss([.init(.huber, weight: 0.5), .init(.teacherSquaredError, weight: 0.5)])
        ),
        ("quantile", "pinball loss for the median of the labels", DistillationLoss([.init(.quantile)])),
    ].map { Preset(name: $0.0, summary: $0.1, form: .values, loss: $0.2) }
}
