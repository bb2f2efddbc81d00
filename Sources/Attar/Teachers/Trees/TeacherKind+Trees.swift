extension TeacherKind {
    /// Trees that XGBoost or LightGBM saved.
    public static let trees = TeacherKind(
        name: "trees", form: "an XGBoost (.json, .ubj) or LightGBM (.txt) file",
        endings: [".ubj", ".json", ".bst", ".txt", ".lgb"], traits: [.foreign, .model],
        categories: Self.treeCategories
    ) { path, settings, rows, _ in try TreeFileTeacher(path: path, settings: settings, for: rows) }

    @Sendable private static func treeCategories(_ path: String) throws -> [String: [String]] {
        try TreeFile.read(path).file.features.texts
    }
}
