/// The configuration of one distillation run. The command's flags and a YAML file both only fill it in.
///
/// Its members are the settings that `RecipeSettings` declares: `recipe.folds = 3`. Those that are nil are chosen by Attar and named in the certificate.
@dynamicMemberLookup
public struct Recipe: Hashable, Sendable {
    var values = SettingValues()

    /// The default recipe: teacher `ensemble`, everything else chosen by Attar.
    public init() {}

    /// The value of a setting.
    public subscript<Value, Scope>(
        dynamicMember declaration: KeyPath<RecipeSettings, Setting<Value, Scope>>
    ) -> Value {
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
