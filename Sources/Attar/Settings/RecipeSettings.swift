/// Every setting of a run. Each member declares one; there is no other place in which a setting is listed.
///
/// The order is that of help within a group.
public struct RecipeSettings: Sendable {
    // Teacher

    public let teacher = WordSetting(
        "teacher", "ensemble", .text, in: .teacher, valueName: "teacher", isRepeated: true,
        written: .when { $0.teachers.isEmpty },
        help: """
            Who teaches: \(Catalogue.standard.teacherForms(untrained: true)). Can be repeated with any but models to train, whose mean answer \
            then teaches.
            """)
    /// Several trained teachers with weights, whose weighted mean answer teaches; where there are any, `teacher` is not used.
    public let teachers = WordSetting<[WeightedTeacher]>(
        "teachers", [], .texts, in: .teacher, hasFlag: false,
        help: """
            Several trained teachers instead of one: paths, or mappings with teacher and weight (1). The flags are --teacher, repeated, and \
            --teacher-weights.
            """)
    /// Whether the weights of several teachers are learned from the training rows' labels.
    public let learnsWeights = WordSetting(
        "learnsWeights", false, .flag, in: .teacher, flag: "teacher-weights", valueName: "weights",
        usually: "false",
        help: """
            Whether the weights of several teachers are learned from the training rows' labels. The flag takes the weights, such as 0.7,0.3, or \
            the word learned.
            """,
        read: { $0.last == "learned" })
    /// How teachers outside of Attar are asked.
    public let asking = WordSetting(
        "asking", TeacherSettings(), .mapping, in: .teacher, hasFlag: false,
        help: "How a teacher outside of Attar is asked; its keys are listed at the end, and each has a flag.")
    /// Where Attar trains the teacher and chooses the student or the plan, at least 3.
    public let folds = SharedSetting(
        "folds", 5, .count(2...100), in: .teacher, valueName: "count", written: .always,
        help:
            "Folds for the out-of-fold answers of a teacher that Attar trains; at least 3 where student or strategy is chosen."
    )

    // Student

    public let student = WordSetting<String?>(
        "student", nil, .text, in: .student, valueName: "student", usually: "each family at a small size",
        help:
            "A family with options, such as mlp[16] or tree[leaves=32]: \(Family.all.map(\.name).joined(separator: ", "))."
    )
    /// Mirzadeh et al. (AAAI 2020).
    public let assistants = WordSetting<[String]>(
        "assistants", [], .texts, in: .student, flag: "assistant", valueName: "model",
        help: """
            A model between teacher and student, taught by the one before it; can be repeated. Needs the student and its strategy named.
            """)
    /// The last is what the run gives. Furlanello et al. (ICML 2018).
    public let generations = SharedSetting(
        "generations", 1, .count(1...20), in: .student, valueName: "count",
        help: "How often the student is trained anew, each time taught by its predecessor.")
    /// Zhang et al. (CVPR 2018).
    public let peer = WordSetting<String?>(
        "peer", nil, .text, in: .student, valueName: "model",
        help:
            "A network that learns at the same time as the student, each also from the other's present answers; classes only."
    )
    public let maxLatency = SharedSetting<Quantity<LatencyUnit>?>(
        "maxLatency", nil, .latency, in: .student, valueName: "time",
        help: "The longest time for one row, such as 20us; a bare number is microseconds.")
    public let maxSize = SharedSetting<Quantity<SizeUnit>?>(
        "maxSize", nil, .size, in: .student, valueName: "size",
        help: "The largest file, such as 100KB; a bare number is bytes.")
    public let timeBudget = SharedSetting<Quantity<TimeUnit>?>(
        "timeBudget", nil, .time, in: .student, valueName: "time",
        help: "The longest search for a student, such as 120s; a bare number is seconds.")

    // What it learns from

    public let target = WordSetting<String?>(
        "target", nil, .text, in: .learning, valueName: "column", isForTraining: true,
        help: "The column to learn; left out where a task or a teacher needs none.")
    public let task = SharedSetting<LearningTask.Kind?>(
        "task", nil, .text, in: .learning, valueName: "kind",
        usually: "told from the target", isForTraining: true,
        help: "The kind of task: \(Catalogue.standard.tasks.names.joined(separator: ", ")).",
        read: { try $0.last.map { try Catalogue.standard.tasks.named($0).kind } })
    public let weights = WordSetting<String?>(
        "weights", nil, .text, in: .learning, valueName: "column", usually: "all rows weigh the same",
        isForTraining: true, help: "The column of row weights, 0 or more.")
    /// The column of what rows belong to, which training, test and folds never part; nil where each row stands alone.
    public let group = WordSetting<String?>(
        "group", nil, .text, in: .learning, valueName: "column", usually: "each row stands alone",
        isForTraining: true,
        help: "The column of what rows belong to, such as a patient: no group is both learned from and tested on.")
    /// The column of the rows' times: the test rows are the latest; nil where time does not count.
    public let time = WordSetting<String?>(
        "time", nil, .text, in: .learning, valueName: "column", usually: "time does not count",
        isForTraining: true, help: "The column of the rows' times: the latest rows are tested on.")
    /// Names with types, such as `zip=categorical`.
    public let columns = WordSetting<[String]>(
        "columns", [], .texts, in: .learning, flag: "column", valueName: "name=type", isForTraining: true,
        help: """
            How a column is read, such as 'zip=categorical', instead of as its values tell: \(ColumnType.all.map(\.rawValue).joined(separator: ", ")); can be repeated.
            """)
    public let separator = WordSetting<String?>(
        "separator", nil, .text, in: .learning, valueName: "character", usually: "told from the first lines",
        isForTraining: true, help: "What stands between the fields of CSV: , or ; or | or tab.")
    public let decimal = WordSetting<String?>(
        "decimal", nil, .word(NumberNotation.Decimal.allCases.map(\.rawValue)), in: .learning, valueName: "mark",
        usually: "told from the values", isForTraining: true,
        help: "What stands before the fraction of a number in text files.")
    public let header = WordSetting<String?>(
        "header", nil, .word(["yes", "no"]), in: .learning, valueName: "yes|no", usually: "told from the first line",
        isForTraining: true, help: "Whether the first line of CSV names the columns.")
    /// The certificate's file keeps them, so that the student reads rows in the same way.
    public let missing = WordSetting<[Double]>(
        "missing", [], .numbers, in: .learning, valueName: "numbers", usually: "none", isForTraining: true,
        help: "Numbers that stand for missing values in every column, such as -999; several with commas between.",
        read: { texts in
            try (texts.last ?? "").split(separator: ",").map {
                try Double(given: [$0.trimmingBlanks()], flag: "missing")
            }
        })
    public let aim = SharedSetting(
        "aim", Aim.quality, .word(Aim.all.map(\.rawValue)), in: .learning, valueName: "aim",
        help:
            "What the student is for, which auto and the verdict go by: to be right, or to answer as the teacher does.")
    public let strategy = WordSetting(
        "strategy", "auto", .text, in: .learning, valueName: "strategy", written: .always,
        help: """
            How the transfer set is made: auto, which compares them, or one or more of \
            \(TransferStrategy.all.map(\.rawValue).joined(separator: ", ")), joined by +.
            """)
    public let synthesised = SharedSetting(
        "synthesised", 10.0, .number(.above(0, atMost: 1000)), in: .learning, valueName: "number",
        written: .always, help: "Made-up rows for each training row and strategy that makes rows.")
    public let loss = SharedSetting<String?>(
        "loss", nil, .text, in: .learning, valueName: "name", usually: "the blend that suits the task",
        help:
            "The loss. For classes: \(RecipeSettings.losses(.probabilities)); for numbers: \(RecipeSettings.losses(.values))."
    )
    public let temperature = SharedSetting<Double?>(
        "temperature", nil, .number(.above(0)), in: .learning, valueName: "number",
        usually: "2 without a loss, else the loss's own", help: "The divisor of the logits before softmax.")
    public let labelShare = SharedSetting<Double?>(
        "labelShare", nil, .number(.from(0, to: 1)), in: .learning, valueName: "share", usually: "the loss's own",
        help: "The label's share in the loss.")
    /// Both teacher and student have to be networks.
    public let features = SharedSetting<[FeatureTerm]>(
        "features", [], .texts, in: .learning, valueName: "entry",
        help: """
            Hidden tensors of the teacher to imitate, such as 'hint:TEACHER_TENSOR>STUDENT_TENSOR,weight=100'; can be repeated. There are \
            \(FeatureLoss.all.map(\.rawValue).joined(separator: ", ")).
            """)
    /// Teachers that Attar trains and the label-only student see another view each epoch, distilled students one of `views` whose answers are known.
    public let augment = WordSetting<String?>(
        "augment", nil, .text, in: .learning, valueName: "changes", usually: "none", isForTraining: true,
        help: "Random changes to the pictures that networks learn from, such as shift=2,flip.")
    public let views = SharedSetting(
        "views", 8, .count(0...1000), in: .learning, valueName: "count", written: .when { $0.augment != nil },
        help: "Changed views of each picture that the teacher is asked about; 0 asks a model about each batch.")
    public let text = WordSetting<String?>(
        "text", nil, .text, in: .learning, valueName: "way", usually: "what suits the model", isForTraining: true,
        help: """
            How texts become features: ngrams, words, tokens, folded or terms, with a number of buckets or terms in brackets; none leaves them out.
            """)
    public let keep = SharedSetting<[String]>(
        "keep", [], .texts, in: .learning, valueName: "column", isForTraining: true,
        help: """
            A column to read although it looks like row numbers, names or codes beside texts; can be repeated.
            """)
    public let textTokenizer = SharedSetting<String?>(
        "textTokenizer", nil, .text, in: .learning, valueName: "file", usually: "the teacher's",
        isForTraining: true, help: "The tokenizer.json with which texts become the model's tokens.")

    // Evidence

    public let testFraction = SharedSetting(
        "testFraction", 0.3, .number(.between(0, 1)), in: .evidence, valueName: "share", isForTraining: true,
        written: .always, help: "The share of rows to test on, where test rows are not given.")
    /// The first is the one in the file.
    public let seeds = SharedSetting(
        "seeds", 3, .count(1...100), in: .evidence, valueName: "count", written: .always,
        help: "Students to train, each from its own seed; the first is the one in the file.")
    public let evidence = SharedSetting(
        "evidence", EvidenceEffort.auto, .word(EvidenceEffort.all.map(\.rawValue)), in: .evidence,
        valueName: "effort",
        help:
            "Fits for the learning curve and for shifted rows: where they take little time, always, or never; cross trains anew without each fold, so that every row is a test row."
    )
    public let sets = SharedSetting<SetMethod?>(
        "sets", nil, .word(SetMethod.all.map(\.rawValue)), in: .evidence, valueName: "method",
        usually: "told from the task and the rows",
        help: "The sets of classes, or intervals of values, that the file can give at any coverage.")
    public let allowEmpty = SharedSetting(
        "allowEmpty", false, .flag, in: .evidence,
        help: "Whether sets of classes can be empty, where no class is likely enough.")
    public let metric = SharedSetting<String?>(
        "metric", nil, .text, in: .evidence, valueName: "name",
        usually: "accuracy or R²; average precision where one class outweighs all others",
        help: "The figure that models are compared by, such as balancedAccuracy.")
    public let costs = SharedSetting<CostTable?>(
        "costs", nil, .mapping, in: .evidence, valueName: "costs", usually: "all wrong answers cost 1",
        help: """
            What wrong answers cost, such as 'fraud>ok=50,ok>fraud=1' for 50 where fraud is answered by ok: the class that is expected to cost least is \
            answered.
            """)
    public let thresholds = SharedSetting(
        "thresholds", Thresholds(), .mapping, in: .evidence, hasFlag: false,
        help: """
            What the student has to keep to be shipped: \
            \(Thresholds.options.map { "\($0.name) (\($0.usualText ?? ""))" }.joined(separator: ", ")).
            """)
    public let require = WordSetting<String?>(
        "require", nil, .text, in: .evidence, valueName: "clauses", valueOfBareFlag: "helped",
        help: """
            Exit with status 2 where this does not hold, such as "accuracy >= teacher - 0.01, ece <= 0.03"; without a value, \
            where distilling did not help.
            """)

    // Run and output

    public let seed = SharedSetting<UInt64>(
        "seed", 1, .count(0...Int.max), in: .output, valueName: "number", isForTraining: true, written: .always,
        help: "The number that all randomness follows from.")
    public let threads = SharedSetting<Int?>(
        "threads", nil, .count(1...1024), in: .output, valueName: "count", usually: "one a processor",
        isForTraining: true, help: "Worker threads.")

    /// The declarations, as they stand above.
    package init() {}

    /// The declarations.
    static let shared = RecipeSettings()

    /// All settings, in the order in which they are declared.
    package static let all = Mirror(reflecting: shared).children.compactMap { $0.value as? any RecipeSetting }

    /// The names of the losses for a form of answers, for help.
    private static func losses(_ form: AnswerForm) -> String {
        DistillationLoss.presets.filter { $0.form == form }.map(\.name).joined(separator: ", ")
    }
}
