/// How the dates of one column become numbers: everything that is needed to do it again, in an artifact too.
public struct DateEncoding: Hashable, Codable, Sendable {
    /// One number of a date.
    public enum Part: String, Hashable, Codable, Sendable, CaseIterable {
        /// Days since `start` in universal time, with the time of day as a fraction.
        case days
        /// 1 to 12.
        case month
        /// 0, Monday, to 6.
        case weekday
        /// 0 to below 24, as the clock shows it where the date was written.
        case hour
        /// 1 where there is no date, else 0.
        case missing
    }

    /// How the dates are written.
    public let notation: DateNotation
    /// Days from 1 January 1970 to the first day of the training rows, from which days count.
    public let start: Int
    /// The numbers that a date becomes: those that differ between training rows.
    public let parts: [Part]

    /// An encoding of the given parts.
    ///
    /// - Precondition: there are parts, none twice.
    package init(_ notation: DateNotation, start: Int, parts: [Part]) {
        precondition(!parts.isEmpty && Set(parts).count == parts.count, "a date becomes numbers, each once")
        (self.notation, self.start, self.parts) = (notation, start, parts)
    }

    /// Learns from training rows from when days count, and which parts differ.
    ///
    /// - Throws: for a text that is no date.
    package init(_ notation: DateNotation, fittedTo texts: [String]) throws(NoDate) {
        var start: Int?
        var seen = [Part: Set<Double>]()
        var moments = MomentMemo(notation)
        for (row, text) in texts.enumerated() {
            guard let moment = moments.moment(text) else { throw NoDate(row: row) }
            if let day = moment?.day { start = min(start ?? day, day) }
            for part in Part.allCases where seen[part, default: []].count < 2 {
                let value = Self.value(part, of: moment, start: 0)
                if !value.isNaN { seen[part, default: []].insert(value) }
            }
        }
        let parts = Part.allCases.filter { seen[$0, default: []].count > 1 }
        let usual: [Part] = start == nil ? [.hour] : [.days]
        self.init(notation, start: start ?? 0, parts: parts.isEmpty ? usual : parts)
    }

    /// The numbers of all texts, `parts.count` a text, NaN where missing.
    ///
    /// - Throws: for a text that is no date.
    package func values(of texts: [String]) throws(NoDate) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(texts.count * parts.count)
        var moments = MomentMemo(notation)
        for (row, text) in texts.enumerated() {
            guard let moment = moments.moment(text) else { throw NoDate(row: row) }
            for part in parts { values.append(Float(Self.value(part, of: moment, start: start))) }
        }
        return values
    }

    /// Where a text stands that is no date.
    package struct NoDate: Error {
        /// Its position among the texts.
        package let row: Int
    }

    /// The features' names, after the column's.
    package func features(of name: String) -> [String] {
        parts.map { part in
            switch part {
            case .days: "\(name): days since \(Moment(day: start, seconds: nil).text)"
            case .missing: "\(name) is missing"
            case .month, .weekday, .hour: "\(name): \(part.rawValue)"
            }
        }
    }

    private static func value(_ part: Part, of moment: Moment?, start: Int) -> Double {
        switch part {
        case .days: moment?.days.map { $0 - Double(start) } ?? .nan
        case .month: moment?.month.map(Double.init) ?? .nan
        case .weekday: moment?.weekday.map(Double.init) ?? .nan
        case .hour: moment?.hour ?? .nan
        case .missing: moment == nil ? 1 : 0
        }
    }

    private enum CodingKeys: String, CodingKey {
        case notation, start, parts
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        notation = try container.decode(DateNotation.self, forKey: .notation)
        start = try container.decode(Int.self, forKey: .start)
        parts = try container.decode([Part].self, forKey: .parts)
        guard !parts.isEmpty, Set(parts).count == parts.count, abs(start) < 1 << 22 else {
            throw AttarError(.malformedArtifact, "the encoding of a column of dates is damaged")
        }
    }
}

extension DateNotation {
    /// As messages name it.
    package var words: String {
        switch self {
        case .yearFirst: "date or time, such as 2024-01-31"
        case .dayFirst: "date with the day first, such as 31.01.2024"
        case .monthFirst: "date with the month first, such as 01/31/2024"
        }
    }
}

/// The moments of texts, of which many are the same in most columns; the last one is remembered.
private struct MomentMemo {
    private let notation: DateNotation
    private var last: (text: String, moment: Moment?)?

    init(_ notation: DateNotation) { self.notation = notation }

    /// The moment of a text, nil inside where it is empty; nil where it is no date.
    mutating func moment(_ text: String) -> Moment?? {
        if text.isEmpty { return .some(nil) }
        if let last, last.text == text { return .some(last.moment) }
        guard let moment = Moment(text, notation) else { return nil }
        last = (text, moment)
        return .some(moment)
    }
}
