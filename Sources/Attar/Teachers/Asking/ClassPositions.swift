/// Where classes stand, by the names that a teacher answers with: the classes' own, and words of truth however they are written.
struct ClassPositions: Sendable {
    private let own: [String: Int]
    private let names: [String]
    private let areTruths: Bool
    private let countsToo: Bool

    /// The positions of some classes, of equal ones the first.
    ///
    /// - Parameter countsToo: whether whole numbers that are no class's name are positions themselves.
    init(_ names: [String], orNumbers countsToo: Bool = false) {
        own = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        (self.names, self.countsToo, areTruths) = (names, countsToo, TruthWord.areAll(names))
    }

    /// The position of a class; nil for what is none.
    subscript(name: String) -> Int? {
        if let position = own[name] { return position }
        if areTruths, let position = TruthWord.positions(of: [name], among: names)[0] { return position }
        guard countsToo, let number = Int(name), names.indices.contains(number) else { return nil }
        return number
    }

    /// Whether other names name all the classes, each once.
    func areAll(_ others: [String]) -> Bool {
        let positions = others.map { self[$0] }
        return positions.count == names.count && Set(positions).count == names.count && !positions.contains(nil)
    }
}
