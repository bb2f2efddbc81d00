extension Moment {
    /// Reads a date, a time of day, or a date and a time behind it.
    ///
    /// - Dates: `2024-01-31`, `2024/1/31`, `2024-01` in any notation; `31.01.2024`, `31/1/2024`, `31-01-2024` with the day first, `01/31/2024` with the month first;
    ///   `31 Jan 2024`, `31-January-2024`, `Jan 31, 2024`.
    /// - Times: `12:30`, `12:30:15`, `12:30:15.25`, with `AM` or `PM` behind them where wanted, and with `Z`, `+02`, `+0200`, `+02:00` or `UTC` behind a date's.
    ///
    /// - Returns: nil for all other texts, and for dates that there are not.
    package init?(_ text: String, _ notation: DateNotation) {
        var reader = MomentReader(Array(text.utf8))
        reader.skipBlanks()
        var moment = Moment(day: nil, seconds: nil)
        if let seconds = reader.timeOfDay() {
            moment.seconds = seconds
        } else {
            guard let day = reader.date(notation) else { return nil }
            moment.day = day
            if reader.take(oneOf: "T t") {
                reader.skipBlanks()
                if !reader.isAtEnd {
                    guard let seconds = reader.timeOfDay() else { return nil }
                    moment.seconds = seconds
                    guard let offset = reader.offset() else { return nil }
                    moment.offset = offset
                }
            }
        }
        reader.skipBlanks()
        guard reader.isAtEnd else { return nil }
        self = moment
    }
}

/// Reads the parts of a date from left to right.
private struct MomentReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func skipBlanks() { while place < bytes.count, bytes[place] == 32 { place += 1 } }

    /// Whether one of the given characters came next, which is then left behind.
    mutating func take(oneOf characters: String) -> Bool {
        guard place < bytes.count, characters.utf8.contains(bytes[place]) else { return false }
        place += 1
        return true
    }

    /// A whole number of so many figures; nothing is read where there are others.
    private mutating func number(_ figures: ClosedRange<Int>) -> Int? {
        var (end, value) = (place, 0)
        while end < bytes.count, (48...57).contains(bytes[end]), end - place < 9 {
            value = value * 10 + Int(bytes[end] - 48)
            end += 1
        }
        guard figures.contains(end - place) else { return nil }
        place = end
        return value
    }

    /// The number of a month that is named in English, in full or by three letters.
    private mutating func namedMonth() -> Int? {
        var end = place
        while end < bytes.count, (65...90).contains(bytes[end] & 0xDF) { end += 1 }
        let word = String(decoding: bytes[place..<end], as: UTF8.self).lowercased()
        let month = Self.months.firstIndex { $0 == word || $0.prefix(3) == word || word == "sept" && $0 == "september" }
        guard let month else { return nil }
        place = end
        return month + 1
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// Days since 1 January 1970.
    mutating func date(_ notation: DateNotation) -> Int? {
        let start = place
        if let month = namedMonth() {
            guard take(oneOf: " .-"), let day = number(1...2) else { return nil }
            _ = take(oneOf: ",")
            guard take(oneOf: " -"), let year = number(4...4) else { return nil }
            return Moment.day(year: year, month: month, day: day)
        }
        if let year = number(4...4) {
            guard let mark = mark(), let month = number(1...2) else { return nil }
            guard take(oneOf: mark) else { return Moment.day(year: year, month: month, day: 1) }
            return number(1...2).flatMap { Moment.day(year: year, month: month, day: $0) }
        }
        place = start
        guard let first = number(1...2) else { return nil }
        let separator = place < bytes.count ? bytes[place] : 0
        if separator == 32 || separator == 45 {
            let before = place
            place += 1
            if let month = namedMonth() {
                guard take(oneOf: " -"), let year = number(4...4) else { return nil }
                return Moment.day(year: year, month: month, day: first)
            }
            place = before
        }
        guard notation != .yearFirst, let mark = mark(), let second = number(1...2), take(oneOf: mark),
            let year = number(4...4)
        else { return nil }
        let (day, month) = notation == .dayFirst ? (first, second) : (second, first)
        return Moment.day(year: year, month: month, day: day)
    }

    /// What stands between figures.
    private mutating func mark() -> String? {
        let mark = ["-", "/", "."].first { place < bytes.count && $0.utf8.first == bytes[place] }
        if mark != nil { place += 1 }
        return mark
    }

    /// Seconds since midnight; nothing is read where there is no time.
    mutating func timeOfDay() -> Double? {
        let start = place
        guard let hours = number(1...2), take(oneOf: ":"), let minutes = number(2...2), minutes < 60 else {
            place = start
            return nil
        }
        var seconds = 0.0
        if take(oneOf: ":") {
            guard let whole = number(2...2), whole <= 60 else {
                place = start
                return nil
            }
            seconds = Double(whole) + fraction()
        }
        var hour = hours
        let before = place
        skipBlanks()
        let isAfternoon = take(oneOf: "pP")
        if isAfternoon || take(oneOf: "aA") {
            guard take(oneOf: "mM"), (1...12).contains(hours) else {
                place = start
                return nil
            }
            hour = hours % 12 + (isAfternoon ? 12 : 0)
        } else {
            place = before
        }
        // Midnight at the end of a day is written 24:00.
        guard hour < 24 || hour == 24 && minutes == 0 && seconds == 0 else {
            place = start
            return nil
        }
        return Double(hour * 3600 + minutes * 60) + seconds
    }

    /// Figures behind a point or comma.
    private mutating func fraction() -> Double {
        guard place + 1 < bytes.count, [44, 46].contains(bytes[place]), (48...57).contains(bytes[place + 1]) else {
            return 0
        }
        place += 1
        var (value, unit) = (0.0, 0.1)
        while place < bytes.count, (48...57).contains(bytes[place]) {
            value += Double(bytes[place] - 48) * unit
            unit /= 10
            place += 1
        }
        return value
    }

    /// How far the clock is ahead of universal time, in seconds: 0 where nothing is said of it; nil where what is said is nothing.
    mutating func offset() -> Int? {
        skipBlanks()
        if take(oneOf: "zZ") { return 0 }
        if bytes[place...].starts(with: Array("UTC".utf8)) || bytes[place...].starts(with: Array("GMT".utf8)) {
            place += 3
            return 0
        }
        guard place < bytes.count, bytes[place] == 43 || bytes[place] == 45 else { return 0 }
        let sign = bytes[place] == 43 ? 1 : -1
        place += 1
        if let both = number(4...4) {
            return both / 100 < 24 && both % 100 < 60 ? sign * (both / 100 * 3600 + both % 100 * 60) : nil
        }
        guard let hours = number(2...2), hours < 24 else { return nil }
        guard take(oneOf: ":") else { return sign * hours * 3600 }
        return number(2...2).flatMap { $0 < 60 ? sign * (hours * 3600 + $0 * 60) : nil }
    }
}
