internal import Compute

extension StudentSearch {
    /// The student that was taken, with all that was compared.
    struct Student {
        let name: String
        let estimator: any Estimator
        let choice: Choice
        let candidates: [Candidate]
        let notes: [String]
    }

    /// The students that are tried where none is named: each family at a small size.
    static let defaultStudents = [
        "linear", "tree[leaves=64]", "forest[trees=20,depth=8]", "boost[rounds=50,depth=3]", "mlp[32]",
    ]

    /// The same for rows that are sequences of tokens.
    static let defaultTokenStudents = ["bag[16]", "bag[16,16]", "text-cnn[filters=16,width=16]", "gru[16,width=16]"]

    /// The students that are tried on rows of this kind where none is named; texts have `linear` besides.
    private var defaultStudents: [String] {
        guard case .tokens = taught.encoder.layout else { return Self.defaultStudents }
        return (taught.encoder.columns[0].kind == .text ? ["linear"] : []) + Self.defaultTokenStudents
    }

    /// The best student within the budget; with one specification, that one.
    ///
    /// - Parameters:
    ///   - specifications: the students to try; nil for each family at a small size.
    ///   - test: rows to time models on; their targets are not looked at.
    /// - Throws: `AttarError` (`invalidSetting`) where no student fits the budget.
    func student(among specifications: [String]?, test: Dataset) async throws -> Student {
        let names = specifications ?? defaultStudents
        let probe = try LatencyProbe(rows: test, encoder: taught.encoder)
        let clock = ContinuousClock()
        let start = clock.now
        var notes: [String] = []
        var tried: [(candidate: Candidate, estimator: any Estimator, choice: Choice)] = []
        for (index, name) in names.enumerated() {
            let elapsed = Self.seconds(clock.now - start)
            if let limit = recipe.budget.timeBudget, !tried.isEmpty, elapsed > limit.amount {
                notes.append(
                    "The time budget of \(limit) was spent: not tried were \(names[index...].joined(separator: ", ")).")
                break
            }
            let specification = try Specification(name)
            let estimator = try Family.named(specification.name).estimator(specification)
            let choice = try await choice(for: estimator, named: name)
            let candidate = try self.candidate(name, choice, probe)
            tried.append((candidate, estimator, choice))
        }
        let within = tried.filter { $0.candidate.excluded == nil }
        guard let best = within.max(by: { $0.candidate.score < $1.candidate.score }) else {
            let reasons = tried.map { "\($0.candidate.student): \($0.candidate.excluded ?? "")" }
            throw AttarError(
                .invalidSetting, "no student fits the budget (\(reasons.joined(separator: "; ")))",
                remedy: "Raise the limit or name a smaller student")
        }
        return Student(
            name: best.candidate.student, estimator: best.estimator, choice: best.choice,
            candidates: recipe.leavesChoice ? tried.map(\.candidate) : [], notes: notes)
    }

    /// A candidate's figures, and why it is left out if it is.
    private func candidate(_ name: String, _ choice: Choice, _ probe: LatencyProbe) throws -> Candidate {
        guard let model = choice.fits.first?.model else { preconditionFailure("a choice has at least one fit") }
        let bytes = try Artifact(model: model, metadata: ArtifactMetadata()).encoded().count
        let latency = probe.microseconds(of: model).value
        var reasons: [String] = []
        if let most = recipe.budget.maxSize, Double(bytes) > most.amount {
            reasons.append("\(bytes) bytes are more than \(most)")
        }
        if let most = recipe.budget.maxLatency, latency > most.amount {
            reasons.append("\(latency.formatted(digits: latency < 1 ? 3 : 1)) µs are more than \(most)")
        }
        return Candidate(
            student: name, strategy: choice.plan.description, score: choice.score, quality: choice.quality,
            bytes: bytes,
            latencyMicroseconds: latency, excluded: reasons.isEmpty ? nil : reasons.joined(separator: ", "))
    }

    /// A duration in seconds.
    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
