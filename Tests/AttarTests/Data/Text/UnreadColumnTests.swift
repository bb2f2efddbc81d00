import Attar
import Compute
import Testing

/// Which columns beside texts become features, and what is said of the others.
struct UnreadColumnTests {
    private static let prose = (0..<40).map { "The parcel came late \($0 % 2 == 0 ? "and was open" : "but was whole")" }

    private static func rows(_ columns: [Column]) -> Dataset { Dataset(source: "rows.csv", columns: columns) }
    private static let number = Column("price", .numeric((0..<40).map { Float($0 % 7) }))
    private static let id = Column("id", .numeric((0..<40).map { Float($0) }))
    private static let name = Column("name", .text((0..<40).map { "Ann Smith\($0)" }))
    private static let code = Column("code", .text((0..<40).map { "AB-\(100 + $0)" }))
    private static let day = Column("day", .text((0..<40).map { "2024-01-\(10 + $0 % 20)" }))
    private static let note = Column("note", .text(prose))

    private static func read(_ columns: [Column], _ text: TextFeatures = TextFeatures()) throws -> [String] {
        try FeatureEncoder(fittedTo: rows(columns), text: text).columns.map(\.name)
    }

    @Test func `Texts beside numbers are read; names, codes, dates and row numbers are named with what reads them`()
        throws
    {
        let columns = [Self.id, Self.number, Self.name, Self.code, Self.day, Self.note]
        #expect(try Self.read(columns) == ["price", "note"])
        let unread = TextFeatures().unreadColumns(of: Self.rows(columns))
        #expect(unread.map(\.name) == ["name", "code", "day", "id"])
        #expect(
            unread.map(\.note) == [
                "Column 'name' is left out: it holds names or codes, of one or two words each. --keep 'name' reads it as a text.",
                "Column 'code' is left out: it is another code in every row. --keep 'code' reads it as a text.",
                "Column 'day' is left out: it holds codes of digits, or dates that cannot be told. --keep 'day' reads it as a text.",
                "Column 'id' is left out: it rises from row to row, as a row's number does, and the texts tell the rows. --keep 'id' reads it as a number.",
            ])
    }

    @Test func `What is kept is read, and a table without texts is read whole`() throws {
        var text = TextFeatures()
        text.kept = ["id", "name"]
        #expect(try Self.read([Self.id, Self.name, Self.note], text) == ["id", "name", "note"])
        #expect(try Self.read([Self.id, Self.number]) == ["id", "price"])
        #expect(TextFeatures().unreadColumns(of: Self.rows([Self.id, Self.number])).isEmpty)
    }

    @Test func `A text beside nothing but a row number is read as if it stood alone`() throws {
        let text = TextFeatures(readers: [Family.linear.reader])
        let encoder = try FeatureEncoder(fittedTo: Self.rows([Self.id, Self.note]), text: text)
        #expect(encoder.columns.map(\.name) == ["note"] && encoder.columns[0].text?.method.description == "ngrams")
        #expect(encoder.ignored == ["id"])
    }

    @Test func `Row numbers are not what is learned from where the texts beside them are left out`() throws {
        for (other, text) in [(Self.name, TextFeatures()), (Self.note, TextFeatures(method: try TextMethod("none")))] {
            let problem = sentence { try Self.read([Self.id, other], text) }
            #expect(problem.contains("nothing to learn from but the column 'id'"))
            #expect(problem.contains("'\(other.name)' is left out"))
        }
        var kept = TextFeatures()
        kept.kept = ["id"]
        #expect(try Self.read([Self.id, Self.name], kept) == ["id"])
    }

    @Test func `Texts in a script without blanks are texts`() throws {
        let note = Column("note", .text((0..<40).map { "今天天气很好我们去公园\($0)" }))
        #expect(try Self.read([Self.number, note]) == ["price", "note"])
    }

    @Test func `Columns of texts that are all there is are read, whatever they hold`() throws {
        #expect(try Self.read([Self.name]) == ["name"])
        #expect(try Self.read([Self.name, Self.code]) == ["name", "code"])
    }
}
