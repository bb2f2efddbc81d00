/// Something that a report shows of a result: a shape with its numbers and words, and nothing of the task that they come from.
///
/// Closed, since reports draw each shape; what is shown is the evidence part's to say.
public enum Exhibit: Hashable, Sendable {
    /// One of the models that are compared.
    public enum Whose: Hashable, Sendable {
        /// The student that is shipped.
        case student
        /// The same student without the teacher.
        case labelsOnly
        /// Who taught it.
        case teacher
    }

    /// A sentence or more.
    case text(String)
    /// A table; the first cell of each row is its header.
    case table(caption: String, header: [String], rows: [[String]])
    /// Lines through points, one a model.
    case curve(title: String, x: String, y: String, lines: [Line])
    /// Lying bars, a group of one bar a model.
    case bars(title: String, groups: [Group])
    /// Counts by two kinds of names, lines and columns.
    case matrix(caption: String, names: [String], counts: [[Int]])

    /// One model's points.
    public struct Line: Hashable, Sendable {
        /// The model.
        public var whose: Whose
        /// x and y of each point.
        public var points: [[Double]]

        /// A line.
        public init(_ whose: Whose, points: [[Double]]) { (self.whose, self.points) = (whose, points) }
    }

    /// Bars that belong together.
    public struct Group: Hashable, Sendable {
        /// What they are about.
        public var name: String
        /// The models' values.
        public var values: [Bar]

        /// A group of bars.
        public init(_ name: String, values: [Bar]) { (self.name, self.values) = (name, values) }
    }

    /// One model's bar.
    public struct Bar: Hashable, Sendable {
        /// The model.
        public var whose: Whose
        /// How long it is.
        public var value: Double

        /// A bar.
        public init(_ whose: Whose, _ value: Double) { (self.whose, self.value) = (whose, value) }
    }
}
