extension TeacherSettings {
    /// Whether a teacher is to answer with a point a row, of which no number has a meaning of its own.
    var wantsEmbedding: Bool { task == .embedding }
}
