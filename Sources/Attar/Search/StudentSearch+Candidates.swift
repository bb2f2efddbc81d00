internal import Compute

extension StudentSearch {
    /// The student that was taken, with all that was compared.
    struct Student {
        let model: NamedEstimator
        let choice: Choice
        let candidates: [Candidate]
        let notes: [String]

        var name: String { model.name }
    }

    /// The best student within the budget; where one is named, that one.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where no student fits the budget.
    func student() async throws -> Student {
        let candidates = try setup.candidates()
        guard !candidates.isEmpty else {
            throw AttarError(
                .invalidSetting, "no family is known that suits rows that are \(taught.encoder.layout) each",
                remedy: "Name a student")
        }
        let budget = settings.budget
        var notes: [String] = []
        var seconds: [Double] = []
        var tried: [(candidate: Candidate, model: NamedEstimator, choice: Choice)] = []
        for (index, student) in candidates.enumerated() {
            // The next student takes as long as the last one, as far as anyone knows, and one of them is trained on all rows in the end.
            if let limit = budget.timeBudget, let left = clock.left, let last = seconds.max(), 1.5 * last > left {
                let names = candidates[index...].map(\.name).joined(separator: ", ")
                notes.append("The time budget of \(limit) was spent: not tried were \(names).")
                break
            }
            let began = ContinuousClock.now
            let choice = try await choice(for: student)
            tried.append((try candidate(student.name, choice), student, choice))
            seconds.append(began.duration(to: .now) / .seconds(1))
        }
        let within = tried.filter { $0.candidate.excluded == nil }
        guard let best = within.max(by: { $0.candidate.score < $1.candidate.score }) else {
            let reasons = tried.map { "\($0.candidate.student): \($0.candidate.excluded ?? "")" }
            throw AttarError(
                .invalidSetting, "no student fits the budget (\(reasons.joined(separator: "; ")))",
                remedy: "Raise the limit or name a smaller student")
        }
        return Student(
            model: best.model, choice: best.choice,
            candidates: setup.distiller.leavesChoice ? tried.map(\.candidate) : [], notes: notes)
    }

    /// A candidate's figures, and why it is left out if it is.
    private func candidate(_ name: String, _ choice: Choice) throws -> Candidate {
        guard let model = choice.fits.first?.model else { preconditionFailure("a choice has at least one fit") }
        let bytes = try Artifact(model: model, metadata: ArtifactMetadata()).encodedLength()
        // Timed on test rows, whose targets are not looked at. A model may encode rows otherwise than the run does: static embeddings keep a text's tokens.
        let latency = try LatencyProbe(rows: setup.test.rows, encoder: model.encoder).microseconds(of: model).value
        var reasons: [String] = []
        if let most = settings.budget.maxSize, Double(bytes) > most.amount {
            reasons.append("\(bytes) bytes are more than \(most)")
        }
        if let most = settings.budget.maxLatency, latency > most.amount {
            reasons.append("\(latency.formatted(digits: latency < 1 ? 3 : 1)) µs are more than \(most)")
        }
        return Candidate(
            student: name, strategy: choice.plan.description, score: choice.score, quality: choice.quality,
            bytes: bytes,
            latencyMicroseconds: latency, excluded: reasons.isEmpty ? nil : reasons.joined(separator: ", "))
    }
}

extension RunSetup {
    /// The students that are tried: the one that is named, else each family's small sizes for rows like these.
    func candidates() throws -> [NamedEstimator] {
        let catalogue = distiller.catalogue
        return try distiller.student.map { [$0] }
            ?? catalogue.families.members.flatMap { $0.usualSizes(encoder) }
            .map { try NamedEstimator(parsing: $0, catalogue: catalogue) }
    }
}
