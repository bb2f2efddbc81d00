extension Dataset {
    /// The same rows with a column taken out of the features and made the rows' groups, which are never parted.
    ///
    /// - Throws: `AttarError`: `unknownColumn`; `invalidSetting` where a row has no group, or the column holds arrays.
    public func taking(group name: String) throws -> Dataset {
        let column = try labelling(name, as: "group")
        return with(columns: columns.filter { $0.name != name }, group: column)
    }

    /// The same rows with a column taken out of the features and made the rows' times: numbers, or texts whose order is that of time, such as `2024-01-31`.
    ///
    /// - Throws: `AttarError`: `unknownColumn`; `invalidSetting` where a row has no time, or the column holds something else.
    public func taking(time name: String) throws -> Dataset {
        let column = try labelling(name, as: "time")
        let notation = column.kind == .date ? column.notation?.dates : nil
        func isTime(_ text: String) -> Bool { notation.map { Moment(text, $0) != nil } ?? Self.isTime(text) }
        if let row = column.texts?.firstIndex(where: { !isTime($0) }) {
            throw AttarError(
                .invalidSetting,
                "\(place(row)): '\(column.texts?[row] ?? "")' in column '\(name)' is no time whose order can be told",
                remedy: "Write times as numbers, or as 2024-01-31, with 12:30:00 behind it where wanted")
        }
        return with(columns: columns.filter { $0.name != name }, time: column)
    }

    /// The same rows with the columns that say how they may be parted taken out.
    ///
    /// - Throws: as taking each does; `AttarError` (`invalidSetting`) where both are given.
    public func taking(group: String?, time: String?) throws -> Dataset {
        if let group, let time {
            throw AttarError(
                .invalidSetting, "rows are parted by groups ('\(group)') or by time ('\(time)'), not by both",
                remedy: "Leave one of --group and --time out")
        }
        if let group { return try taking(group: group) }
        return try time.map { try taking(time: $0) } ?? self
    }

    /// A column without gaps of something that can be told apart.
    private func labelling(_ name: String, as role: String) throws -> Column {
        let column = try existingColumn(name)
        guard column.kind != .tensor else {
            throw AttarError(
                .invalidSetting, "Column '\(name)' holds arrays, which cannot be a row's \(role)",
                remedy: "Name another column")
        }
        if let row = (0..<count).first(where: column.isMissing) {
            throw AttarError(
                .invalidSetting, "\(place(row)): the \(role) in column '\(name)' is missing",
                remedy: "Give every row its \(role)")
        }
        return column
    }

    /// Whether a text begins with a year and goes on from large to small, as far as its look tells.
    private static func isTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        func isDigit(_ place: Int) -> Bool { (48...57).contains(bytes[place]) }
        return bytes.count >= 7 && (0..<4).allSatisfy(isDigit) && [45, 47].contains(bytes[4])
            && bytes.allSatisfy { (48...57).contains($0) || Set("-/:.TZ +".utf8).contains($0) }
            && isDigit(5) && isDigit(6)
    }
}

extension Column {
    /// A row's value as something that equal rows of two columns have in common, whatever their categories' numbers.
    func key(_ row: Int) -> String {
        switch storage {
        case .numeric: label(ofRow: row) ?? ""
        case .categorical(let codes, let categories): codes[row] < 0 ? "" : categories[Int(codes[row])]
        case .text(let values): values[row]
        case .tensor, .bytes: ""
        }
    }

    /// Each row's place in the order of the values: numbers by size, texts by their characters. Equal values have one place.
    package var ranks: [Int32] {
        if let wholes { return Self.ranks(of: wholes) }
        if let moments { return Self.ranks(of: moments) }
        if let texts {
            let places = Dictionary(uniqueKeysWithValues: Set(texts).sorted().enumerated().map { ($1, Int32($0)) })
            return texts.map { places[$0] ?? 0 }
        }
        guard case .numeric(let values) = storage else { return [Int32](repeating: 0, count: count) }
        return Self.ranks(of: values)
    }

    private static func ranks<Value: Hashable & Comparable>(of values: [Value]) -> [Int32] {
        let places = Dictionary(uniqueKeysWithValues: Set(values).sorted().enumerated().map { ($1, Int32($0)) })
        return values.map { places[$0] ?? 0 }
    }

    /// Of dates the days, of times of day the hours, 0 where missing; nil for columns of other things.
    private var moments: [Double]? {
        guard let dates = notation?.dates, let texts else { return nil }
        return texts.map { text in
            let moment = Moment(text, dates)
            return moment?.days ?? moment?.hour ?? 0
        }
    }
}
