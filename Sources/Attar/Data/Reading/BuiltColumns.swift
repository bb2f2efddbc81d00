/// The columns of a text file whose cells have all been read: what one column tells of the notation of numbers decides for those that do not tell.
struct BuiltColumns {
    /// The finished columns, in order, without those that are not used.
    private(set) var columns: [Column] = []
    /// What is to be said about them.
    private(set) var notes: [ReadingNote] = []

    /// Finishes columns one after the other; each builder is freed before the next, so that cells and columns do not stand side by side for the whole table.
    ///
    /// - Parameters:
    ///   - asked: what the caller says stands before fractions.
    ///   - found: what the first rows say, with the text that shows it.
    ///   - usual: what is taken where nothing tells.
    ///   - source: the file, for messages.
    /// - Throws: as `ColumnBuilder.finished` does.
    init(
        _ builders: inout [ColumnBuilder], asked: NumberNotation.Decimal?, found: CommaSighting?,
        usual: NumberNotation.Decimal, source: String
    ) throws {
        let evidence = builders.map(\.evidence).map { own -> NumberEvidence? in
            // Where the caller says what the mark is, numbers with the other one are none.
            guard let own, let asked else { return own }
            return asked == .point ? (own.canBePoint ? own : nil) : (own.canBeComma ? own : nil)
        }
        let shared = asked ?? Self.mark(builders, evidence, found) ?? usual
        var shown = found.map { ($0.column, $0.text) }
        for index in builders.indices {
            let (name, own) = (builders[index].name, evidence[index])
            let isNew = shown == nil && builders[index].known == nil
            if isNew, let own, own.decimal == .comma, let text = own.withComma {
                shown = (name, text)
            }
            if !builders[index].isUnused {
                let known = builders[index].known?.numbers?.decimal
                let open = found == nil ? Self.open(own, known) : nil
                let decimal = asked ?? open ?? shared
                let (column, said) = try builders[index].finished(decimal: decimal, evidence: own)
                columns.append(column)
                notes += said
            }
            builders[index] = ColumnBuilder("", file: "", options: ReadingOptions())
        }
        if asked == nil, let (name, text) = shown {
            notes.insert(
                ReadingNote(
                    "\(source) is read with decimal commas, as in '\(text)' in column '\(name)' (--decimal . reads points)"
                ), at: 0)
        }
    }

    /// What a model knows of a column whose numbers could be read in both ways.
    private static func open(_ own: NumberEvidence?, _ known: NumberNotation.Decimal?) -> NumberNotation.Decimal? {
        own?.isOpen ?? false ? known : nil
    }

    /// The mark that the columns agree on; nil where none tells, or they do not agree.
    private static func mark(
        _ builders: [ColumnBuilder], _ evidence: [NumberEvidence?], _ found: CommaSighting?
    ) -> NumberNotation.Decimal? {
        if found != nil { return .comma }
        guard evidence.contains(where: { $0?.isOpen ?? false }) else { return nil }
        let marks = Set(
            zip(builders, evidence).compactMap { builder, own -> NumberNotation.Decimal? in
                if let own { return own.ambiguous == nil && own.withComma == nil ? nil : own.decimal }
                return builder.numbers.contains { $0 != $0.rounded() && !$0.isNaN } ? .point : nil
            })
        return marks.count == 1 ? marks.first : nil
    }
}

/// A number with a decimal comma, and where it stands.
struct CommaSighting {
    /// The column's name.
    let column: String
    /// The number as it is written.
    let text: String
}
