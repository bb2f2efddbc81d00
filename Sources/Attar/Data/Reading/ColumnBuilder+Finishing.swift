extension ColumnBuilder {
    /// At most this many distinct values are categories, whatever the number of rows.
    private static let mostCategories = 1000
    /// This many distinct values are categories where any of them repeats; more have to repeat ten times on average.
    private static let alwaysCategories = 32

    /// The column and what is to be said about it.
    ///
    /// - Parameters:
    ///   - decimal: what stands before fractions where the column itself does not tell.
    ///   - evidence: what its texts say of how its numbers are written.
    /// - Throws: `AttarError` (`malformedData`) for an infinite or enormous value in a numeric column, and for one that is not as it was declared.
    func finished(
        decimal: NumberNotation.Decimal, evidence: NumberEvidence?
    ) throws -> (column: Column, notes: [ReadingNote]) {
        // Arrays are complete after the first pass, whatever the second one reads.
        if arrayLength > 0 { return (Column(name, .tensor(numbers, shape: [arrayLength])), []) }
        guard table.count > 0 || !codes.isEmpty else { return try finishedNumbers() }
        if table.count == 0, declared != .categorical, declared != .text {
            return (Column(name, .numeric(codes.map { _ in .nan })), [])
        }
        let names = (0..<table.count).map { table[$0] }
        if declared == .numeric, TruthWord.areAll(names) { return finishedTruth(names) }
        if let evidence { return try finishedNumbers(names, evidence, decimal) }
        if declared == .numeric { throw severalUnits(names) }
        if declared == .date || declared == nil, let dates = try finishedDates(names) { return dates }
        return finishedTexts(names)
    }

    /// What the texts say of how numbers are written; nil where they are no numbers, or numbers as programs write them.
    var evidence: NumberEvidence? {
        guard table.count > 0, declared == nil || declared == .numeric else { return nil }
        // Where fractions have commas, a number that only programs read is none as it stands.
        let evidence = NumberEvidence(
            (0..<table.count).lazy.map { table[$0] }, isPlain: { decimal == .point && table.isNumber($0) })
        return declared == .numeric ? evidence : evidence.flatMap { $0.sample.isEmpty ? nil : $0 }
    }

    // MARK: Numbers

    private func finishedNumbers() throws -> (column: Column, notes: [ReadingNote]) {
        if let firstInfinite {
            throw AttarError(
                .malformedData,
                "\(file), line \(firstInfinite.line), column '\(name)': '\(firstInfinite.text)' is infinite or beyond 3.4e38",
                remedy: "Leave the cell empty where the value is missing, or give the column in another unit")
        }
        let notation = decimal == .comma ? Notation.numbers(NumberNotation(decimal: .comma)) : nil
        let column = Column(name, .numeric(numbers), notation: notation, wholes: wholes.all(numbers.count))
        return (column, wasRounded ? [ReadingNote(column: name, ColumnBuilder.roundingNote(name))] : [])
    }

    /// What is said about whole numbers that a float cannot hold.
    static func roundingNote(_ name: String) -> String {
        "Column '\(name)' holds whole numbers above 16,777,216: as classes, groups or times they are told apart, as numbers they are rounded to 24 bits; an identifier is no feature (--column '\(name)=unused' leaves it out)"
    }

    /// Numbers that people wrote.
    private func finishedNumbers(
        _ names: [String], _ evidence: NumberEvidence, _ usual: NumberNotation.Decimal
    ) throws -> (column: Column, notes: [ReadingNote]) {
        if let known = known?.numbers, known.isPercent != evidence.isPercent, numbersDiffer(names) {
            throw AttarError(
                .malformedData,
                "\(file), column '\(name)': '\(evidence.sample.isEmpty ? names[0] : evidence.sample)' is \(evidence.isPercent ? "a percentage" : "no percentage"), and the model was trained on \(known.isPercent ? "percentages, such as 45%" : "plain numbers")",
                remedy: "Write the column as the training rows have it")
        }
        let notation = NumberNotation(decimal: evidence.decimal ?? usual, isPercent: evidence.isPercent)
        let read = names.map { NumberText($0) }
        let values = read.map { $0?.value(notation.decimal) ?? .nan }
        if let place = values.firstIndex(where: { !$0.isFinite }) {
            throw AttarError(
                .malformedData, "\(file), column '\(name)': '\(names[place])' is infinite or beyond 3.4e38",
                remedy: "Leave the cell empty where the value is missing, or give the column in another unit")
        }
        var notes: [ReadingNote] = []
        let exact = read.map { number -> Int64? in
            (notation.decimal == .point ? number?.byPoint : number?.byComma).flatMap { Int64($0) }
        }
        let isRounded = zip(exact, values).contains { whole, value in whole.map { Double($0) != Double(value) } ?? false
        }
        if isRounded { notes.append(ReadingNote(column: name, ColumnBuilder.roundingNote(name))) }
        // 0 would show nothing.
        let telling = names.indices.filter { isWorthSaying($0) }
        if known == nil, let place = telling.first(where: { values[$0] != 0 }) ?? telling.first {
            notes.append(
                ReadingNote(
                    column: name,
                    "Column '\(name)' is read as numbers, '\(names[place])' as \(Column.label(of: values[place])) (--column '\(name)=text' keeps the texts)"
                ))
        }
        return (
            Column(
                name, .numeric(codes.map { $0 < 0 ? .nan : values[Int($0)] }),
                notation: notation == .plain ? nil : .numbers(notation),
                wholes: isRounded && !exact.contains(nil)
                    ? codes.map { $0 < 0 ? Column.missingWhole : exact[Int($0)] ?? 0 } : nil), notes
        )
    }

    /// Whether a sign of percent would matter: 0 is 0 in any unit.
    private func numbersDiffer(_ names: [String]) -> Bool { names.contains { NumberText($0)?.value(.point) != 0 } }

    /// Whether a text is more than a number with a decimal comma, of which is told once for the whole file.
    private func isWorthSaying(_ place: Int) -> Bool {
        let text = table[place]
        if NumberText(text)?.isAmbiguous ?? false { return true }
        let isPlain = text.utf8.allSatisfy { (48...57).contains($0) || [43, 44, 45, 46].contains($0) }
        return !table.isNumber(place) && (!isPlain || text.utf8.count { $0 == 44 || $0 == 46 } > 1)
    }

    /// Words for 1 and 0, where numbers are wanted.
    private func finishedTruth(_ names: [String]) -> (column: Column, notes: [ReadingNote]) {
        let values = names.map { TruthWord.number(of: $0) ?? 0 }
        return (
            Column(name, .numeric(codes.map { $0 < 0 ? .nan : values[Int($0)] })),
            [ReadingNote(column: name, "Column '\(name)' is read as numbers, true as 1 and false as 0")]
        )
    }

    private func severalUnits(_ names: [String]) -> AttarError {
        AttarError(
            .malformedData,
            "\(file), column '\(name)' holds numbers of several units or notations: \(names.prefix(4).map { "'\($0)'" }.joined(separator: ", "))",
            remedy: "Write all of them in one way")
    }

    // MARK: Dates

    /// The column where its texts are dates; nil where they are not.
    private func finishedDates(_ names: [String]) throws -> (column: Column, notes: [ReadingNote])? {
        if let known = known?.dates { return (dates(known, names), []) }
        let possible = DateNotation.all(of: names)
        guard let first = possible.first else {
            guard declared == .date else { return nil }
            let strange = names.first { text in DateNotation.allCases.allSatisfy { Moment(text, $0) == nil } }
            throw AttarError(
                .malformedData,
                "\(file), column '\(name)': \(strange.map { "'\($0.prefix(40))' is no date that Attar reads" } ?? "its dates are written in several ways")",
                remedy: "Write all of them as 2024-01-31, with 12:30:00 behind it where wanted")
        }
        // With points between the figures the day always comes first.
        guard possible.count == 1 || first == .yearFirst || names.allSatisfy({ $0.contains(".") }) else {
            let problem =
                "Column '\(name)' holds dates such as '\(names[0])', which can have the day or the month first"
            let remedy = "--column '\(name)=day-first' or '\(name)=month-first' says which"
            if declared == .date { throw AttarError(.malformedData, "\(file): \(problem)", remedy: "Say \(remedy)") }
            let texts = finishedTexts(names)
            return (
                texts.column,
                texts.notes + [
                    ReadingNote(column: name, "\(problem), and is read as \(texts.column.kind.rawValue) (\(remedy))")
                ]
            )
        }
        let order = first == .yearFirst ? "" : first == .dayFirst ? " with the day first" : " with the month first"
        return (
            dates(first, names),
            [
                ReadingNote(
                    column: name,
                    "Column '\(name)' is read as dates\(order): models see days, month, weekday and hour, as far as they differ (--column '\(name)=unused' leaves it out)"
                )
            ]
        )
    }

    private func dates(_ notation: DateNotation, _ names: [String]) -> Column {
        Column(name, .text(codes.map { $0 < 0 ? "" : names[Int($0)] }), notation: .dates(notation))
    }

    // MARK: Categories and texts

    private func finishedTexts(_ names: [String]) -> (column: Column, notes: [ReadingNote]) {
        let present = codes.count { $0 >= 0 }
        let areTruths = declared != .text && TruthWord.areAll(names)
        let distinct = areTruths ? min(2, table.count) : table.count
        let isCategorical =
            switch declared {
            case .categorical: true
            case .text: false
            default:
                distinct <= Self.alwaysCategories
                    ? distinct < max(2, present) : distinct <= Self.mostCategories && distinct * 10 <= present
            }
        guard isCategorical else {
            let column = Column(name, .text(codes.map { $0 < 0 ? "" : names[Int($0)] }))
            return (column, notes(present: present, kind: .text))
        }
        let said = notes(present: present, kind: .categorical)
        guard areTruths else {
            let column = Column.categorical(name, codes: codes, names: names)
            guard case .categorical(_, let kept) = column.storage, kept.count < names.count else {
                return (column, said)
            }
            return (
                column,
                said + [
                    ReadingNote(
                        column: name,
                        "Column '\(name)' holds texts that differ in the form of their characters only (Unicode NFC and NFD); they are one category"
                    )
                ]
            )
        }
        // True, TRUE and true are one value, written as it is met first.
        let values = names.map { TruthWord.value(of: $0) == true }
        let firsts = [false, true].compactMap { value in values.firstIndex(of: value) }
        let position = values.map { value in Int32(firsts.firstIndex { values[$0] == value } ?? 0) }
        return (
            Column.categorical(
                name, codes: codes.map { $0 < 0 ? -1 : position[Int($0)] }, names: firsts.map { names[$0] }), said
        )
    }

    /// A note where most values are numbers and the column became text for a few others.
    private func notes(present: Int, kind: Column.Kind) -> [ReadingNote] {
        guard declared == nil, let firstText else { return [] }
        if firstText.isPadded {
            return [
                ReadingNote(
                    column: name,
                    "Column '\(name)' is read as \(kind.rawValue): '\(firstText.text)' in line \(firstText.line) has leading zeros, as codes have (--column '\(name)=numeric' reads numbers)"
                )
            ]
        }
        let areNumbers = (0..<table.count).map { table.isNumber($0) || NumberText(table[$0]) != nil }
        let numberRows = codes.count { $0 >= 0 && areNumbers[Int($0)] }
        guard numberRows * 2 >= present else { return [] }
        let strange = NumberText(firstText.text).flatMap { _ in areNumbers.firstIndex(of: false) }.map {
            table[$0].prefix(40)
        }
        return [
            ReadingNote(
                column: name,
                "Column '\(name)' is read as \(kind.rawValue) although \(numberRows) of its \(present) values are numbers: "
                    + (strange.map { "one is '\($0)'" } ?? "line \(firstText.line) holds '\(firstText.text)'"))
        ]
    }
}

extension DateNotation {
    /// The notations in which all texts are dates or all are times of day.
    static func all(of texts: [String]) -> [DateNotation] {
        var possible = allCases
        var hasDays: Bool?
        for text in texts {
            var isDay: Bool?
            possible.removeAll { notation in
                guard let moment = Moment(text, notation) else { return true }
                isDay = moment.day != nil
                return false
            }
            if possible.isEmpty || hasDays.map({ $0 != isDay }) ?? false { return [] }
            hasDays = isDay
        }
        return possible
    }
}
