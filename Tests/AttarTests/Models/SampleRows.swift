import Attar
import Compute

/// Small transfer sets made up from a seed, for tests of model families.
enum SampleRows {
    /// Clouds around one centre a class, on a circle of radius 2, with noise of deviation .6; two features that matter and
    /// one that is constant.
    static func clouds(
        _ count: Int, classes: Int = 3, seed: UInt64 = 1, weights: [Float]? = nil
    ) throws -> TransferSet {
        var generator = SeededGenerator(seed: seed, stream: "clouds")
        let labels = (0..<count).map { Int32($0 % classes) }
        let columns = (0..<2).map { axis in
            labels.map { label -> Float in
                // Twelve uniform numbers less six have mean 0 and variance 1.
                let noise = (0..<12).reduce(Float(-6)) { sum, _ in sum + generator.uniform() }
                let turn = (label * 4 + Int32(axis) * Int32(classes)) % Int32(4 * classes)
                return 2 * cosines[Int(turn) * 12 / (4 * classes)] + 0.6 * noise
            }
        }
        let names = (0..<classes).map { "class \($0)" }
        return try set(
            columns, .init(name: "y", classes: names, labels: labels), weights: weights)
    }

    /// 120 rows of two classes at four places, 30 equal ones at each, of which 6, 12, 18 and 24 are of the second class.
    static func disputed() throws -> TransferSet {
        let places = (0..<120).map { Float($0 % 4) }
        let labels = (0..<120).map { Int32($0 / 4 % 5 <= $0 % 4 ? 1 : 0) }
        return try set([places, places.map { $0 * $0 }], Target(name: "y", classes: ["no", "yes"], labels: labels))
    }

    /// y = x₀² + x₁ + noise of deviation .1, and y₂ = −x₀ where two outputs are wanted.
    static func surface(
        _ count: Int, outputs: Int = 1, seed: UInt64 = 1, weights: [Float]? = nil
    ) throws -> TransferSet {
        var generator = SeededGenerator(seed: seed, stream: "surface")
        let columns = (0..<2).map { _ in (0..<count).map { _ in 4 * generator.uniform() - 2 } }
        var values = Matrix(rows: count, columns: outputs)
        for row in 0..<count {
            let noise = (generator.uniform() - 0.5) * 0.35
            values[row, 0] = 10 + columns[0][row] * columns[0][row] + columns[1][row] + noise
            if outputs > 1 { values[row, 1] = -columns[0][row] }
        }
        let names = (0..<outputs).map { "y\($0)" }
        return try set(columns, .init(name: "y", outputs: names, values: values), weights: weights)
    }

    /// The columns and a constant one, encoded.
    static func set(_ columns: [[Float]], _ target: Target, weights: [Float]? = nil) throws -> TransferSet {
        let count = target.count
        let all = columns + [[Float](repeating: 7, count: count)]
        let rows = Dataset(
            source: "sample", columns: all.enumerated().map { Column("x\($0)", .numeric($1)) }, target: target)
        let encoder = try FeatureEncoder(fittedTo: rows)
        return TransferSet(
            task: target.task, encoder: encoder, features: try encoder.encoded(rows), labels: target.labels,
            values: target.values, weights: weights)
    }

    /// cos(2π k / 12) for k from 0 to 11.
    private static let cosines: [Float] = [
        1, 0.8660254, 0.5, 0, -0.5, -0.8660254, -1, -0.8660254, -0.5, 0, 0.5, 0.8660254,
    ]
}

extension TransferSet {
    /// These rows with other labels, weights or soft targets.
    func with(
        softTargets: Matrix? = nil, labels: [Int32]? = nil, weights: [Float]? = nil
    ) -> TransferSet {
        TransferSet(
            task: task, encoder: encoder, features: features, softTargets: softTargets ?? self.softTargets,
            labels: labels ?? self.labels, values: values, weights: weights ?? self.weights, origins: origins)
    }

    /// The share of rows whose most probable class is their label.
    func accuracy(of model: any Model) -> Double {
        let answers = model.outputs(for: features).matrix.argmax()
        return Double(zip(answers, labels).count { $0 == $1 }) / Double(count)
    }

    /// 1 − residual / total sum of squares, over the first output.
    func determination(of model: any Model) -> Double {
        let answers = model.outputs(for: features).matrix
        let own = (0..<count).map { Double(values[$0, 0]) }
        let mean = own.reduce(0, +) / Double(count)
        let total = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let residual = own.indices.reduce(0) {
            $0 + (own[$1] - Double(answers[$1, 0])) * (own[$1] - Double(answers[$1, 0]))
        }
        return 1 - residual / total
    }
}

extension FittingContext {
    /// Labels alone, on one thread.
    static func labels(_ task: LearningTask, seed: UInt64 = 1) -> FittingContext {
        FittingContext(loss: .labelsOnly(task.form), seed: seed)
    }
}

extension TransferSet {
    /// The same rows with values in another unit.
    func inUnit(_ unit: Float) -> TransferSet {
        TransferSet(
            task: task, encoder: encoder, features: features,
            values: Matrix(rows: values.rows, columns: values.columns, elements: values.elements.map { $0 * unit }))
    }
}

extension TransferSet {
    /// These rows as the family of a specification reads them: for networks of pictures the first two features, their sum and a
    /// constant, as a picture of 2 × 2 pixels; for networks of tokens, a token for each feature's sixteenth of a range, a constant and padding.
    func asRead(by specification: String) throws -> TransferSet {
        switch specification.prefix(while: { $0 != "[" }) {
        case "cnn", "resnet":
            try with(
                Column(
                    "picture",
                    .tensor(
                        (0..<count).flatMap { (row) -> [Float] in
                            [features[row, 0], features[row, 1], features[row, 0] + features[row, 1], 1]
                        }, shape: [2, 2])))
        case "text-cnn", "gru", "bag", "transformer":
            try with(
                Column(
                    "tokens",
                    .tensor(
                        (0..<count).flatMap { (row) -> [Float] in
                            let (first, second) = (Self.token(features[row, 0]), Self.token(features[row, 1]))
                            return [first, 16 + second, 33, 0]
                        }, shape: [4])))
        default: self
        }
    }

    /// 1 to 16, by how far a number lies from −2 to 2.
    private static func token(_ feature: Float) -> Float { max(1, min(16, (feature * 4 + 9).rounded(.down))) }

    private func with(_ column: Column) throws -> TransferSet {
        let rows = Dataset(source: column.name, columns: [column])
        let encoder = try FeatureEncoder(fittedTo: rows)
        return TransferSet(
            task: task, encoder: encoder, features: try encoder.encoded(rows), softTargets: softTargets, labels: labels,
            values: values, weights: weights, origins: origins)
    }
}
