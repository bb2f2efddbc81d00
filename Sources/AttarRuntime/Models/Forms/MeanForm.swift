extension EnsembleModel {
    public var form: ModelForm {
        .mean(
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
