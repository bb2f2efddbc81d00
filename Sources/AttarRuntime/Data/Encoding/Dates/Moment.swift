/// A date, a time of day, or both, as a text says it.
package struct Moment: Hashable, Sendable {
    /// Days since 1 January 1970, where the clock shows what the text says; nil for a time of day alone.
    package var day: Int?
    /// Seconds since midnight; nil where the text has no time of day.
    package var seconds: Double?
    /// How far the clock is ahead of universal time, in seconds.
    package var offset: Int

    /// A moment of the given parts.
    package init(day: Int?, seconds: Double? = nil, offset: Int = 0) {
        (self.day, self.seconds, self.offset) = (day, seconds, offset)
    }

    /// Days since 1 January 1970 in universal time, with the time of day as a fraction; nil for a time of day alone.
    package var days: Double? { day.map { Double($0) + ((seconds ?? 0) - Double(offset)) / 86_400 } }
    /// From 0, Monday, to 6; nil for a time of day alone.
    package var weekday: Int? { day.map { Self.remainder($0 + 3, 7) } }
    /// From 1 to 12; nil for a time of day alone.
    package var month: Int? { day.map { Self.calendar($0).month } }
    /// From 0 to below 24; nil where the text has no time of day.
    package var hour: Double? { seconds.map { $0 / 3600 } }

    /// Days since 1 January 1970 of a date of the Gregorian calendar; nil where there is no such date.
    package static func day(year: Int, month: Int, day: Int) -> Int? {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= length(of: month, in: year) else {
            return nil
        }
        // Years that begin in March end with the day that comes and goes.
        let shifted = month > 2 ? year : year - 1
        let (era, place) = (shifted / 400, shifted % 400)
        let past = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + place * 365 + place / 4 - place / 100 + past - 719_468
    }

    /// Year, month and day of the month.
    package static func calendar(_ day: Int) -> (year: Int, month: Int, day: Int) {
        var year = 1970 + day / 366
        while let next = Self.day(year: year + 1, month: 1, day: 1), next <= day { year += 1 }
        while let first = Self.day(year: year, month: 1, day: 1), first > day { year -= 1 }
        var rest = day - (Self.day(year: year, month: 1, day: 1) ?? day)
        var month = 1
        while rest >= length(of: month, in: year), month < 12 {
            rest -= length(of: month, in: year)
            month += 1
        }
        return (year, month, rest + 1)
    }

    /// As ISO 8601 writes it.
    package var text: String {
        var parts: [String] = []
        if let day {
            let (year, month, day) = Self.calendar(day)
            parts.append("\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))")
        }
        if let seconds {
            let whole = Int(seconds)
            parts.append([whole / 3600, whole / 60 % 60, whole % 60].map { Self.padded($0, 2) }.joined(separator: ":"))
        }
        return parts.joined(separator: "T")
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func length(of month: Int, in year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    private static func remainder(_ number: Int, _ divisor: Int) -> Int {
        let rest = number % divisor
        return rest < 0 ? rest + divisor : rest
    }
}
