internal import Compute

/// What the numbers of a column are, told from its values, so that made-up ones can be the same: whole where all are whole, and within their range.
///
/// A model that takes whole numbers refuses others, and one that does not has never seen half a room.
struct ColumnNature: Hashable {
    /// Whether all values are whole numbers.
    let isWhole: Bool
    /// From the smallest value to the largest.
    let range: ClosedRange<Float>

    /// The nature of a column; nil where it holds no numbers.
    init?(of column: Column) {
        guard case .numeric(let values) = column.storage else { return nil }
        var (isWhole, least, most) = (true, Float.infinity, -Float.infinity)
        for value in values where !value.isNaN {
            isWhole = isWhole && value == value.rounded()
            (least, most) = (min(least, value), max(most, value))
        }
        guard least <= most else { return nil }
        (self.isWhole, range) = (isWhole, least...most)
    }

    /// Made-up values of the column, as they could have stood in it.
    ///
    /// A value beyond the range becomes its end. Between two whole numbers chance decides, the nearer the likelier, so that noise that is small beside 1 still changes
    /// some values, and the mean stays what it was.
    func kept(_ column: Column, _ generator: inout SeededGenerator) -> Column {
        guard case .numeric(var values) = column.storage else { return column }
        for row in values.indices where !values[row].isNaN {
            let value = min(max(values[row], range.lowerBound), range.upperBound)
            guard isWhole else {
                values[row] = value
                continue
            }
            let below = value.rounded(.down)
            values[row] = value > below && generator.uniform() < value - below ? below + 1 : below
        }
        return Column(column.name, .numeric(values))
    }
}
