internal import CKernels

extension DistillationLoss.Term {
    /// What a term measures. Open, so that losses can be added.
    ///
    /// Below, p is the student's and q the teacher's softmax at the term's temperature T, s and t are their logits or
    /// values, y the label. Losses on p and q are multiplied by T², save for `softCrossEntropy`, so that their gradients
    /// keep their size when T changes.
    public struct Kind: Hashable, Codable, Sendable, RawRepresentable {
        public let rawValue: String

        /// A kind of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }
    }
}

// MARK: - Classification

extension DistillationLoss.Term.Kind {
    /// Cross-entropy with the hard label, −log p(y) at temperature 1.
    public static let crossEntropy = Self(rawValue: "crossEntropy")
    /// Cross-entropy with the even distribution over K classes, −(1/K) Σ log p at temperature 1, on rows with a label: with weight ε beside
    /// (1 − ε)·`crossEntropy` it smooths labels. Szegedy et al., "Rethinking the Inception Architecture" (CVPR 2016), section 7.
    public static let uniformCrossEntropy = Self(rawValue: "uniformCrossEntropy")
    /// T²·KL(q ‖ p). Hinton, Vinyals and Dean (2015), section 2.
    public static let kullbackLeibler = Self(rawValue: "kullbackLeibler")
    /// Cross-entropy with the teacher's probabilities, −Σ q log p, not multiplied by T².
    public static let softCrossEntropy = Self(rawValue: "softCrossEntropy")
    /// Mean over the classes of (p − q)², times T².
    public static let probabilitySquaredError = Self(rawValue: "probabilitySquaredError")
    /// T²·KL between softmaxes of logits that are first standardised in each row (mean 0, unbiased standard deviation 1).
    /// Sun et al., "Logit Standardization in Knowledge Distillation" (CVPR 2024).
    public static let standardisedKullbackLeibler = Self(rawValue: "standardisedKullbackLeibler")
    /// The half of decoupled distillation that is about the target class against all others: T²·KL between (q(y), 1 − q(y))
    /// and (p(y), 1 − p(y)). Rows without a label get T²·KL(q ‖ p).
    /// Zhao et al., "Decoupled Knowledge Distillation" (CVPR 2022), equation 7.
    public static let targetClass = Self(rawValue: "targetClass")
    /// The half of decoupled distillation that is about the other classes: T²·KL between softmaxes without the target class.
    /// Rows without a label have none.
    public static let nonTargetClass = Self(rawValue: "nonTargetClass")
    /// T²·(1 − Pearson's correlation of p and q over the classes). Huang et al., "Knowledge Distillation from A Stronger
    /// Teacher" (NeurIPS 2022), equation 8.
    public static let interClass = Self(rawValue: "interClass")
    /// T²·(1 − Pearson's correlation of p and q over the rows of the batch), mean over the classes. Huang et al.,
    /// equation 9. The only term whose value depends on which rows share a batch: it compares rows with each other.
    public static let intraClass = Self(rawValue: "intraClass")
    /// T²·KL(p ‖ q): the student keeps to the teacher's likeliest classes instead of covering all.
    public static let reverseKullbackLeibler = Self(rawValue: "reverseKullbackLeibler")
    /// T²·(β·KL(q ‖ m) + (1 − β)·KL(p ‖ m)) with m = β·q + (1 − β)·p; the parameter is β, between 0 and 1, by default 0.5.
    /// Agarwal et al., "On-Policy Distillation of Language Models" (ICLR 2024), equation 1.
    public static let generalisedJensenShannon = Self(rawValue: "generalisedJensenShannon")
    /// T²·KL between teacher and student over the teacher's k likeliest classes and one bucket for all others: all that is known where a store
    /// keeps only those. At T = 1 no more is assumed; above it the teacher's rest is softened as if it were spread evenly. The parameter is k,
    /// from 1, by default 10; from K on it is `kullbackLeibler`.
    public static let topClasses = Self(rawValue: "topClasses")
    /// T²·½ Σ |p − q|.
    public static let totalVariation = Self(rawValue: "totalVariation")
    /// T²·KL(q ‖ α·q + (1 − α)·p); the parameter is α, from 0 to below 1, by default 0.1. Ko et al., "DistiLLM" (ICML 2024).
    public static let skewKullbackLeibler = Self(rawValue: "skewKullbackLeibler")
    /// T²·KL(p ‖ (1 − α)·q + α·p); the parameter is α, from 0 to below 1, by default 0.1. Ko et al. (2024).
    public static let skewReverseKullbackLeibler = Self(rawValue: "skewReverseKullbackLeibler")
}

// MARK: - Regression; a row's loss is the mean over its outputs

extension DistillationLoss.Term.Kind {
    /// (s − y)².
    public static let squaredError = Self(rawValue: "squaredError")
    /// (s − t)²: to the teacher's values, or for classification to its logits.
    /// On logits: Ba and Caruana, "Do Deep Nets Really Need to be Deep?" (NeurIPS 2014), section 2.
    public static let teacherSquaredError = Self(rawValue: "teacherSquaredError")
    /// (s − y)² where (s − y)² + m > (t − y)², else 0: no more pull once the student beats the teacher by the margin. The
    /// parameter is m, 0 or more, by default 0. Rows without a label get (s − t)².
    /// Chen et al., "Learning Efficient Object Detection Models with Knowledge Distillation" (NeurIPS 2017), equation 4.
    public static let boundedSquaredError = Self(rawValue: "boundedSquaredError")
    /// max(0, 1 − (t − y)² / η)·(s − t)²: the teacher counts less on rows where it is wrong. The parameter is η, above 0, the
    /// squared error at which the teacher counts nothing; by default 1, the variance of a standardised target. Rows without
    /// a label get (s − t)².
    /// Saputra et al., "Distilling Knowledge From a Deep Pose Regressor Network" (ICCV 2019), equations 7 and 8.
    public static let attentiveImitation = Self(rawValue: "attentiveImitation")
    /// Half the squared error up to |s − y| = δ, and δ·(|s − y| − δ/2) beyond. The parameter is δ, above 0, by default 1.
    public static let huber = Self(rawValue: "huber")
    /// The pinball loss τ·max(0, y − s) + (1 − τ)·max(0, s − y), whose minimum is the quantile τ. The parameter is τ, between
    /// 0 and 1, by default 0.5.
    public static let quantile = Self(rawValue: "quantile")
}

// MARK: - What the library knows about each kind

extension DistillationLoss.Term.Kind {
    /// Every kind that the library computes.
    public static var all: [Self] { table.map(\.kind) }

    /// Whether the kind counts as the label's side of a blend.
    var isOnLabels: Bool { traits?.isOnLabels ?? false }

    /// What the library knows about the kind; nil for a kind of another name.
    var traits: Traits? { Self.table.first { $0.kind == self }?.traits }

    /// How a kind is computed and what its settings may be.
    struct Traits {
        /// The form of answers that the kind is for; nil for both.
        let form: AnswerForm?
        /// Whether it is the label's side of a blend, rather than the teacher's.
        var isOnLabels = false
        /// Whether it looks at the teacher's softmax.
        var softens = false
        /// The parameter's default.
        var fallback = 0.0
        /// The parameter's range.
        var range: any RangeExpression<Double> & Sendable = 0...0.0
        /// The parameter's range, for messages.
        var rangeInWords = "left out"
        /// The function that computes it; nil for cross-entropy, which the fused pass computes.
        let function: attar_loss?
    }

    private static let table: [(kind: Self, traits: Traits)] = [
        (.crossEntropy, Traits(form: .probabilities, isOnLabels: true, function: nil)),
        (
            .uniformCrossEntropy,
            Traits(form: .probabilities, isOnLabels: true, function: attar_loss_uniform_cross_entropy)
        ),
        (.kullbackLeibler, softened(attar_loss_kl)),
        (.softCrossEntropy, softened(attar_loss_soft_cross_entropy)),
        (.probabilitySquaredError, softened(attar_loss_probability_squares)),
        (.standardisedKullbackLeibler, softened(attar_loss_standardised_kl)),
        (.targetClass, softened(attar_loss_target_class)),
        (.nonTargetClass, softened(attar_loss_non_target_class)),
        (.interClass, softened(attar_loss_inter_class)),
        (.intraClass, softened(attar_loss_intra_class)),
        (.reverseKullbackLeibler, softened(attar_loss_reverse_kl)),
        (
            .generalisedJensenShannon,
            softened(attar_loss_generalised_jsd, 0.5, 0.0.nextUp..<1, "between 0 and 1")
        ),
        (.topClasses, softened(attar_loss_top_classes, 10, 1.0...1e6, "from 1 to 1000000")),
        (.totalVariation, softened(attar_loss_total_variation)),
        (.skewKullbackLeibler, softened(attar_loss_skew_kl, 0.1, 0..<1, "from 0 to below 1")),
        (.skewReverseKullbackLeibler, softened(attar_loss_skew_reverse_kl, 0.1, 0..<1, "from 0 to below 1")),
        (.squaredError, Traits(form: .values, isOnLabels: true, function: attar_loss_squares)),
        (.teacherSquaredError, Traits(form: nil, function: attar_loss_teacher_squares)),
        (.boundedSquaredError, onValues(attar_loss_bounded, 0, 0.0..., "0 or more")),
        (.attentiveImitation, onValues(attar_loss_attentive, 1, 0.0.nextUp..., "above 0")),
        (.huber, onValues(attar_loss_huber, 1, 0.0.nextUp..., "above 0", isOnLabels: true)),
        (.quantile, onValues(attar_loss_quantile, 0.5, 0.0.nextUp..<1, "between 0 and 1", isOnLabels: true)),
    ]

    private static func softened(
        _ function: attar_loss?, _ fallback: Double = 0, _ range: any RangeExpression<Double> & Sendable = 0...0.0,
        _ rangeInWords: String = "left out"
    ) -> Traits {
        Traits(
            form: .probabilities, softens: true, fallback: fallback, range: range, rangeInWords: rangeInWords,
            function: function)
    }

    private static func onValues(
        _ function: attar_loss?, _ fallback: Double, _ range: any RangeExpression<Double> & Sendable,
        _ rangeInWords: String, isOnLabels: Bool = false
    ) -> Traits {
        Traits(
            form: .values, isOnLabels: isOnLabels, fallback: fallback, range: range, rangeInWords: rangeInWords,
            function: function)
    }
}
