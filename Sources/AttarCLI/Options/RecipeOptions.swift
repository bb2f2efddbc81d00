internal import ArgumentParser
internal import Attar
internal import Foundation

/// How a student is distilled. Each flag overrides the recipe file's key of the same name.
struct RecipeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A YAML file with any of these settings; flags override it.", valueName: "file"))
    var recipe: String?

    @Option(
        help: ArgumentHelp(
            """
            Who teaches: \(Catalogue.standard.teacherForms(untrained: true)). Can be repeated with any but models to train, whose mean answer \
            then teaches.
            """, valueName: "teacher"))
    var teacher: [String] = []

    @Option(
        help: ArgumentHelp(
            "The weight of each of several teachers, such as 0.7,0.3, or learned, from the training rows' labels.",
            valueName: "weights"))
    var teacherWeights: String?

    @OptionGroup var asking: TeacherOptions

    @Option(
        name: .customLong("assistant"),
        help: ArgumentHelp(
            "A model between teacher and student, taught by the one before it; can be repeated.", valueName: "model"))
    var assistants: [String] = []

    @Option(
        help: ArgumentHelp(
            "How often the student is trained anew, each time taught by its predecessor; 1 by default.",
            valueName: "count"))
    var generations: Int?

    @Option(
        help: ArgumentHelp(
            "A network that learns at the same time as the student, each also from the other.", valueName: "model"))
    var peer: String?

    @Option(
        help: ArgumentHelp("A family with options; by default each is tried at a small size.", valueName: "student"))
    var student: String?

    @Option(
        help: ArgumentHelp(
            "What the student is for: quality, to be right, by default; or fidelity, to answer as the teacher does. What auto and the verdict go by.",
            valueName: "aim"))
    var aim: String?

    @Option(
        help: ArgumentHelp(
            "auto, or one or more of labels, teacher, munge, spunge, mixup, noise, unlabeled, joined by +.",
            valueName: "strategy"))
    var strategy: String?

    @Option(
        help: ArgumentHelp(
            """
            The loss; by default the blend that suits the task. For classes: \(losses(.probabilities)); for numbers: \
            \(losses(.values)).
            """, valueName: "name"))
    var loss: String?

    @Option(help: ArgumentHelp("The divisor of the logits before softmax.", valueName: "number"))
    var temperature: Double?

    @Option(help: ArgumentHelp("The label's share in the loss, from 0 to 1.", valueName: "share"))
    var labelShare: Double?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Hidden tensors to imitate, such as 'hint:TEACHER_TENSOR>STUDENT_TENSOR,weight=100'; can be repeated. There are \(featureLosses).",
            valueName: "entry"))
    var features: [String] = []

    @Option(help: ArgumentHelp("Made-up rows for each training row, 10 by default.", valueName: "number"))
    var synthesised: Double?

    @Option(
        help: ArgumentHelp("Views of each picture that the teacher is asked about, 8 by default.", valueName: "count"))
    var views: Int?

    @Option(
        help: ArgumentHelp("Folds for the teacher's out-of-fold answers, 5 by default.", valueName: "count")
    )
    var folds: Int?

    @Option(help: ArgumentHelp("Students to train, each from its own seed, 3 by default.", valueName: "count"))
    var seeds: Int?

    @Option(
        help: ArgumentHelp(
            "Fits for the learning curve and for shifted rows: auto, where they take little time; full, always; or quick, never.",
            valueName: "effort"))
    var evidence: String?

    @Option(
        help: ArgumentHelp(
            "Sets or intervals that the file can give: \(SetMethod.all.map(\.rawValue).joined(separator: ", ")).",
            valueName: "method"))
    var sets: String?

    @Option(
        help: ArgumentHelp(
            "The figure that models are compared by, such as balancedAccuracy; by default accuracy or R², and average precision where one class outweighs all others.",
            valueName: "name"))
    var metric: String?
    @Flag(help: "Let sets of classes be empty, where no class is likely enough.")
    var allowEmpty = false

    @Option(help: ArgumentHelp("The longest time for one row, such as 20us.", valueName: "time"))
    var maxLatency: String?

    @Option(help: ArgumentHelp("The largest file, such as 100KB.", valueName: "size"))
    var maxSize: String?

    @Option(help: ArgumentHelp("The longest search for a student, such as 120s.", valueName: "time"))
    var timeBudget: String?

    /// The names of the losses for a form of answers, for help.
    private static func losses(_ form: AnswerForm) -> String {
        DistillationLoss.presets.filter { $0.form == form }.map(\.name).joined(separator: ", ")
    }

    private static var featureLosses: String { FeatureLoss.all.map(\.rawValue).joined(separator: ", ") }

    /// The recipe file with the flags over it.
    ///
    /// - Throws: `AttarError`: `unreadableFile`, `invalidSetting`.
    func filled(_ target: TargetOptions, _ test: TestOptions) throws -> Recipe {
        var recipe = try self.recipe.map(Self.read) ?? Recipe()
        recipe.override(target, test, kind: try target.kind())
        if let first = teacher.first {
            recipe.teacher = first
            recipe.teachers = teacher.count > 1 ? teacher.map { WeightedTeacher($0) } : []
        }
        if teacherWeights == "learned" {
            recipe.learnsWeights = true
        } else if let teacherWeights {
            recipe.learnsWeights = false
            recipe.teachers = try recipe.severalTeachers.weighted(by: teacherWeights)
        }
        try asking.override(&recipe.asking)
        if !assistants.isEmpty { recipe.assistants = assistants }
        if let generations { recipe.generations = generations }
        if let peer { recipe.peer = peer }
        if let student { recipe.student = student }
        if let aim { recipe.aim = Aim(rawValue: aim) }
        if let strategy { recipe.strategy = strategy }
        if let loss { recipe.loss = loss }
        if let temperature { recipe.temperature = temperature }
        if let labelShare { recipe.labelShare = labelShare }
        if !features.isEmpty { recipe.features = try features.map { try FeatureTerm($0) } }
        if let synthesised { recipe.synthesised = synthesised }
        if let views { recipe.views = views }
        if let folds { recipe.folds = folds }
        if let seeds { recipe.seeds = seeds }
        if let evidence { recipe.evidence = EvidenceEffort(rawValue: evidence) }
        if let sets { recipe.sets = SetMethod(rawValue: sets) }
        if let metric { recipe.metric = metric }
        if allowEmpty { recipe.allowEmpty = true }
        if let maxLatency { recipe.budget.maxLatency = try Quantity(maxLatency) }
        if let maxSize { recipe.budget.maxSize = try Quantity(maxSize) }
        if let timeBudget { recipe.budget.timeBudget = try Quantity(timeBudget) }
        try recipe.validate()
        return recipe
    }

    private static func read(_ path: String) throws -> Recipe {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw AttarError(
                .unreadableFile, "the recipe '\(path)' cannot be read", remedy: "Give a YAML file in UTF-8",
                underlying: error)
        }
        return try Recipe(yaml: text, source: "'\(path)'")
    }
}

extension Recipe {
    /// All teachers, one as several.
    fileprivate var severalTeachers: [WeightedTeacher] { teachers.isEmpty ? [WeightedTeacher(teacher)] : teachers }

    /// Takes over what the flags that all training commands share say.
    mutating func override(_ target: TargetOptions, _ test: TestOptions, kind: LearningTask.Kind?) {
        if let name = target.target { self.target = name }
        if let kind { task = kind }
        if let weights = target.weights { self.weights = weights }
        if let fraction = test.testFraction { testFraction = fraction }
        if let seed = test.seed { self.seed = seed }
        if let threads = test.threads { self.threads = threads }
        if let augment = test.augment { self.augment = augment }
        if let text = test.text { self.text = text }
        if let tokenizer = test.textTokenizer { textTokenizer = tokenizer }
    }
}
