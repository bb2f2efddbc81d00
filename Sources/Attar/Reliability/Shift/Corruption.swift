public import Compute

/// One way in which rows may come out otherwise than those that were learned from, at five strengths: a pure function of rows, strength and seed.
///
/// Strength 1 is barely visible, 5 severe but still meaningful, in the manner of ImageNet-C (Hendrycks and Dietterich, ICLR 2019). None of them is what
/// training does: `noise` and `spunge` there add normal noise of one fixed size, `augment` moves pictures by whole pixels before a black border, CutMix pastes
/// other pictures, and texts lose a tenth of their words.
public struct Corruption: Sendable {
    /// What is done, in a word or two.
    public let name: String
    /// Changes the columns of rows at a strength from 0 to 4.
    let change: @Sendable (_ columns: [Column], _ strength: Int, _ generator: inout SeededGenerator) -> [Column]

    /// A corruption of whole rows.
    ///
    /// - Parameters:
    ///   - name: what is done, in a word or two.
    ///   - change: gives as many columns as it gets, of the same names and lengths, at a strength from 0 to 4.
    public init(
        name: String,
        change:
            @escaping @Sendable (_ columns: [Column], _ strength: Int, _ generator: inout SeededGenerator) -> [Column]
    ) {
        (self.name, self.change) = (name, change)
    }

    /// The strengths, 1 to 5.
    public static let strengths = 1...5

    /// The rows, changed. They keep order, target and weights, and get negative identifiers, so that answers to them are never taken for answers to rows of
    /// the source.
    ///
    /// - Parameters:
    ///   - strength: from 1 to 5.
    ///   - seed: everything that is drawn follows from it and from name and strength.
    public func applied(to rows: Dataset, strength: Int, seed: UInt64) -> Dataset {
        precondition(Self.strengths.contains(strength), "strengths are 1 to 5")
        var generator = SeededGenerator(seed: seed, stream: "\(name) \(strength)")
        return Dataset(
            source: "\(rows.source) (\(name), strength \(strength))",
            columns: change(rows.columns, strength - 1, &generator),
            identifiers: rows.identifiers.map { $0 < 0 ? $0 : -1 - $0 }, target: rows.target, weights: rows.weights)
    }

    /// Those that change something of such rows: a table without categories does not drift.
    ///
    /// - Parameters:
    ///   - reference: usual rows with the same columns: units, ranges and categories are taken from them.
    ///   - encoder: tells which arrays are tokens, and whether texts are read.
    ///   - seed: what is the same at all strengths follows from it, such as the columns whose unit changes.
    ///   - kinds: the kinds of data, each with corruptions of its own; the most general ones' come first.
    package static func all(
        for reference: Dataset, encoder: FeatureEncoder, seed: UInt64,
        kinds: Registry<DataKind>
    ) -> [Corruption] {
        let named = reference.columns.map { kinds.kind(of: $0, in: encoder).name }
        return kinds.members.reversed().flatMap { kind in
            let own = zip(reference.columns, named).filter { $1 == kind.name }.map(\.0)
            return own.isEmpty
                ? []
                : kind.corruptions(ReferenceColumns(own: own, all: reference.columns, encoder: encoder, seed: seed))
        }
    }

    /// A corruption that changes columns one by one; columns for which `change` gives nil stay as they are.
    public static func ofColumns(
        _ name: String,
        _ change: @escaping @Sendable (_ column: Column, _ strength: Int, _ generator: inout SeededGenerator) -> Column?
    ) -> Corruption {
        Corruption(name: name) { columns, strength, generator in
            var changed: [Column] = []
            for column in columns { changed.append(change(column, strength, &generator) ?? column) }
            return changed
        }
    }
}
