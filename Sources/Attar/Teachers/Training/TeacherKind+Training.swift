extension TeacherKind {
    /// A model that is trained before it teaches: the name of a family, with or without options.
    public static let training = TeacherKind(
        name: "training", form: "a model to train, such as forest or mlp[64,32]", others: { !isPath($0) },
        traits: .untrained,
        read: { text, catalogue in
            let specification = try Specification(text)
            _ = try catalogue.families.named(specification.name)
            return specification.description
        },
        opened: { specification, _, _, _ in
            throw AttarError(
                .invalidSetting, "'\(specification)' is a model to train, but a trained teacher is needed here",
                remedy: "Train it with 'attar train', and give the path of its .attar file")
        })
}
