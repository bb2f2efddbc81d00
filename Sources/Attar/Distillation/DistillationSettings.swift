/// How a run is made, beside who teaches and who learns.
///
/// Beside its own members it has those settings of `RecipeSettings` that mean the same in a recipe: `settings.folds = 3`. Members that are nil are chosen by Attar and
/// named in the certificate.
@dynamicMemberLookup
public struct DistillationSettings: Sendable {
    /// The values of settings that a recipe has as well.
    var values = SettingValues()
    /// How the transfer set is made; nil compares the strategies on validation rows.
    public var plan: TransferPlan?
    /// Models between teacher and student, each taught by the one before; the student is taught by the last.
    public var assistants: [NamedEstimator] = []
    /// A network that learns at the same time as the student, each also from the other's present answers; nil for none.
    public var peer: NamedEstimator?
    /// How networks see pictures changed at random; nil leaves them as they are.
    public var augmentation: Augmentation?
    /// How texts become features; nil takes what suits the student.
    public var text: TextMethod?
    /// What is asked of the student besides its thresholds; nil for nothing.
    public var requirement: Requirement?

    /// The defaults: everything is chosen by Attar.
    public init() {}

    /// The value of a setting.
    public subscript<Value>(dynamicMember declaration: KeyPath<RecipeSettings, Setting<Value, Shared>>) -> Value {
        get { values[RecipeSettings.shared[keyPath: declaration]] }
        set { values[RecipeSettings.shared[keyPath: declaration]] = newValue }
    }

    /// What the student may cost.
    public var budget: Budget {
        get { Budget(maxLatency: self.maxLatency, maxSize: self.maxSize, timeBudget: self.timeBudget) }
        set {
            (self.maxLatency, self.maxSize) = (newValue.maxLatency, newValue.maxSize)
            self.timeBudget = newValue.timeBudget
        }
    }
}

extension DistillationSettings {
    /// The name of the loss that is taken.
    func lossName(for kind: TaskKind, knownClasses: Int?) -> String {
        self.loss ?? kind.teaching.usualLoss(knownClasses: knownClasses)
    }

    /// What distilled students minimise.
    ///
    /// - Parameter knownClasses: how many of the teacher's likeliest classes are known, where not all are.
    /// - Throws: `AttarError` (`invalidSetting`) for an unknown name or a setting out of range.
    package func distillationLoss(for task: LearningTask, of kind: TaskKind, knownClasses: Int?) throws
        -> DistillationLoss
    {
        // Without a name a lower temperature than the published one: teachers of tables are softer than deep networks.
        let name = lossName(for: kind, knownClasses: knownClasses)
        let isOurs = self.loss == nil && name == "hinton"
        var result = try DistillationLoss(
            named: name, for: task.form, temperature: self.temperature ?? (isOurs ? 2 : nil),
            labelShare: self.labelShare ?? (kind.judging.followsTeacher ? 0 : nil))
        // Without labels there is nothing that their terms could be taken of, and known anomalies teach where that is asked for.
        if kind.judging.followsTeacher, (self.labelShare ?? 0) == 0 { result.terms.removeAll { $0.kind.isOnLabels } }
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
    /// - Throws: `AttarError`: `unreadableFile`, `malformedData`, `invalidSetting` for a column to keep that there is not.
    func textFeatures(
        for rows: Dataset, families: [Family], tokenizer: String? = nil
    ) throws -> TextFeatures {
        var features = TextFeatures(method: text, readers: families.map(\.reader))
        features.kept = Set(self.keep)
        if let name = self.keep.first(where: { rows.column(named: $0) == nil }) {
            throw AttarError(
                .invalidSetting, "--keep names '\(name)', which is no column of \(rows.source) to learn from",
                remedy: didYouMean(name, among: rows.columns.map(\.name)))
        }
        guard rows.columns.contains(where: { $0.kind == .text }) else { return features }
        if let path = self.textTokenizer ?? tokenizer { features.tokenizer = try Tokenizer(path: path) }
        return features
    }
}
