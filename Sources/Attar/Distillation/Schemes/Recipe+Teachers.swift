extension Recipe {
    /// The teacher that exists already, for the rows that it is to answer; nil where the recipe names a model to train.
    ///
    /// Several teachers answer by their weighted mean.
    ///
    /// - Parameter rows: all rows of the data set, with their target.
    /// - Throws: `AttarError`: `unusableTeacher` where several answer different tasks, naming the one; else as reading the files does.
    public func givenTeacher(for rows: Dataset) throws -> (any Teacher)? {
        guard teachers.isEmpty else {
            return try Ensemble(
                teachers.map { try TeacherSource($0.teacher).teacher(for: rows, settings: asking) },
                weights: teachers.map(\.weight),
                names: teachers.map(\.teacher))
        }
        let source = try TeacherSource(teacher)
        if case .specification = source { return nil }
        return try source.teacher(for: rows, settings: asking)
    }
}
