extension TeacherKind {
    /// A model in an `.attar` file: any path that no other kind takes.
    public static let artifact = TeacherKind(
        name: "artifact", form: "an .attar file", endings: [".attar"], others: isPath, traits: .model,
        categories: Self.artifactCategories
    ) { path, _, _, _ in ModelTeacher(try Artifact.read(path)) }

    @Sendable private static func artifactCategories(_ path: String) throws -> [String: [String]] {
        try Artifact.read(path).model.encoder.categories
    }

    /// Whether a text is meant as a path: options stand behind a bracket and may hold anything.
    static func isPath(_ text: String) -> Bool { text.prefix { $0 != "[" }.contains { $0 == "/" || $0 == "." } }
}
