extension Leak {
    /// Copies among the rows.
    static func copies(_ rows: Int, of count: Int, keepTogether: Bool) -> Leak {
        Leak(
            .copies,
            "\(rows) of \(count) rows are copies of another row"
                + (keepTogether
                    ? ": copies were kept on one side of split and folds, and count as one row where intervals are drawn."
                    : ", which --group and --time may put on both sides of split and folds: remove them."),
            rows: rows, of: count)
    }

    /// Rows that a model is tested on and learned from; nil where there are no more than by chance.
    init?(students seen: SeenRows, rows: Int) {
        guard seen.isMoreThanChance else { return nil }
        self.init(
            .studentRows, voids: seen.voidsFigures,
            Self.found(seen, rows, "the model")
                + (seen.voidsFigures
                    ? ", so the figures say nothing of new rows: give rows that it has not seen."
                    : ", which makes the figures a little too good."),
            rows: seen.found, of: seen.looked)
    }

    /// Rows that a student is tested on and its teacher learned from.
    init?(teachers seen: SeenRows, rows: Int) {
        guard seen.isMoreThanChance else { return nil }
        self.init(
            .teacherRows, voids: seen.voidsFigures,
            Self.found(seen, rows, "the teacher")
                + (seen.voidsFigures
                    ? ", so its figures are too good, and its answers may have told the student their labels: test on rows that neither has seen, which the same --seed and --test-fraction leave where the teacher was trained on this file."
                    : ", which makes its figures a little too good."),
            rows: seen.found, of: seen.looked)
    }

    private static func found(_ seen: SeenRows, _ rows: Int, _ whose: String) -> String {
        (seen.looked == rows
            ? "\(seen.found) of \(rows) test rows" : "\(seen.found) of \(seen.looked) test rows that can be told")
            + " are rows that \(whose) was trained on"
    }

    /// A column that only names or counts rows.
    init(_ column: IdentifierColumn) {
        self.init(
            .identifier,
            "The column '\(column.name)' \(column.reason), and says nothing of new rows: leave it out, or give it as --time where rows follow each other.",
            column: column.name)
    }

    /// A column that alone gives the target.
    init(_ column: TellingColumn) {
        self.init(
            .column,
            "The column '\(column.name)' alone gives the target (\(column.metric.label) \(column.metric.figure(column.figure))): leave it out unless it is known before the answer is.",
            column: column.name)
    }
}
