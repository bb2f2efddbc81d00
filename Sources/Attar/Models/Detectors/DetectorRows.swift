internal import Compute

/// What families share that find by themselves how strange rows are: rows that nobody has answered.
enum DetectorRows {
    /// The number without a name that a specification gives, as in `knn[20]`; nil for none.
    static func neighbours(in specification: Specification) throws -> Int? {
        let sizes = try specification.positionalIntegers()
        guard sizes.count <= 1 else {
            throw AttarError(
                .invalidSetting,
                "\(specification.name) takes one number of neighbours, and '\(specification)' gives \(sizes.count)",
                remedy: "Write it as \(specification.name)[20]")
        }
        return sizes.first
    }

    /// Refuses a number of neighbours that is none.
    static func check(neighbours: Int, _ family: Family) throws {
        guard (1...10_000).contains(neighbours) else {
            throw AttarError(
                .invalidSetting, "\(family.name) is to look at \(neighbours) neighbours",
                remedy: "Give 1 to 10000, such as \(family.name)[20]")
        }
    }

    /// The rows that count; how much they count beyond that is not looked at, as rows are strange or not whatever they weigh.
    ///
    /// - Parameter fewest: rows that it takes.
    /// - Throws: `AttarError`: `invalidSetting` where a teacher says what is right, or there are too few rows; `schemaMismatch` where rows have no features.
    static func rows(atLeast fewest: Int, in set: TransferSet, _ family: Family) throws -> (
        features: Matrix, weights: [Float]
    ) {
        guard set.task.form == .values, set.task.width == 1, set.teaching == nil, set.truth == .none else {
            throw AttarError(
                .invalidSetting,
                "\(family.name) finds by itself how strange rows are, and learns neither from labels nor from a teacher",
                remedy:
                    "Make it the teacher, as in --task anomaly --teacher \(family.name), of a student such as mlp or boost"
            )
        }
        guard set.features.columns > 0 else {
            throw AttarError(
                .schemaMismatch, "\(family.name) tells rows by their features, and these rows have none",
                remedy: "Give rows with columns that differ")
        }
        let counting = set.weights.indices.filter { set.weights[$0] > 0 }
        guard counting.count >= fewest else {
            throw AttarError(
                .invalidSetting, "\(family.name) takes at least \(fewest) rows, and there are \(counting.count)",
                remedy: fewest > 2 ? "Give more rows, or fewer neighbours" : "Give more rows")
        }
        return (set.features.selecting(rows: counting), counting.map { set.weights[$0] })
    }
}
