/// A design of networks that can be trained: what a specification says of it, and how it is trained unless told otherwise.
///
/// A new family of networks is a design in AttarRuntime's `Designs/`, one file here with its training and a `Family` constant, and one line in the
/// registry.
public protocol TrainableDesign: NetworkDesign {
    /// The family, as named on the command line.
    static var family: Family { get }

    /// The options with a name that `init(_:)` reads. What they must be is checked by `validate()`, which files that are read need, too.
    static var options: [ModelOption<Self>] { get }

    /// How networks of this design are trained unless told otherwise.
    static var training: NetworkTraining { get }

    /// The design that a specification's options describe; options of training are not its concern.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a value that does not parse.
    init(_ specification: Specification) throws
}

extension TrainableDesign {
    /// The settings that suit small tables.
    public static var training: NetworkTraining { NetworkTraining() }

    /// Takes over the options with a name that a specification gives.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a value that does not parse.
    mutating func set(from specification: Specification) throws {
        for option in Self.options { try option.read(specification, &self) }
    }
}
