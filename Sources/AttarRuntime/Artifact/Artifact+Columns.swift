extension Artifact {
    /// The columns of the training rows that are no features: target, weights, group and time, and those that were left out.
    var columnsBesideFeatures: Set<String> {
        var names = Set(metadata.target.map { $0.split(separator: ",").map { $0.trimmingBlanks() } + [$0] } ?? [])
        if case .array(let columns)? = metadata.recipe?["columns"] {
            var isUnused: [String: Bool] = [:]
            for case .string(let entry) in columns {
                guard let place = entry.lastIndex(of: "=") else { continue }
                isUnused[entry[..<place].trimmingBlanks()] =
                    entry[entry.index(after: place)...].trimmingBlanks() == "unused"
            }
            names.formUnion(isUnused.filter(\.value).keys)
        }
        for key in ["weights", "group", "time"] {
            if case .string(let name)? = metadata.recipe?[key] { names.insert(name) }
        }
        return names
    }

    /// Refuses rows with columns that the model was not trained on: a sign of the wrong file or model. The model's own target,
    /// weights, group and time may be there.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) naming the columns.
    public func checkColumns(of rows: Dataset) throws {
        let allowed = columnsBesideFeatures
        let extra = model.encoder.unexpectedColumns(in: rows).filter { !allowed.contains($0) }
        guard !extra.isEmpty else { return }
        // Where ids came as a plain matrix, the array that is missing says more than the columns that are there.
        if model.encoder.columns.contains(where: { $0.vocabulary > 0 }) { try model.encoder.check(rows) }
        let shown = extra.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        throw AttarError(
            .schemaMismatch,
            "'\(rows.source)' has \(extra.count == 1 ? "a column" : "columns") that the model was not trained on: \(shown)\(extra.count > 5 ? " and \(extra.count - 5) more" : "")",
            remedy: "Remove what is not needed, or give --allow-extra-columns")
    }
}
