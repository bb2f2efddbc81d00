extension Dataset {
    /// The same rows without the numbers that stand for missing values, told which these are.
    func reading(asMissing numbers: [Float]) -> Dataset {
        guard !numbers.isEmpty else { return self }
        var notes = notes
        let columns = columns.map { column in
            let (own, count) = column.reading(asMissing: numbers)
            if count > 0 {
                let shown = numbers.map { Column.label(of: $0) }.joined(separator: " or ")
                notes.append(
                    ReadingNote(
                        column: column.name,
                        "Column '\(column.name)' holds \(shown) in \(count) rows, which is read as missing"))
            }
            return own
        }
        var reading = reading ?? ReadingTrace()
        reading.missing = numbers
        return Dataset(
            source: source, columns: columns, identifiers: identifiers, target: target, weights: weights, group: group,
            time: time, notes: notes, firstLine: firstLine,
            reading: reading)
    }
}

extension Column {
    /// The column with NaN, or no category, where one of the numbers stands, and how many these were.
    fileprivate func reading(asMissing numbers: [Float]) -> (column: Column, count: Int) {
        switch storage {
        case .numeric(var values):
            var count = 0
            for row in values.indices where numbers.contains(values[row]) {
                values[row] = .nan
                count += 1
            }
            return (Column(name, .numeric(values)), count)
        case .categorical(let codes, let categories):
            let kept = categories.indices.filter { place in
                Float(categories[place]).map { !numbers.contains($0) } ?? true
            }
            guard kept.count < categories.count else { return (self, 0) }
            var places = [Int32](repeating: -1, count: categories.count)
            for (place, old) in kept.enumerated() { places[old] = Int32(place) }
            let own = codes.map { $0 < 0 ? -1 : places[Int($0)] }
            return (
                Column(name, .categorical(codes: own, categories: kept.map { categories[$0] })),
                own.count { $0 < 0 } - codes.count { $0 < 0 }
            )
        case .text, .tensor, .bytes: return (self, 0)
        }
    }
}
