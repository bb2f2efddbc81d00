/// The configuration of one distillation run. The command's flags and a YAML file both only fill it in.
///
/// Members that are nil are chosen by Attar and named in the certificate.
public struct Recipe: Hashable, Sendable {
    /// The column to learn.
    public var target: String?
    /// The kind of task; nil infers it from the target.
    public var task: LearningTask.Kind?
    /// The column of row weights; nil weighs all rows the same.
    public var weights: String?
    /// The teacher: a specification to train, the path of a model, `predictions:FILE`, `command:PROGRAM` or a URL.
    public var teacher = "ensemble"
    /// Several trained teachers with weights, whose weighted mean answer teaches; where there are any, `teacher` is not used.
    public var teachers: [WeightedTeacher] = []
    /// Whether the weights of several teachers are learned from the training rows' labels.
    public var learnsWeights = false
    /// How teachers outside of Attar are asked.
    public var asking = TeacherSettings()
    /// Models between teacher and student, each taught by the one before; the student is taught by the last. Mirzadeh et al. (AAAI 2020).
    public var assistants: [String] = []
    /// How often the student is trained anew, each time taught by its predecessor, from 1 to 20; the last is what the run gives. Furlanello et al.
    /// (ICML 2018).
    public var generations = 1
    /// A network that learns at the same time as the student, each also from the other's present answers; nil for none. Zhang et al. (CVPR 2018).
    public var peer: String?
    /// The student's specification; nil tries each family at a small size.
    public var student: String?
    /// What the student is for: what `auto` and the verdict go by.
    public var aim = Aim.quality
    /// How the transfer set is made: `auto`, or strategies joined by `+`, such as `munge+noise`.
    public var strategy = "auto"
    /// The name of the loss; nil takes the blend of label and teacher that suits the task.
    public var loss: String?
    /// The divisor of the logits before softmax, above 0; nil takes the loss's own.
    public var temperature: Double?
    /// The label's share in the loss, from 0 to 1; nil takes the loss's own.
    public var labelShare: Double?
    /// What a network imitates of its teacher's hidden tensors, beside the outputs; both have to be networks.
    public var features: [FeatureTerm] = []
    /// How texts become features: `ngrams`, `words`, `tokens` or `folded`, with a number of buckets in brackets; nil takes what suits the student.
    public var text: String?
    /// The `tokenizer.json` with which texts become tokens; nil takes the teacher's where there is one.
    public var textTokenizer: String?
    /// Synthesised rows a training row, above 0, for each strategy that makes rows.
    public var synthesised = 10.0
    /// How networks see pictures changed at random, such as `shift=2,flip`; nil leaves them as they are. Teachers that Attar trains and
    /// the label-only student see another view each epoch, distilled students one of `views` whose answers are known.
    public var augment: String?
    /// Augmented views of each picture that the teacher is asked about beforehand; 0 asks a model about each batch as the student sees it.
    public var views = 8
    /// Folds for the teacher's out-of-fold answers, at least 2; where Attar trains the teacher and
    /// chooses the student or the strategy, at least 3.
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
    /// The sets of classes or intervals of values that the artifact can give at any coverage; nil takes `lac` for classes, by class where one is rare, and for values `cqr` where
    /// the rows suffice, else `residual`.
    public var sets: SetMethod?
    /// The figure that models are compared by, such as `balancedAccuracy`; nil takes accuracy, average precision where one class outweighs all others, or R².
    public var metric: String?
    /// Whether sets of classes can be empty; else they hold the likeliest class at least.
    public var allowEmpty = false
    /// What the student may cost.
    public var budget = Budget()
    /// What the student has to keep to be shipped.
    public var thresholds = Thresholds()
    /// What is asked of it besides, as `Requirement` reads it; nil for nothing.
    public var require: String?

    /// The default recipe: teacher `ensemble`, everything else chosen by Attar.
    public init() {}
}
