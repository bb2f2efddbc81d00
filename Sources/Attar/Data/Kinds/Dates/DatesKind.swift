internal import Compute

extension DataKind {
    /// Dates, times of day, or both: days, month, weekday and hour, as far as they differ.
    public static let dates = DataKind(
        name: "dates", summary: "dates and times of day",
        columns: Columns(claims: { $0.kind == .date }, reads: { $0.kind == .date }) { column, rows, _ in
            guard let notation = column.notation?.dates, let texts = column.texts else { return nil }
            let (encoding, values) = try fitted(notation, texts, of: column.name, in: rows)
            let width = encoding.parts.count
            let scales = encoding.parts.indices.map { place -> (mean: Float, deviation: Float) in
                // Whether a date is missing is 0 or 1, as it is of numbers.
                if encoding.parts[place] == .missing { return (0, 1) }
                let (mean, deviation, _) = EncodedColumn.moments(of: values, channel: place, of: width)
                return (mean, deviation)
            }
            return EncodedColumn(
                column.name, encoding, means: scales.map(\.mean), deviations: scales.map(\.deviation))
        },
        making: .copies,
        corruptions: { columns in
            let names = Set(columns.own.map(\.name))
            return [
                .ofColumns("missing dates") { column, strength, generator in
                    guard names.contains(column.name), case .text(var texts) = column.storage else { return nil }
                    for row in texts.indices where generator.uniform() < Corruption.missing[strength] {
                        texts[row] = ""
                    }
                    return Column(column.name, .text(texts), notation: column.notation)
                }
            ]
        },
        showing: Showing(
            partition: { column in column.yearsOrHours.flatMap { RowPartition.byRange(column.rangeName, $0) } },
            varies: { column in column.texts.map { texts in texts.contains { $0 != texts[0] } } ?? false },
            words: { column, row in RowText.cut(column.texts?[row] ?? "") }))
}

extension DataKind {
    /// What the dates of training rows become, and their numbers.
    ///
    /// - Throws: `AttarError` (`malformedData`) naming the row of a text that is no date.
    private static func fitted(
        _ notation: DateNotation, _ texts: [String], of name: String, in rows: Dataset
    ) throws -> (encoding: DateEncoding, values: [Float]) {
        do throws(DateEncoding.NoDate) {
            let encoding = try DateEncoding(notation, fittedTo: texts)
            return (encoding, try encoding.values(of: texts))
        } catch {
            throw AttarError(
                .malformedData,
                "\(rows.place(error.row)): '\(texts[error.row].prefix(40))' in column '\(name)' is no \(notation.words)",
                remedy: "Correct it, or leave it empty where it is missing")
        }
    }
}

extension Column {
    /// Of dates the year, of times of day the whole hour, NaN where missing; nil for columns of other things.
    fileprivate var yearsOrHours: [Float]? {
        guard let dates = notation?.dates, let texts else { return nil }
        return texts.map { text in
            let moment = Moment(text, dates)
            return
                (moment?.day.map { Float(Moment.calendar($0).year) } ?? moment?.hour.map { Float($0.rounded(.down)) })
                ?? .nan
        }
    }

    /// What these are called where rows are cut into ranges of them.
    fileprivate var rangeName: String {
        guard let dates = notation?.dates, let text = texts?.first(where: { !$0.isEmpty }) else { return name }
        return Moment(text, dates)?.day == nil ? "hour of \(name)" : "year of \(name)"
    }
}
