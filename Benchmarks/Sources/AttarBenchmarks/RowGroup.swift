/// Rows that are measured together and selected by one name.
struct RowGroup {
    let name: String
    let rows: () throws -> [Row]

    /// Measures and prints, where the command line asks for it.
    func run() throws {
        guard Settings.selects(name) else { return }
        for row in try rows() {
            for line in row.lines { say(line) }
        }
    }
}
