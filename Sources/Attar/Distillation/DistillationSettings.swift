/// How a run is made, beside who teaches and who learns. Members that are nil are chosen by Attar and named in the certificate.
public struct DistillationSettings: Sendable {
    /// The kind of task; nil takes the target's, or the teacher's where rows have no target.
    public var task: LearningTask.Kind?
    /// What the student is for.
    public var aim = Aim.quality
    /// How the transfer set is made; nil compares the strategies on validation rows.
    public var plan: TransferPlan?
    /// Synthesised rows a training row, above 0, for each strategy that is compared and makes rows.
    public var synthesised = 10.0
    /// The name of the loss; nil takes the blend of label and teacher that suits the task.
    public var loss: String?
    /// The divisor of the logits before softmax, above 0; nil takes the loss's own.
    public var temperature: Double?
    /// The label's share in the loss, from 0 to 1; nil takes the loss's own.
    public var labelShare: Double?
    /// What a network imitates of its teacher's hidden tensors, beside the outputs; both have to be networks.
    public var features: [FeatureTerm] = []
    /// Models between teacher and student, each taught by the one before; the student is taught by the last. Mirzadeh et al. (AAAI 2020).
    public var assistants: [NamedEstimator] = []
    /// How often the student is trained anew, each time taught by its predecessor, from 1 to 20; the last is what the run gives. Furlanello et al.
    /// (ICML 2018).
    public var generations = 1
    /// A network that learns at the same time as the student, each also from the other's present answers; nil for none. Zhang et al. (CVPR 2018).
    public var peer: NamedEstimator?
    /// How networks see pictures changed at random; nil leaves them as they are. Teachers that Attar trains and the label-only student see another view each epoch,
    /// distilled students one of `views` whose answers are known.
    public var augmentation: Augmentation?
    /// Augmented views of each picture that the teacher is asked about beforehand; 0 asks a model about each batch as the student sees it.
    public var views = 8
    /// How texts become features; nil takes what suits the student.
    public var text: TextMethod?
    /// The path of the `tokenizer.json` with which texts become tokens; nil takes the teacher's where there is one.
    public var tokenizer: String?
    /// Folds for the teacher's out-of-fold answers, at least 2; where Attar trains the teacher and chooses the student or the plan, at least 3.
    public var folds = 5
    /// The share of rows held out for the test, between 0 and 1; unused where test rows are given.
    public var testFraction = 0.3
    /// Students trained, each from another seed; at least 1.
    public var seeds = 3
    /// All randomness follows from it.
    public var seed: UInt64 = 1
    /// Worker threads; nil takes one a core.
    public var threads: Int?
    /// How much training is done for evidence alone.
    public var evidence = EvidenceEffort.auto
    /// The sets of classes or intervals of values that the artifact can give at any coverage; nil takes `lac` for classes, by class where one is rare, and for values `cqr` where the rows
    /// suffice, else `residual`.
    public var sets: SetMethod?
    /// The figure that models are compared by; nil takes accuracy, average precision where one class outweighs all others, or R².
    public var metric: String?
    /// Whether sets of classes can be empty; else they hold the likeliest class at least.
    public var allowEmpty = false
    /// What the student may cost.
    public var budget = Budget()
    /// What the student has to keep to be shipped.
    public var thresholds = Thresholds()
    /// What is asked of it besides; nil for nothing.
    public var requirement: Requirement?

    /// The defaults: everything is chosen by Attar.
    public init() {}
}

extension DistillationSettings {
    /// The name of the loss that is taken.
    func lossName(for kind: TaskKind, knownClasses: Int?) -> String {
        loss ?? kind.teaching.usualLoss(knownClasses: knownClasses)
    }

    /// What distilled students minimise.
    ///
    /// - Parameter knownClasses: how many of the teacher's likeliest classes are known, where not all are.
    /// - Throws: `AttarError` (`invalidSetting`) for an unknown name or a setting out of range.
    package func loss(for task: LearningTask, of kind: TaskKind, knownClasses: Int?) throws -> DistillationLoss {
        // Without a name a lower temperature than the published one: teachers of tables are softer than deep networks.
        let name = lossName(for: kind, knownClasses: knownClasses)
        let isOurs = loss == nil && name == "hinton"
        var result = try DistillationLoss(
            named: name, for: task.form, temperature: temperature ?? (isOurs ? 2 : nil), labelShare: labelShare)
        // Where only so many classes are known, these are what is learned.
        if let knownClasses {
            for index in result.terms.indices where result.terms[index].kind == .topClasses {
                result.terms[index].parameter = Double(knownClasses)
            }
        }
        return result
    }

    /// What decides how texts become features.
    ///
    /// - Parameters:
    ///   - rows: the rows that are to become features: a tokenizer is read only where they have texts.
    ///   - families: those that learn from the features.
    ///   - tokenizer: the teacher's, which is taken where none is named.
    /// - Throws: `AttarError`: `unreadableFile`, `malformedData`.
    func textFeatures(
        for rows: Dataset, families: [Family], tokenizer: String? = nil
    ) throws -> TextFeatures {
        var features = TextFeatures(method: text, readers: families.map(\.reader))
        guard rows.columns.contains(where: { $0.kind == .text }) else { return features }
        if let path = self.tokenizer ?? tokenizer { features.tokenizer = try Tokenizer(path: path) }
        return features
    }
}
