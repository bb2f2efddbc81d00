/// A teacher that has something to learn from labelled rows before it teaches: how sure it should be, or how much each of several counts.
package protocol AdaptableTeacher: Teacher {
    /// The teacher, adapted to rows that the student will learn from; test rows are never among them.
    ///
    /// - Throws: as asking it does.
    func adapted(to rows: Dataset) async throws -> any Teacher
}

extension Teacher {
    /// The teacher as it is to teach.
    package func readyToTeach(_ rows: Dataset) async throws -> any Teacher {
        try await (self as? any AdaptableTeacher)?.adapted(to: rows) ?? self
    }
}
