import Compute
import Foundation

// One line a group of rows.
let groups: [RowGroup] = [
    Training.group(.textbook, .init(pytorch: 18, microseconds: 25, keras: (tensorflow: 40, jax: 9))),
    Training.group(.mlp256, .init(pytorch: 1.5, sgemm: 85)),
    Training.group(.mlp1024, .init(pytorch: 1.05, sgemm: 90)),
    Training.group(.cnn, .init(pytorch: 1.5, sgemm: 60)),
    Training.group(.resnet8, .init(pytorch: 1.3)),
    TransformerTraining.group,
    Inference.group(.smallMLP, batch: 1, .init(onnxRuntime: 2, pytorch: 20)),
    Inference.group(.smallCNN, batch: 1, .init(onnxRuntime: 2)),
    TransformerInference.group(batch: 1, onnxRuntime: 2),
    Inference.group(.smallMLP, batch: 1024, .init(onnxRuntime: 1.1)),
    Inference.group(.smallCNN, batch: 1024, .init(onnxRuntime: 1.1)),
    TransformerInference.group(batch: 1024, onnxRuntime: 1.1),
    QuantizedInference.group(.smallMLP, batch: 1),
    QuantizedInference.group(.mlp256, batch: 1),
    QuantizedInference.group(.cnn, batch: 1),
    QuantizedInference.group(.smallMLP, batch: 1024),
    QuantizedInference.group(.mlp256, batch: 1024, goal: 1.5),
    QuantizedInference.group(.mlp1024, batch: 1024, goal: 1.5),
    QuantizedInference.group(.cnn, batch: 1024, goal: 1.5),
    QuantizedInference.group(.resnet8, batch: 1024),
    TableReading.group,
    BoostedTrees.group,
    TreeScoring.group,
    AnswerStoring.group,
    ProcessTeaching.group,
    CertificateMaking.group,
    LargeTables.group,
    Labelling.network("mlp64", "`mlp[64,32]`, 64 features", columns: 64, rows: 1 << 18, batch: 1024),
    Labelling.fixture("digits-svc", "SVC on digits", columns: 64, rows: 1 << 14, batch: 1024),
    Labelling.fixture("digits-forest", "forest of 300 trees on digits", columns: 64, rows: 1 << 14, batch: 1024),
]

// What a process of its own measures, by name; see `Contestant.own`.
let measurements: [String: ([String]) throws -> Void] = [
    "sgemm": { Sgemm.measure(threads: Int($0[0]) ?? 1) },
    "training": { try Training.measure(try known($0[0]), threads: Int($0[1]) ?? 1) },
    "inference": {
        try Inference.measure(try known($0[0]).network(), batch: Int($0[1]) ?? 1, threads: Int($0[2]) ?? 1)
    },
    "transformer training": { try TransformerTraining.measure(threads: Int($0[0]) ?? 1) },
    "transformer inference": {
        try TransformerInference.measure(batch: Int($0[0]) ?? 1, threads: Int($0[1]) ?? 1)
    },
    "int8": {
        try Inference.measure(
            try QuantizedInference.network(try known($0[0])), batch: Int($0[1]) ?? 1, threads: Int($0[2]) ?? 1)
    },
    "trees": { try TreeScoring.measure($0[0], threads: Int($0[1]) ?? 1) },
    "store": { _ in try AnswerStoring.measure() },
    "large table": { try LargeTables.measure($0[0], rows: Int($0[1]) ?? 1_000_000) },
    "certificate": { _ in try CertificateMaking.measure() },
    "process teacher": { try ProcessTeaching.measure($0[0]) },
    "echo": { _ in ProcessTeaching.echo() },
    "table": { try TableReading.measure($0[0]) },
    "labelling": {
        try Labelling.measure(
            file: $0[0], columns: Int($0[1]) ?? 64, rows: Int($0[2]) ?? 1024, batch: Int($0[3]) ?? 1024)
    },
]

func known(_ name: String) throws -> BenchmarkNetwork {
    if let network = BenchmarkNetwork(rawValue: name) { return network }
    let names = BenchmarkNetwork.allCases.map(\.rawValue).joined(separator: ", ")
    FileHandle.standardError.write(Data("There is no network '\(name)'; there are \(names).\n".utf8))
    exit(64)
}

let arguments = CommandLine.arguments.dropFirst()
switch arguments.first {
case "measure":
    do {
        try measurements[CommandLine.arguments[2]]?(Array(arguments.dropFirst(2)))
    } catch {
        // Its rows are left out, and the others go on.
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(1)
    }
case "profile":
    try Profile.show(
        try known(arguments.dropFirst().first ?? ""), threads: arguments.dropFirst(2).first.flatMap { Int($0) } ?? 1)
default:
    say(Row.head)
    for group in groups { try group.run() }
}
