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
        return with(columns: columns, notes: notes, reading: reading)
    }
}

extension Dataset {
    /// The same rows with a note for each column in which a number seems to stand for missing values, such as -999 among numbers from 0 to 5.
    ///
    /// - Parameter known: columns that somebody has declared, of which nothing needs to be guessed.
    func hintingAtMissing(except known: Set<String>) -> Dataset {
        let hints = columns.filter { !known.contains($0.name) }.compactMap { column in
            column.likelyMissing.map { number, count in
                let shown = Column.label(of: number)
                return ReadingNote(
                    column: column.name,
                    "Column '\(column.name)' holds \(shown) in \(count) rows, far from all its other values: --missing \(shown) reads it as missing"
                )
            }
        }
        return hints.isEmpty ? self : with(columns: columns, notes: notes + hints, reading: reading ?? ReadingTrace())
    }
}

extension Column {
    /// What people write where a value is missing, with either sign.
    private static let nines: Set<Float> = [99, 999, 9999, 99999, 999_999]
    /// Rows of it below which, and the share of all rows below which, it may be a value like others.
    private static let fewestMissing = (rows: 5, share: 0.01)
    /// How many times the range of the other values it lies away from them.
    private static let distance: Float = 2

    /// A number that seems to stand for missing values, and in how many rows: nines that repeat, far from all other values. Nil where there is none.
    fileprivate var likelyMissing: (number: Float, rows: Int)? {
        guard case .numeric(let values) = storage else { return nil }
        var (least, most) = (Float.infinity, -Float.infinity)
        for value in values { (least, most) = (min(least, value), max(most, value)) }
        for number in [least, most] where Self.nines.contains(abs(number)) {
            var (count, low, high) = (0, Float.infinity, -Float.infinity)
            for value in values {
                if value == number { count += 1 } else { (low, high) = (min(low, value), max(high, value)) }
            }
            let isOften =
                count >= Self.fewestMissing.rows && Double(count) >= Self.fewestMissing.share * Double(values.count)
            let gap = number < low ? low - number : number - high
            if isOften, high > low, gap > Self.distance * (high - low) { return (number, count) }
        }
        return nil
    }

    /// The column with NaN, or no category, where one of the numbers stands, and how many these were.
    fileprivate func reading(asMissing numbers: [Float]) -> (column: Column, count: Int) {
        switch storage {
        case .numeric(var values):
            var count = 0
            for row in values.indices where numbers.contains(values[row]) {
                values[row] = .nan
                count += 1
            }
            let missing = wholes.map { wholes in
                zip(wholes, values).map { $1.isNaN ? Column.missingWhole : $0 }
            }
            return (Column(name, .numeric(values), notation: notation, wholes: missing), count)
        case .categorical(let codes, let categories):
            let kept = categories.indices.filter { place in
                Float(categories[place]).map { !numbers.contains($0) } ?? true
            }
            guard kept.count < categories.count else { return (self, 0) }
            var places = [Int32](repeating: -1, count: categories.count)
            for (place, old) in kept.enumerated() { places[old] = Int32(place) }
            let own = codes.map { $0 < 0 ? -1 : places[Int($0)] }
            return (
                Column(name, .categorical(codes: own, categories: kept.map { categories[$0] }), notation: notation),
                own.count { $0 < 0 } - codes.count { $0 < 0 }
            )
        case .text, .tensor, .bytes: return (self, 0)
        }
    }
}
