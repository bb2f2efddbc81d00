/// What the first line of a CSV file says.
struct CSVHeader {
    /// The columns' names.
    var names: [String]
    /// What is to be said about them.
    var notes: [ReadingNote] = []
    /// Whether the first line names the columns, and is no row.
    var isThere = true
    /// Whether the first column may only count the rows: it has no name, or the one that pandas gives to such a column.
    var beginsWithIndex = false

    /// The columns without the first where that counts rows: whole numbers of 0 or more, no two alike, as pandas and R write them beside a table.
    func withoutIndex(
        _ columns: [Column], options: ReadingOptions
    ) -> (columns: [Column], notes: [ReadingNote]) {
        guard beginsWithIndex, columns.count > 1, columns[0].name == names[0], options.types[names[0]] == nil else {
            return (columns, [])
        }
        let keep = "(--column '\(names[0])=numeric' keeps it)"
        if columns[0].numbersRows {
            return (
                Array(columns.dropFirst()),
                [
                    ReadingNote(
                        column: names[0],
                        "The first column, which has no name of its own, numbers the rows and is left out \(keep)")
                ]
            )
        }
        return (
            columns,
            [
                ReadingNote(
                    column: names[0],
                    "The first column has no name of its own and is called '\(names[0])' (--column '\(names[0])=unused' leaves it out)"
                )
            ]
        )
    }
}

extension Column {
    /// Whether it holds whole numbers of 0 or more, no two alike.
    fileprivate var numbersRows: Bool {
        guard let numbers = wholeNumbers else { return false }
        return numbers.allSatisfy { $0 >= 0 } && Set(numbers).count == numbers.count
    }
}
