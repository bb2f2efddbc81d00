extension ModelEvaluation {
    /// What is known of a model's distillation that its evaluation needs, so that the same rows lead to the same decision.
    public struct Record: Sendable {
        /// What someone who knows nothing of a row answers, by the training rows; nil takes the rows' own shares or mean.
        public var baseline: Baseline?
        /// The figure that models were compared by; nil for the task's own.
        public var metric: String?
        /// The rows that the model learned from, as far as its file says.
        public var learned: LearnedRows?
        /// Student minus its twin on labels alone, by metric, and the hash of the rows that this was measured on.
        var twin: (difference: Certificate.Figures, rows: Fingerprint)?

        /// Nothing is known.
        public init() {}

        /// What an artifact says.
        public init(_ artifact: Artifact) {
            learned = artifact.metadata.learnedRows
            // A trained teacher's record is an evaluation, a student's a certificate.
            baseline = try? artifact.metadata.certificate?["baselineAnswer"]?.decoded()
            // A student of rows without labels was compared by how it keeps to its teacher, which says nothing of labelled rows.
            let withoutLabels: Bool? = try? artifact.metadata.certificate?["withoutLabels"]?.decoded()
            if withoutLabels == true {
                baseline = nil
            } else {
                metric = try? artifact.metadata.certificate?["metric"]?.decoded()
            }
            guard let certificate: Certificate = try? artifact.metadata.certificate?.decoded(),
                certificate.crossFitted == nil, let rows = certificate.provenance?.test,
                certificate.choice.strategy != TransferPlan.labelsOnly.description
            else { return }
            twin = (certificate.difference, rows)
        }

        /// How the student compares with its twin, which is known for the rows of the distillation only: a file does not hold the twin.
        func difference(on rows: Dataset, of kind: TaskKind) -> Estimate? {
            guard let twin, twin.rows == rows.fingerprint else { return nil }
            return twin.difference[kind.metrics.main]
        }
    }

    /// Measures an artifact's model by the thresholds and the seed of its distillation, with all evidence: on the same rows, beside the same teacher, the decision is the
    /// certificate's.
    ///
    /// - Parameters:
    ///   - artifact: the model with its record.
    ///   - teacher: whom it is compared with.
    ///   - rows: labelled rows that neither has learned from.
    ///   - seed: bootstrap replicates follow from it; nil takes that of the distillation.
    ///   - catalogue: the tasks and evidence parts that there are.
    ///   - progress: told how far it is; may stop it.
    /// - Throws: as the evaluation of a model does.
    public init(
        of artifact: Artifact, against teacher: (any Teacher)? = nil, on rows: Dataset, seed: UInt64? = nil,
        catalogue: Catalogue = .standard, progress: @escaping ProgressHandler = { _ in .more }
    ) async throws {
        let recipe: Recipe? = try? artifact.metadata.recipe?.decoded()
        try await self.init(
            of: artifact.model, against: teacher, on: rows,
            verdict: artifact.metadata.certificate?["verdict"]?.decoded(), seed: seed ?? recipe?.seed ?? 1,
            sets: artifact.sets, record: Record(artifact), thresholds: recipe?.thresholds ?? Thresholds(),
            isFull: true, catalogue: catalogue, progress: progress)
    }
}

extension ModelEvaluation {
    /// The kind of task, with the figure that models are compared by.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where nobody has registered the task or the figure.
    public func kind(in catalogue: Catalogue = .standard) throws -> TaskKind {
        let kind = try catalogue.task(task)
        return try (metric.map { try kind.judged(byMetric: $0, in: catalogue.metrics) } ?? kind)
            .deciding(by: answerRule)
    }
}
