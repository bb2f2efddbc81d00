/// How many of some rows a model learned from.
public struct SeenRows: Hashable, Sendable {
    /// How many were found.
    public let found: Int
    /// Among how many that could be looked for.
    public let looked: Int
    /// The share that is found by chance where no row was learned from.
    public let chance: Double
    /// Of how many rows that share was told.
    let known: Int

    /// Whether more were found than chance brings: by three standard errors.
    package var isMoreThanChance: Bool {
        let error = (chance * (1 - chance) * (1 / Double(looked) + 1 / Double(max(1, known)))).squareRoot()
        return found > 0 && share > chance + 3 * error
    }

    /// The share that was found.
    var share: Double { looked > 0 ? Double(found) / Double(looked) : 0 }

    /// Whether so many were found that figures on the rows say nothing of new ones: a twentieth more than chance brings.
    package var voidsFigures: Bool { isMoreThanChance && share - chance >= 0.05 }
}

extension LearnedRows {
    /// What is kept of rows that a model learned from.
    ///
    /// - Parameter encoder: the model's, whose columns count.
    package init(_ rows: Dataset, readBy encoder: FeatureEncoder) {
        let without = rows.identifierColumns.map(\.name)
        let contents = RowHashes(rows, columns: encoder.columns.map(\.name), without: without).values
        let equal = EqualRows(rows, contents: contents)
        self.init(
            hashes: contents.map { UInt32($0 >> 32) },
            chance: equal.areCopies ? 0 : Double(equal.repeated) / Double(max(1, rows.count)),
            without: without.filter(Set(encoder.columns.map(\.name)).contains))
    }

    /// How many of some rows are among those.
    package func seen(in rows: Dataset, readBy encoder: FeatureEncoder) -> SeenRows {
        let contents = RowHashes(rows, columns: encoder.columns.map(\.name), without: without).values
        let (found, looked) = found(among: contents.map { UInt32($0 >> 32) })
        return SeenRows(found: found, looked: looked, chance: chance, known: count)
    }
}
