/// An estimator that tells its options, for documentation.
package protocol ListsOptions: Estimator {
    /// Each option with its meaning and default.
    var optionsInWords: [String] { get }
}

/// An estimator whose options in brackets are declared once: what a specification names, what is refused, and what `attar help families` prints.
package protocol OptionedEstimator: ListsOptions {
    /// The default settings.
    init()

    /// The options with a name.
    static var options: [ModelOption<Self>] { get }
}

extension OptionedEstimator {
    public init(_ specification: Specification) throws {
        try specification.allow(Self.options.map(\.name))
        self.init()
        try set(from: specification)
    }

    public func validate() throws {
        for option in Self.options { try option.check(self, Self.family.name) }
    }

    /// Takes over the options with a name that a specification gives.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a value that does not parse.
    mutating func set(from specification: Specification) throws {
        for option in Self.options { try option.read(specification, &self) }
    }

    package var optionsInWords: [String] { Self.options.map { $0.inWords(of: self) } }
}
