/// Everything that grows, by name: tasks, kinds of data, families, metrics, teacher kinds and evidence parts. `standard` holds what Attar brings; a program that has its own adds it
/// and passes the catalogue on:
///
/// ```swift
/// var catalogue = Catalogue.standard
/// catalogue.tasks = try catalogue.tasks.adding(.ordinal)
/// ```
public struct Catalogue: Sendable {
    /// What can be learned.
    public var tasks: Registry<TaskKind>
    /// What rows can be made of, in the order in which they are asked for a column.
    public var dataKinds: Registry<DataKind>
    /// What can be trained and loaded.
    public var families: Registry<Family>
    /// Who can be asked.
    public var teachers: Registry<TeacherKind>
    /// What figures can be measured.
    public var metrics: Registry<Metric>
    /// What evidence is made of.
    public var evidence: Registry<EvidencePart>

    /// What Attar brings.
    public static let standard = Catalogue(
        tasks: Registry("task", TaskKind.all), dataKinds: Registry("kind of data", DataKind.all),
        families: Registry("model family", Family.known),
        teachers: Registry("kind of teacher", TeacherKind.all), metrics: Registry("metric", Metric.all),
        evidence: Registry("part of the evidence", EvidencePart.all))
}

extension Catalogue {
    /// The task of that kind.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where nobody has registered it.
    public func task(_ kind: LearningTask.Kind) throws -> TaskKind { try tasks.named(kind.rawValue) }
}
