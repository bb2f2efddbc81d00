extension Recipe {
    /// What decides how texts become features, for the families that the recipe names and others.
    ///
    /// - Parameters:
    ///   - rows: the rows that are to become features: a tokenizer is read only where they have texts.
    ///   - families: families besides the recipe's own that read the same features.
    /// - Throws: `AttarError`: `invalidSetting`, `unreadableFile`, `malformedData`.
    func textFeatures(for rows: Dataset, families: [String] = []) throws -> TextFeatures {
        var features = TextFeatures(method: try text.map { try TextMethod($0) }, families: families)
        guard rows.columns.contains(where: { $0.kind == .text }) else { return features }
        if let path = textTokenizer ?? asking.tokenizer { features.tokenizer = try Tokenizer(path: path) }
        return features
    }

    /// The families that read the features of a run: the student's, its peer's and assistants', and a teacher's that Attar trains.
    var familiesInRun: [String] {
        let trained = teachers.isEmpty ? [teacher] : []
        let names = ([student, peer] + assistants + trained).compactMap { text in
            text.flatMap { try? Specification($0).name }
        }
        return names.filter { name in Family.all.contains { $0.name == name } }
    }
}
