public import Compute

/// How strange a row is by how far it lies from those that were learned from: the mean of the distances to the nearest of them.
public struct NeighboursModel: Model {
    public static let familyName = "knn"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    /// Neighbours that are looked at.
    package let neighbours: Int
    private let search: NeighbourSearch

    package init(task: LearningTask, encoder: FeatureEncoder, rows: Matrix, neighbours: Int) {
        (self.task, self.encoder, self.neighbours) = (task, encoder, neighbours)
        search = NeighbourSearch(rows)
    }

    public func outputs(for features: Matrix) -> Answers {
        let distances = search.nearest(neighbours, to: features).distances
        return Answers(
            .values,
            Matrix(
                rows: features.rows, columns: 1,
                elements: (0..<features.rows).map { row in
                    let own = distances[row * neighbours..<(row + 1) * neighbours]
                    return Float(own.reduce(0.0) { $0 + Double($1) } / Double(neighbours))
                }))
    }

    public var description: ModelDescription {
        ModelDescription(
            family: Self.familyName, settings: .object(["neighbours": .number(Double(neighbours))]),
            tensors: ["rows": Tensor(search.rows.elements, shape: [search.rows.rows, search.rows.columns])])
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        let rows = try description.keptRows(width: encoder.width)
        self.init(
            task: try task.ofScores(Self.familyName), encoder: encoder, rows: rows,
            neighbours: try description.neighbours(among: rows))
    }
}

extension ModelDescription {
    /// The rows that a model keeps.
    func keptRows(width: Int) throws -> Matrix {
        let elements = try floats("rows", shape: [nil, width])
        guard width > 0, elements.allSatisfy(\.isFinite) else {
            throw AttarError(.malformedArtifact, "the \(family) model's rows are no rows of finite numbers")
        }
        return Matrix(rows: elements.count / width, columns: width, elements: elements)
    }

    /// How many neighbours among them it looks at.
    func neighbours(among rows: Matrix) throws -> Int {
        guard case .number(let value)? = settings["neighbours"], let count = Int(exactly: value), count >= 1,
            count < rows.rows
        else { throw AttarError(.malformedArtifact, "the \(family) model looks at more neighbours than it has rows") }
        return count
    }
}

extension LearningTask {
    /// The task itself where it asks for one number a row, as models do that say how strange a row is.
    func ofScores(_ family: String) throws -> LearningTask {
        guard form == .values, width == 1 else {
            throw AttarError(.malformedArtifact, "the \(family) model answers one number, and its task asks for others")
        }
        return self
    }
}
