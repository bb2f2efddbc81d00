/// What becomes of a certificate when it is measured again: whether data, model and figures are those that it names.
public struct Verification: Hashable, Codable, Sendable {
    /// One thing that was compared.
    public struct Check: Hashable, Codable, Sendable {
        /// What: `data`, `test rows`, `student`, or a metric's name.
        public var name: String
        /// What the certificate says.
        public var recorded: String
        /// What was found.
        public var found: String
        /// Whether the two are the same.
        public var holds: Bool
    }

    /// What was compared.
    public var checks: [Check]
    /// Figures that were not measured again, by metric: those about a teacher where none was given, sizes and times.
    public var skipped: [String]

    /// Whether everything that was compared is the same.
    public var holds: Bool { checks.allSatisfy(\.holds) }

    /// Figures may differ this much, relative to the larger of the figure and 1: other processors add in another order.
    static let tolerance = 1e-5

    /// Measures an artifact's certificate again.
    ///
    /// - Parameters:
    ///   - artifact: what `distill` wrote.
    ///   - dataset: the labelled rows that it was given, with target and weights taken out.
    ///   - test: the test rows where they were given apart; nil splits them off as the recipe does.
    ///   - teacher: whom the student was taught by, for figures about it; nil leaves those out.
    ///   - catalogue: the tasks and metrics that there are.
    /// - Throws: `AttarError`: `malformedArtifact` where it holds no certificate of a distillation; otherwise as asking does.
    public init(
        of artifact: Artifact, on dataset: Dataset, test: Dataset? = nil, teacher: (any Teacher)? = nil,
        catalogue: Catalogue = .standard
    ) async throws {
        let certificate: Certificate
        let recipe: Recipe
        do {
            guard let stored = artifact.metadata.certificate, let settings = artifact.metadata.recipe else {
                throw AttarError(.malformedArtifact, "it holds none")
            }
            certificate = try stored.decoded()
            recipe = try settings.decoded()
        } catch {
            throw AttarError(
                .malformedArtifact, "the file holds no certificate of a distillation that could be measured again",
                remedy: "Give a file that 'attar distill' of this version wrote")
        }
        checks = []
        skipped = []
        let rows = try test ?? dataset.split(testFraction: recipe.testFraction, seed: recipe.seed).test
        if let recorded = certificate.provenance {
            compare("data", recorded.data, dataset.fingerprint)
            compare("test rows", recorded.test, rows.fingerprint)
            compare("student", recorded.student, artifact.model.fingerprint)
            if let teacher, let known = recorded.teacher { compare("teacher", known, teacher.fingerprint) }
        }
        let model = artifact.model
        let kind = try catalogue.task(model.task.kind)
        let problem = try kind.posing.problem(rows, answeredAs: model.task)
        guard problem.task == model.task else {
            throw AttarError(.invalidTarget, "'\(rows.source)' has another target than the file's model")
        }
        // Replicates are those of the certificate: they follow from the seed and the number of rows alone.
        let figures = try await Measurement(
            of: Measurement.Subjects(
                students: [model], teacher: try teacher.map { try TeacherAnswers($0, for: problem.task, of: kind) }),
            on: problem, of: kind, seed: recipe.seed, catalogue: catalogue
        ).students[0].figures
        for metric in catalogue.metrics.members {
            guard let recorded = certificate.student[metric.name] else { continue }
            guard let found = figures[metric.name] else {
                skipped.append(metric.name)
                continue
            }
            checks.append(
                Check(
                    name: metric.name, recorded: metric.interval(recorded), found: metric.interval(found),
                    holds: zip([recorded.value, recorded.low, recorded.high], [found.value, found.low, found.high])
                        .allSatisfy { abs($0 - $1) <= Self.tolerance * max(1, abs($0)) }))
        }
    }

    private mutating func compare(_ name: String, _ recorded: Fingerprint, _ found: Fingerprint) {
        checks.append(
            Check(name: name, recorded: recorded.short, found: found.short, holds: recorded == found))
    }
}
