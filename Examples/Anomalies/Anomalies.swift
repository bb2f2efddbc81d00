import Attar

/// Distils a detector of anomalies into a student that raises alarms by a promise.
@main struct Anomalies {
    static func main() async throws {
        let rows = try Dataset.read("out/tissue.csv").taking(target: "diagnosis", kind: .anomaly)
        var student = MLPEstimator()
        student.hidden = [32]
        let teacher = try EnsembleEstimator(Specification("ensemble[iforest,knn,lof]"))
        let run = try await Distiller(student: student, teacher: .training(teacher)).distilled(on: rows)
        print(run.certificate.verdict.text)
        let answers = run.student.outputs(for: try run.student.encoder.encoded(rows)).matrix
        let strange = (0..<rows.count).filter { run.artifact.sets?.pValue(of: answers[$0, 0]) ?? 1 <= 0.05 }
        print("\(strange.count) alarms")
    }
}
