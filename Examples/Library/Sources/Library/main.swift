import Attar

let rows = try Dataset.read("Datasets/breast-cancer.csv").taking(target: "diagnosis")
let (train, test) = try rows.split(testFraction: 0.3, seed: 1)

var student = MLPEstimator()
student.hidden = [16]
let distiller = Distiller(student: student, teacher: .training(EnsembleEstimator()))
let run = try await distiller.distilled(on: train, test: test)
print(run.certificate.verdict.text)
print("accuracy:", run.certificate.student[.accuracy]?.value ?? .nan)
try run.artifact.write(to: "out/diagnosis.attar")

let model = try Artifact.read("out/diagnosis.attar").model
for answer in try model.answers(to: test.selecting([0, 1, 2])) {
    print(answer.label, answer.probability)
}
