internal import Compute

/// What the features of a model are.
struct TreeFileFeatures: Sendable {
    /// How many features a row of the model has.
    let count: Int
    /// Their names; empty where the file has none.
    let names: [String]
    /// Those that some tree splits on, in the order of the numbers that the trees are asked with.
    let used: [Int]
    /// The categories of categorical features, where the file keeps them.
    let categories: [Int: TreeCategories]
    /// The features that are split on by category.
    let categorical: Set<Int>
    /// The thresholds of features, where the model compares 64-bit numbers.
    let thresholds: [Int: DoubleThresholds]
    /// Whether it is LightGBM's: its names have underscores for blanks, and a category between two whole numbers is the one nearer to 0. In a model of XGBoost's names
    /// are as they were, and what is below 0 is no category.
    let isLightGBM: Bool

    /// The texts of its categories by the features' names, where these are known; of names that were cut none.
    var texts: [String: [String]] {
        var texts: [String: [String]] = [:]
        for (feature, own) in categories where names.indices.contains(feature) && own.beginnings == nil {
            texts[names[feature]] = own.texts
        }
        return texts
    }
}

extension TreeFileFeatures {
    /// Where the numbers of each used feature come from: a column, and a place in its array.
    typealias Places = [Int: (column: Int, offset: Int)]

    /// Matches features to columns: by name where the data has columns of the names that the trees ask for, else by order.
    ///
    /// - Parameters:
    ///   - allowsExtra: whether there may be more columns than features, where they are taken in order.
    ///   - notes: receives what a reader of the results has to know, in sentences without their full stops.
    /// - Throws: `AttarError` (`schemaMismatch`) naming what is missing: columns of some of the names, or as many columns as features; and the columns that a name could
    ///   stand for where it could stand for two.
    func places(in rows: Dataset, named name: String, allowsExtra: Bool, notes: inout [String]) throws -> Places {
        let wanted = names.isEmpty ? [] : used.map { names[$0] }
        let found = try wanted.map { try column(called: $0, in: rows, named: name) }
        guard found.contains(where: { $0 != nil }) else {
            return try placesInOrder(in: rows, named: name, allowsExtra: allowsExtra, notes: &notes)
        }
        if let index = found.firstIndex(where: { $0 == nil }) {
            throw AttarError(
                .schemaMismatch,
                "the trees in '\(name)' ask for '\(wanted[index])', which is no column of \(rows.source)",
                remedy: didYouMean(wanted[index], among: rows.columns.map(\.name)))
        }
        var places: Places = [:]
        for (feature, column) in zip(used, found) { places[feature] = (column ?? 0, 0) }
        return places
    }

    /// The column that a feature is called after; nil where there is none.
    ///
    /// A name means the column that is called exactly so; where there is none, the one that differs in blanks and underscores only. What LightGBM writes may mean
    /// either, as it puts underscores in the place of blanks.
    private func column(called wanted: String, in rows: Dataset, named name: String) throws -> Int? {
        let alike = rows.columns.indices.filter { Self.plain(rows.columns[$0].name) == Self.plain(wanted) }
        if !isLightGBM, let exact = alike.first(where: { rows.columns[$0].name == wanted }) { return exact }
        guard alike.count > 1 else { return alike.first }
        let shown = alike.prefix(2).map { "'\(rows.columns[$0].name)'" }.joined(separator: " and ")
        throw AttarError(
            .schemaMismatch,
            "the trees in '\(name)' ask for '\(wanted)', which could be either of the columns \(shown) of \(rows.source)",
            remedy: "Leave out the one that the model was not trained on, or rename it")
    }

    private func placesInOrder(
        in rows: Dataset, named name: String, allowsExtra: Bool, notes: inout [String]
    ) throws -> Places {
        let ordered = rows.columns.indices.flatMap { index in
            (0..<rows.columns[index].shape.reduce(1, *)).map { (column: index, offset: $0) }
        }
        let isCut = allowsExtra && ordered.count > count
        guard ordered.count == count || isCut else {
            let shown = names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
            throw AttarError(
                .schemaMismatch,
                "the trees in '\(name)' have \(count) features, but \(rows.source) has \(ordered.count) columns besides the target",
                remedy: names.isEmpty || names.contains(where: Self.isNumbered)
                    ? "Give the columns that it was trained on, in their order, and no others\(ordered.count > count ? "; 'attar predict' takes the first \(count) with --allow-extra-columns" : "")"
                    : "Give the columns that it was trained on: \(shown)")
        }
        if isCut {
            let own = ordered.prefix(count).map { rows.columns[$0.column].name }
            let shown = own.prefix(4).joined(separator: ", ") + (own.count > 4 ? ", …" : "")
            notes.append(
                "No column is named as the features in '\(name)' are: the first \(count) of \(ordered.count) columns are taken for them, \(shown)"
            )
        } else if let first = used.first.flatMap({ names.isEmpty ? nil : names[$0] }), !Self.isNumbered(first) {
            notes.append(
                "No column is named as the features in '\(name)' are (\(names.prefix(3).joined(separator: ", "))…): columns are taken in their order"
            )
        }
        var places: Places = [:]
        for feature in used { places[feature] = ordered[feature] }
        return places
    }

    private static func plain(_ name: String) -> String { String(name.map { $0.isWhitespace ? "_" : $0 }) }

    /// Whether a name is one that a library gives by itself, such as `Column_3` or `f3`.
    private static func isNumbered(_ name: String) -> Bool {
        ["Column_", "f", "x"].contains { name.hasPrefix($0) && Int(name.dropFirst($0.count)) != nil }
    }
}
