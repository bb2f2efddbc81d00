import Attar
import Compute

/// Small data sets made up from a seed, for tests of whole runs.
enum SampleTable {
    /// Overlapping clouds around one centre a class, with a categorical column that says nothing.
    static func clouds(_ count: Int, classes: Int = 3, seed: UInt64 = 1, weights: [Float]? = nil) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "clouds")
        let labels = (0..<count).map { Int32($0 % classes) }
        let columns = (0..<2).map { axis in
            Column("x\(axis)", .numeric(labels.map { Float(($0 + Int32(axis)) % 3) * 2 + generator.normal() }))
        }
        let codes = (0..<count).map { _ in Int32(generator.index(below: 2)) }
        return Dataset(
            source: "clouds",
            columns: columns + [Column("side", .categorical(codes: codes, categories: ["left", "right"]))],
            target: Target(name: "y", classes: (0..<classes).map { "class \($0)" }, labels: labels), weights: weights)
    }

    /// y = x₀² + x₁ + noise.
    static func surface(_ count: Int, seed: UInt64 = 1) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "surface")
        let columns = (0..<2).map { _ in (0..<count).map { _ in 4 * generator.uniform() - 2 } }
        let values = (0..<count).map {
            columns[0][$0] * columns[0][$0] + columns[1][$0] + 0.2 * generator.normal()
        }
        return Dataset(
            source: "surface", columns: columns.enumerated().map { Column("x\($0)", .numeric($1)) },
            target: Target(
                name: "y", outputs: ["y"], values: Matrix(rows: count, columns: 1, elements: values)))
    }

    /// One row a number, its class drawn at random: whoever knows a row's class has seen the row.
    static func noise(_ count: Int, classes: Int = 2, seed: UInt64 = 1) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "noise")
        return Dataset(
            source: "noise", columns: [Column("x", .numeric((0..<count).map { _ in generator.uniform() }))],
            target: Target(
                name: "y", classes: (0..<classes).map { "class \($0)" },
                labels: (0..<count).map { _ in Int32(generator.index(below: classes)) }))
    }

    /// Grey pictures of 6 × 6 bytes: a bright bar that lies or stands, in one of two halves, under noise; up to four classes.
    static func pictures(_ count: Int, classes: Int = 2, seed: UInt64 = 1) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: "pictures")
        var bytes: [UInt8] = []
        for row in 0..<count {
            let (kind, half) = (row % classes, 3 * generator.index(below: 2))
            for y in 0..<6 {
                for x in 0..<6 {
                    let isBright = [y == half + 1, x == half + 1, x == y, x + y == 5][kind]
                    bytes.append(UInt8(generator.index(below: 100) + (isBright ? 120 : 0)))
                }
            }
        }
        return Dataset(
            source: "pictures", columns: [Column("picture", .bytes(bytes, shape: [6, 6]))],
            target: Target(
                name: "y", classes: (0..<classes).map { "class \($0)" }, labels: (0..<count).map { Int32($0 % classes) }
            ))
    }
}

extension Dataset {
    /// The same rows with other labels.
    func with(labels: [Int32]) -> Dataset {
        with(target: target.map { Target(name: $0.name, classes: $0.task.names, labels: labels) })
    }

    /// The labelled rows as a family learns them, pictures perhaps in augmented views.
    func transferSet(views augmentation: String? = nil) throws -> TransferSet {
        guard let target else { preconditionFailure("sample rows have a target") }
        let encoder = try FeatureEncoder(fittedTo: self)
        return TransferSet(
            task: target.task, encoder: encoder, features: try encoder.encoded(self), labels: target.labels,
            values: target.values, weights: weights,
            views: try augmentation.map {
                TransferViews(try Augmentation($0).views(of: self, encoder: encoder, seed: 1))
            })
    }
}

/// The model that a specification names, fitted to the labels of a data set.
func trained(_ text: String, on rows: Dataset, threads: Int = 1) throws -> any Model {
    let set = try rows.transferSet()
    return try estimator(text).fitted(
        to: set, validation: nil, context: FittingContext(loss: .labelsOnly(set.task.form), threads: threads))
}

/// The estimator that a specification names.
func estimator(_ text: String) throws -> any Estimator {
    let specification = try Specification(text)
    return try Family.named(specification.name).estimator(specification)
}
