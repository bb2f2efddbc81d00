/// An estimator with a number that needs no name in brackets, as in `kmeans[10]`, beside options that have one.
package protocol NumberedEstimator: OptionedEstimator {
    /// What the number is.
    static var number: BracketNumber<Self> { get }
}

/// The number that a specification gives without a name: what it counts, where it goes, and which are allowed.
package struct BracketNumber<Root: NumberedEstimator>: Sendable {
    /// What it counts, in the plural: "clusters".
    let noun: String
    /// Where it goes.
    let member: any WritableKeyPath<Root, Int> & Sendable
    /// Which are allowed.
    let range: ClosedRange<Int>
    /// One that is often good, for messages.
    let example: Int

    /// Takes over what a specification gives.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where it gives several, or what is no whole number.
    func read(_ specification: Specification, into root: inout Root) throws {
        let given = try specification.positionalIntegers()
        guard given.count <= 1 else {
            throw AttarError(
                .invalidSetting,
                "\(specification.name) takes one number of \(noun), and '\(specification)' gives \(given.count)",
                remedy: "Write it as \(specification.name)[\(example)]")
        }
        root[keyPath: member] = given.first ?? root[keyPath: member]
    }

    /// Refuses a number that is not allowed.
    func check(_ root: Root) throws {
        let number = root[keyPath: member]
        guard range.contains(number) else {
            throw AttarError(
                .invalidSetting, "\(Root.family.name) is given \(number) \(noun)",
                remedy: "Give \(range.lowerBound) to \(range.upperBound), such as \(Root.family.name)[\(example)]")
        }
    }
}

extension NumberedEstimator {
    public init(_ specification: Specification) throws {
        try specification.allow(Self.options.map(\.name), positional: true)
        self.init()
        try Self.number.read(specification, into: &self)
        try set(from: specification)
    }

    public func validate() throws {
        try Self.number.check(self)
        for option in Self.options { try option.check(self, Self.family.name) }
    }
}
