extension EnsembleModel {
    public var form: ModelForm {
        // Ranks are known to the family alone.
        if members.contains(where: { $0.ranks != nil }) { return .own(description) }
        return .mean(
            members.map {
                ModelForm.Part(form: $0.model.form, scaling: $0.scaling, share: 1 / Float(members.count))
            })
    }
}

extension DecidedModel {
    public var form: ModelForm { base.form }
}

extension CalibratedModel {
    /// That of the model below: the temperature is a step after it.
    public var form: ModelForm { base.form }
}
