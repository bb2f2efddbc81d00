import Attar
import Compute

/// The networks of the table, the same as in peers/networks.py.
enum BenchmarkNetwork: String, CaseIterable {
    /// 100-64-32-10.
    case textbook
    /// 784-256-128-10.
    case mlp256
    /// 784-1024-1024-10.
    case mlp1024
    /// `cnn[32,64]` on pictures of 28 × 28.
    case cnn
    /// `resnet8` on pictures of 32 × 32 × 3.
    case resnet8
    /// `mlp[64,32]` on 64 numbers, for inference.
    case smallMLP = "mlp64"
    /// `cnn[16,32]` on pictures of 28 × 28, for inference.
    case smallCNN = "cnn16"

    static let classes = 10

    /// What the table calls it.
    var title: String {
        switch self {
        case .textbook: "100-64-32-10"
        case .mlp256: "784-256-128-10"
        case .mlp1024: "784-1024-1024-10"
        case .cnn: "`cnn[32,64]`, 28×28"
        case .resnet8: "`resnet8`, 32×32×3"
        case .smallMLP: "`mlp[64,32]`, 64 features"
        case .smallCNN: "`cnn[16,32]`, 28×28"
        }
    }

    /// Rows of a training step.
    var batch: Int {
        switch self {
        case .textbook: 32
        case .mlp1024: 256
        default: 128
        }
    }

    private var inputShape: Shape {
        switch self {
        case .textbook: .rows(100)
        case .mlp256, .mlp1024: .rows(784)
        case .cnn, .smallCNN: .rows(28, 28, 1)
        case .resnet8: .rows(32, 32, 3)
        case .smallMLP: .rows(64)
        }
    }

    private var design: any NetworkDesign {
        switch self {
        case .textbook: mlp(64, 32)
        case .mlp256: mlp(256, 128)
        case .mlp1024: mlp(1024, 1024)
        case .smallMLP: mlp(64, 32)
        case .cnn: cnn(32, 64)
        case .smallCNN: cnn(16, 32)
        case .resnet8: ResNetDesign()
        }
    }

    private func mlp(_ hidden: Int...) -> MLPDesign {
        var design = MLPDesign()
        design.hidden = hidden
        return design
    }

    private func cnn(_ stages: Int...) -> CNNDesign {
        var design = CNNDesign()
        design.stages = stages
        return design
    }

    /// The network as it is trained.
    func graph() throws -> Graph {
        var graph = Graph()
        let input = graph.input("features", shape: inputShape)
        _ = try design.build(&graph, from: input, outputs: Self.classes, isTraining: true)
        return graph
    }

    /// The network as it answers: folded, with softmax, and the weights that it starts training from.
    func network() throws -> Network {
        var trainer = Trainer()
        trainer.epochs = 1
        let result = try trainer.trained(
            try graph(), on: try examples(rows: 32), loss: DistillationLoss.hinton())
        let folded = Network(try graph(), weights: result.weights).folded()
        var answering = folded.graph
        if let logits = answering.output { _ = try answering.append(Softmax(), named: "probabilities", to: logits) }
        return Network(answering, weights: folded.weights)
    }

    /// Noise to learn from.
    func examples(rows: Int = 1024) throws -> Examples {
        var generator = SeededGenerator(seed: 1)
        func noise(_ columns: Int) -> Matrix {
            let elements = (0..<rows * columns).map { _ in 2 * generator.uniform() - 1 }
            return Matrix(rows: rows, columns: columns, elements: elements)
        }
        return Examples(
            features: noise(inputShape.count), softTargets: noise(Self.classes),
            labels: (0..<rows).map { Int32($0 % Self.classes) })
    }

    /// Floating-point operations of a training step's products and convolutions: forward, backward by the weights and, but for the
    /// layers that read the input, backward by the inputs; each multiplication comes with an addition.
    func operationsPerStep() throws -> Double { try Self.operationsPerRow(of: graph()) * Double(batch) }

    /// The same for one row of any network.
    static func operationsPerRow(of graph: Graph) -> Double {
        graph.nodes.reduce(0) { sum, node in
            guard ["Gemm", "Conv"].contains(node.operation.onnxName),
                let units = graph[node.result].shape.dimensions.last
            else { return sum }
            let products = graph[node.result].shape.count * graph[node.inputs[1]].shape.count / units
            return sum + 2 * Double(products) * (graph.inputs.contains(node.inputs[0]) ? 2 : 3)
        }
    }
}
