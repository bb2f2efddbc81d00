import Attar

// A task, a family and a teacher kind of our own, beside those that Attar brings.
var catalogue = Catalogue.standard
catalogue.tasks = try catalogue.tasks.adding(.grades)
for metric in Metric.ofGrades { catalogue.metrics = try catalogue.metrics.adding(metric) }
catalogue.families = try catalogue.families.adding(StepEstimator.family)
catalogue.teachers = try catalogue.teachers.adding(.rule)

// Three hundred pupils: their grade follows the hours that they learned, and chance.
struct Draws {
    var state: UInt64 = 1

    mutating func next() -> Float {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 40) / Float(1 << 24)
    }
}
var draws = Draws()
let hours = (0..<300).map { _ in 8 * draws.next() }
let grades = hours.map { min(5, max(1, 1 + $0 / 2 + 2 * draws.next() - 1)) }
let rows = try Dataset(
    source: "pupils",
    columns: [
        Column("hours", .numeric(hours)), Column("shoes", .numeric(hours.map { _ in 36 + 10 * draws.next() })),
        Column("grade", .numeric(grades)),
    ]
).taking(target: "grade", kind: TaskKind.grades.kind, catalogue: catalogue)

let distiller = Distiller(
    student: StepEstimator(), teacher: try TeacherReference(parsing: "rule:hours", catalogue: catalogue),
    catalogue: catalogue)
let run = try await distiller.distilled(on: rows)
print(run.certificate.verdict.text)
print("right grade:", run.certificate.student[.graded].map { Metric.graded.interval($0) } ?? "unknown")

// The file holds a family that only this program knows: it is read with it.
let bytes = try run.artifact.encoded()
let student = try Artifact(bytes: bytes, path: "step.attar", parts: .standard.adding(StepModel.self)).model
print("eight hours of learning:", try student.answers(to: rows.selecting([0])).map(\.value))
do {
    _ = try Artifact(bytes: bytes, path: "step.attar")
} catch {
    print(error)
}
