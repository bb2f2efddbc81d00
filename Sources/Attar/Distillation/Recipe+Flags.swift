extension Recipe {
    /// Takes over what flags say: for each setting the texts that its flag was given with.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the flag whose text stands for no value.
    package mutating func override(_ given: [String: [String]]) throws {
        for setting in RecipeSettings.all {
            if let texts = given[setting.name] { try setting.take(texts, into: &values) }
        }
        // Rows are parted by one of the two: a flag takes the place of the other's key.
        if given["group"] != nil, given["time"] == nil { self.time = nil }
        if given["time"] != nil, given["group"] == nil { self.group = nil }
        // Two flags say together who teaches.
        if let names = given["teacher"], let first = names.first {
            self.teacher = first
            self.teachers = names.count > 1 ? names.map { WeightedTeacher($0) } : []
        }
        if let weights = given["learnsWeights"]?.last, weights != "learned" {
            self.teachers = try (self.teachers.isEmpty ? [WeightedTeacher(self.teacher)] : self.teachers).weighted(
                by: weights)
        }
    }
}
