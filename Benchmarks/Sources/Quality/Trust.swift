import Attar

/// How far certificates of one student can be trusted, over splits: calibration, coverage, selective answering and shift.
struct Trust {
    private let certificates: [Certificate]

    init(_ certificates: [Certificate]) { self.certificates = certificates }

    /// Prints each figure with its goal.
    func report() {
        let error = Metric.expectedCalibrationError.name
        let (own, teacher) = (mean { $0.student[error]?.value }, mean { $0.teacher[error]?.value })
        line(
            "calibration error, student and teacher", "\(short(own)), \(short(teacher))", own <= teacher + 0.01,
            "at most the teacher's + 0.01")
        coverage()
        let selected = mean { certificate in
            certificate.evidence?.selection?.levels.student.first { abs($0.coverage - 0.9) < 1e-9 }?.quality.value
        }
        line("accuracy where 90 % are answered", short(selected), selected >= 0.99, "at least 0.99")
        let kept = mean { $0.evidence?.shift?.agreementKept }
        line("agreement kept on corrupted rows", short(kept), kept >= 0.95, "at least 0.95")
        for name in certificates.first?.evidence?.shift?.corruptions.map(\.name) ?? [] {
            let share = mean { certificate -> Double? in
                guard let shift = certificate.evidence?.shift, let clean = shift.clean.agreement?.student,
                    let corruption = shift.corruptions.first(where: { $0.name == name })
                else { return nil }
                let agreements = corruption.strengths.compactMap { $0.agreement?.student }
                return agreements.reduce(0, +) / Double(max(1, agreements.count)) / clean
            }
            print("        \(name): \(short(share))")
        }
        print(
            "    decisions: \(certificates.map { $0.verdict.decision?.kind.rawValue ?? "none" }.joined(separator: ", "))"
        )
    }

    /// The coverage of each method and level, and how many splits lie within two standard errors.
    private func coverage() {
        let first = certificates.first?.evidence?.coverage?.methods ?? []
        for method in first {
            for (index, level) in method.levels.enumerated() {
                let levels = certificates.compactMap { certificate in
                    certificate.evidence?.coverage?.methods.first { $0.name == method.name }?.levels[index]
                }
                let within = levels.filter { abs($0.coverage.value - $0.target) <= $0.tolerance }.count
                let values = levels.map { short($0.coverage.value) }.joined(separator: ", ")
                line(
                    "coverage of \(method.name) at \(short(level.target))", values, within == levels.count,
                    "within two standard errors on each split")
            }
        }
    }

    private func line(_ name: String, _ value: String, _ isMet: Bool, _ goal: String) {
        print("    \(name): \(value), goal \(goal): \(isMet ? "met" : "missed")")
    }

    private func mean(_ figure: (Certificate) -> Double?) -> Double {
        let values = certificates.compactMap(figure)
        return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }

    private func short(_ value: Double) -> String { String((value * 10_000).rounded() / 10_000) }
}
