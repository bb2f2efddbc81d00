import Attar
import AttarRuntime
import Foundation
import Testing

struct DateReadingTests {
    @Test func `Days, months and weekdays are those of Foundation's calendar`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        // Foundation goes over to the Julian calendar in 1582.
        for day in stride(from: -141_000, through: 2_900_000, by: 997) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let (year, month, dayOfMonth) = try (
                #require(parts.year), #require(parts.month), #require(parts.day)
            )
            #expect(Moment.day(year: year, month: month, day: dayOfMonth) == day)
            #expect(Moment.calendar(day) == (year, month, dayOfMonth))
            // Foundation counts weekdays from 1, Sunday.
            #expect(try Moment(day: day).weekday == (#require(parts.weekday) + 5) % 7)
        }
        #expect(Moment.day(year: 2023, month: 2, day: 29) == nil && Moment.day(year: 1900, month: 2, day: 29) == nil)
        #expect(Moment.day(year: 2000, month: 2, day: 29) != nil && Moment.day(year: 2024, month: 13, day: 1) == nil)
    }

    @Test(
        arguments: [
            ("2024-01-31", .yearFirst, "2024-01-31"), ("2024/1/31", .dayFirst, "2024-01-31"),
            ("2024-01", .yearFirst, "2024-01-01"), ("31.01.2024", .dayFirst, "2024-01-31"),
            ("1/31/2024", .monthFirst, "2024-01-31"), ("02/03/2024", .dayFirst, "2024-03-02"),
            ("02/03/2024", .monthFirst, "2024-02-03"), ("31 Jan 2024", .yearFirst, "2024-01-31"),
            ("31-January-2024", .yearFirst, "2024-01-31"), ("Jan 31, 2024", .yearFirst, "2024-01-31"),
            ("2024-01-31T12:30:15", .yearFirst, "2024-01-31T12:30:15"),
            ("2024-01-31 12:30:15.750Z", .yearFirst, "2024-01-31T12:30:15"),
            ("1/31/2024 1:05 PM", .monthFirst, "2024-01-31T13:05:00"), ("12:00 AM", .yearFirst, "00:00:00"),
            ("08:15", .yearFirst, "08:15:00"),
        ] as [(String, DateNotation, String)])
    func `Dates and times are read in the usual ways`(text: String, notation: DateNotation, expected: String) throws {
        #expect(try #require(Moment(text, notation)).text == expected)
    }

    @Test func `Where a clock stands counts for the day and not for the hour`() throws {
        let east = try #require(Moment("2024-01-31T00:30:00+02:00", .yearFirst))
        let universal = try #require(Moment("2024-01-30T22:30:00Z", .yearFirst))
        #expect(east.days == universal.days && east.hour == 0.5 && universal.hour == 22.5)
        #expect(east.weekday == 2 && universal.weekday == 1)
        #expect(try #require(Moment("2024-01-31 00:00:00-0530", .yearFirst)).offset == -19_800)
    }

    @Test(arguments: [
        "", "soon", "2024-02-30", "2024-13-01", "31.01.2024", "2024-01-31x", "2024-01-31 25:00", "12:60", "12:30:15 XM",
        "20240131", "16:9", "1.5", "2024-01-31T12:00+99",
    ])
    func `What is no date is none`(text: String) {
        #expect(Moment(text, .yearFirst) == nil)
    }

    private let visits = """
        seen,amount
        2024-01-29 08:00,1
        2024-02-06 09:30,2
        ,3
        2024-03-13 22:45,4

        """

    @Test func `A column of dates becomes days, month, weekday, hour and whether it is missing, as far as they differ`()
        throws
    {
        let rows = try table(visits)
        #expect(rows.columns.map(\.kind) == [.date, .numeric])
        #expect(rows.notes.map(\.column) == ["seen"] && rows.notes[0].text.contains("is read as dates"))
        let encoder = try FeatureEncoder(fittedTo: rows)
        #expect(
            encoder.features.dropLast() == [
                "seen: days since 2024-01-29", "seen: month", "seen: weekday", "seen: hour", "seen is missing",
            ])
        let raw = try encoder.rawRows(rows)
        #expect(Array(raw.row(0).prefix(5)) == [Float(8.0 / 24), 1, 0, 8, 0])
        #expect(Array(raw.row(1).prefix(5)) == [Float(8 + 9.5 / 24), 2, 1, 9.5, 0])
        #expect(raw.row(2).prefix(4).allSatisfy(\.isNaN) && raw[2, 4] == 1)
        #expect(Array(raw.row(3).prefix(5)) == [Float(44 + 22.75 / 24), 3, 2, 22.75, 0])
        // Days alone: neither hours nor gaps.
        let days = try FeatureEncoder(fittedTo: try table("d\n2024-01-01\n2024-01-02\n"))
        #expect(days.features == ["d: days since 2024-01-01", "d: weekday"])
        for row in 0..<rows.count {
            var features = [Float](repeating: .nan, count: encoder.width)
            var output = features.mutableSpan
            encoder.encode(Array(raw.row(row)).span, into: &output)
            #expect(try features == Array(encoder.encoded(rows).row(row)))
        }
    }

    @Test func `An encoder that was kept reads new dates as the training's were, and refuses others by their line`()
        throws
    {
        let training = try table("d,x\n31.01.2024,1\n01.02.2024,2\n05.06.2024,3\n")
        #expect(training.column(named: "d")?.notation == .dates(.dayFirst))
        let encoder = try FeatureEncoder(fittedTo: training)
        let kept = try readAgain(encoder)
        #expect(kept == encoder)
        func new(_ text: String) throws -> Dataset { try table(text, reading: ReadingOptions(for: kept)) }
        // By itself this could be in May or in April.
        let rows = try new("d,x\n05/04/2024,1\n")
        #expect(try kept.rawRows(rows)[0, 0] == 65)
        #expect(
            sentence { try kept.encoded(new("d,x\n01.02.2024,1\nsoon,1\n")) }
                .contains("line 3: column 'd' holds 'soon', and the model was trained on a date with the day first"))
        #expect(try kept.rawRows(new("d,x\n,1\n,2\n"))[0, 0].isNaN)
        let damaged = #"{"columns":[{"name":"d","kind":"date","dates":{"notation":"date","start":0,"parts":[]}}]}"#
        #expect(throws: (any Error).self) { try JSONValue(parsing: damaged).decoded(as: FeatureEncoder.self) }
    }

    @Test func `Days and months that cannot be told apart are not guessed, and a word of the caller's decides`() throws
    {
        let text = "d,x\n01/02/2024,1\n03/04/2024,2\n01/02/2024,3\n"
        let rows = try table(text)
        #expect(rows.column(named: "d")?.kind == .categorical)
        #expect(rows.notes.count == 1 && rows.notes[0].text.contains("--column 'd=day-first' or 'd=month-first'"))
        for word in ["day-first", "month-first"] {
            var options = ReadingOptions()
            options.read("d", as: try ColumnType.parsed("d=\(word)").type)
            let read = try table(text, reading: options)
            let encoder = try FeatureEncoder(fittedTo: read)
            // 1 February to 3 April, or 2 January to 4 March, both in a leap year.
            #expect(try encoder.rawRows(read)[1, 0] == 62)
        }
        #expect(try table("d\n13/02/2024\n01/02/2024\n").columns[0].notation == .dates(.dayFirst))
        #expect(try table("d\n02/13/2024\n01/02/2024\n").columns[0].notation == .dates(.monthFirst))
        #expect(try table("d\n02/13/2024\n13/02/2024\n").columns[0].kind == .text)
        #expect(sentence { try table("d\nsoon\n", types: ["d": .date]) }.contains("'soon' is no date"))
    }

    @Test func `Rows are put in the order of their dates, however these are written`() throws {
        let declared = try table("when,x\n03/04/2023,1\n04/03/2023,2\n") {
            ($0.types["when"], $0.notations["when"]) = (.date, .dates(.dayFirst))
        }
        #expect(try declared.taking(time: "when").time?.ranks == [1, 0])
        let rows = try table("when,x\n31.01.2024,1\n01.02.2023,2\n05.06.2025,3\n").taking(time: "when")
        #expect(rows.time?.ranks == [1, 0, 2])
    }
}
