import Attar

/// Clusters of handwritten digits, found by k-means and taught to a tree that can be read: what docs/clustering.md shows.
///
///     swift run -c release Clusters
@main
struct Clusters {
    static func main() async throws {
        let table = try Dataset.read(CommandLine.arguments.dropFirst().first ?? "Datasets/digits.csv")
        let rows = table.with(columns: table.columns.filter { $0.name != "digit" })
        var (teacher, student) = (KMeansEstimator(), TreeEstimator())
        (teacher.clusters, student.leaves) = (10, 40)
        let distiller = Distiller(student: student, teacher: .training(teacher))
        let run = try await distiller.distilled(on: rows)
        print(run.certificate.verdict.text)
        print("cost over the teacher's:", run.certificate.student[.costRatio]?.value ?? .nan)
        for answer in try await run.student.answers(to: rows.selecting([0, 1, 2])) {
            print(answer.label, answer.probability)
        }
    }
}
