public import Compute

/// Everything that distinguishes one kind of data from another: numbers and categories, texts, pictures, tokens. A row may have columns of several kinds. No other place
/// in Attar lists or switches on kinds of data: what varies between them is asked here.
///
/// A kind is one folder in `Data/Kinds/` with its own `DataKind` constant, and one line in `DataKind.all`.
public struct DataKind: Registered {
    /// Its name.
    public let name: String
    /// One line for help.
    public let summary: String
    /// Which columns are of the kind.
    public let columns: Columns
    /// How rows like those of the training are made up of them.
    public let making: Making
    /// What may come out otherwise with such columns; in their order.
    public let corruptions: @Sendable (ReferenceColumns) -> [Corruption]
    /// How such columns are shown to people.
    public let showing: Showing

    /// A kind of the given parts.
    public init(
        name: String, summary: String, columns: Columns, making: Making,
        corruptions: @escaping @Sendable (ReferenceColumns) -> [Corruption], showing: Showing
    ) {
        (self.name, self.summary, self.columns) = (name, summary, columns)
        (self.making, self.corruptions, self.showing) = (making, corruptions, showing)
    }

    /// Which columns are of a kind, before and after they are fitted.
    public struct Columns: Sendable {
        /// Whether a column of a data set is of the kind, told by its values. The first kind that claims a column has it.
        public let claims: @Sendable (Column) -> Bool
        /// Whether a column that was fitted is of the kind.
        public let reads: @Sendable (EncodedColumn) -> Bool
        /// What becomes of a column of training rows; nil where it is not used. Throws where it cannot become what was asked for.
        public let fitted: @Sendable (Column, _ rows: Dataset, _ text: TextFeatures) throws -> EncodedColumn?

        /// - Parameters:
        ///   - claims: told by the values of a data set's column.
        ///   - reads: told by what a fitted column keeps; a kind of one's own goes by its name, say.
        ///   - fitted: what stands in the encoder; `DataKind.table.columns.fitted` serves numbers and categories.
        public init(
            claims: @escaping @Sendable (Column) -> Bool, reads: @escaping @Sendable (EncodedColumn) -> Bool,
            fitted: @escaping @Sendable (Column, _ rows: Dataset, _ text: TextFeatures) throws -> EncodedColumn?
        ) {
            (self.claims, self.reads, self.fitted) = (claims, reads, fitted)
        }
    }

    /// How rows are made up.
    public struct Making: Sendable {
        /// Makes so many values of a column by a strategy; nil where the kind leaves it to the strategy, which changes numbers and categories, and copies all else.
        public typealias Maker =
            @Sendable (RowSynthesiser, Column, _ count: Int, TransferStrategy, inout SeededGenerator) -> Column?

        /// Whether a strategy makes others of such a column than copies.
        public let isChanged: @Sendable (EncodedColumn, TransferStrategy) -> Bool
        /// What makes the values.
        public let made: Maker

        /// - Parameters:
        ///   - isChanged: told by the fitted column.
        ///   - made: what makes the values where the kind does so itself.
        public init(
            isChanged: @escaping @Sendable (EncodedColumn, TransferStrategy) -> Bool,
            made: @escaping Maker = { _, _, _, _, _ in nil }
        ) {
            (self.isChanged, self.made) = (isChanged, made)
        }

        /// Of data that no strategy changes.
        public static let copies = Making(isChanged: { _, _ in false })
    }

    /// How a column is shown.
    public struct Showing: Sendable {
        /// The rows in groups by their values, as slices need them; nil where there is nothing to part them by.
        public let partition: @Sendable (Column) -> RowPartition?
        /// Whether rows may be told apart by the column.
        public let varies: @Sendable (Column) -> Bool
        /// A row's value, which is there, in words.
        public let words: @Sendable (Column, _ row: Int) -> String

        /// - Parameters:
        ///   - partition: groups for slices.
        ///   - varies: whether rows differ in it.
        ///   - words: a value as people read it.
        public init(
            partition: @escaping @Sendable (Column) -> RowPartition?, varies: @escaping @Sendable (Column) -> Bool,
            words: @escaping @Sendable (Column, _ row: Int) -> String
        ) {
            (self.partition, self.varies, self.words) = (partition, varies, words)
        }

        /// Of arrays: their shape.
        public static let arrays = Showing(
            partition: { _ in nil }, varies: { _ in true },
            words: { column, _ in "of \(column.shape.map(String.init).joined(separator: " × ")) numbers" })
    }
}

/// Usual rows' columns, as corruptions of one kind of data are measured in them.
public struct ReferenceColumns: Sendable {
    /// Those of the kind.
    public let own: [Column]
    /// Those of all kinds.
    public let all: [Column]
    /// What a model reads of them.
    public let encoder: FeatureEncoder
    /// What is the same at all strengths follows from it.
    public let seed: UInt64
}
