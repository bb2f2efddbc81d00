internal import Compute

/// A student's and a teacher's graph with taps for the entries of a recipe's `features`, made before anything is trained.
///
/// Pictures of different sizes are pooled, by means, to the smaller where one size is a whole multiple of the other; else they are refused. A hint
/// adds a learned projection to the student's graph. What is added stands outside of the way to the output, and is dropped with it.
struct FeatureConnection {
    /// The student's graph with its taps.
    private(set) var student: Graph
    /// The teacher's graph with as many taps.
    private(set) var teacher: Graph
    /// What is compared at the taps.
    private(set) var parts: [TaughtLoss.Part] = []

    private let (studentName, teacherName): (String, String)

    /// Connects two networks.
    ///
    /// - Parameters:
    ///   - student: the graph that is trained.
    ///   - teacher: the graph that answers.
    /// - Throws: `AttarError` (`invalidSetting`) for a tensor that there is not, or tensors that cannot be compared.
    init(
        _ terms: [FeatureTerm], student: Graph, named studentName: String, teacher: Graph, named teacherName: String
    ) throws {
        (self.student, self.teacher) = (student, teacher)
        (self.studentName, self.teacherName) = (studentName, teacherName)
        for (index, term) in terms.enumerated() { try add(term, index) }
        (self.student.output, self.teacher.output) = (student.output, teacher.output)
    }

    private mutating func add(_ term: FeatureTerm, _ index: Int) throws {
        try term.validate()
        guard let comparison = term.loss.comparison else { return }
        let needsPositions = comparison.requirement == .positions
        let own = try student.hidden(term.student, of: "the student \(studentName)", withPositions: needsPositions)
        let other = try teacher.hidden(term.teacher, of: "the teacher \(teacherName)", withPositions: needsPositions)
        let pair = "the student's '\(student[own].name)' and the teacher's '\(teacher[other].name)'"
        var (read, seen) = (own, other)
        do {
            if comparison.requirement != .nothing {
                (read, seen) = try pooled(own, other, term, pair, index)
            }
            if comparison.requirement == .projection {
                read = try student.append(
                    Dense(teacher[seen].shape.dimensions.last ?? 1), named: "features.\(index).projection", to: read)
            } else if student.taps.contains(read) {
                // Each tap has one teacher and one gradient.
                read = try student.append(Activation(.identity), named: "features.\(index)", to: read)
            }
        } catch let error as ShapeError {
            throw AttarError(.invalidSetting, "\(pair) cannot be compared: \(error)")
        }
        parts.append(TaughtLoss.Part(comparison: comparison, weight: term.factor, tap: student.taps.count))
        student.taps.append(read)
        teacher.taps.append(seen)
    }

    /// The two tensors with the same positions.
    private mutating func pooled(
        _ own: Graph.Tensor, _ other: Graph.Tensor, _ term: FeatureTerm, _ pair: String, _ index: Int
    ) throws -> (Graph.Tensor, Graph.Tensor) {
        let (mine, theirs) = (student[own].shape.dimensions, teacher[other].shape.dimensions)
        let (positions, others) = (mine.dropLast(), theirs.dropLast())
        if positions == others { return (own, other) }
        let remedy =
            "Name tensors of one size, or of sizes that are whole multiples, with \(term.loss.rawValue):TEACHER>STUDENT; 'attar inspect' lists them"
        if positions.count == 2, others.count == 2 {
            func window(_ large: [Int], _ small: [Int]) -> Extent? {
                large[0].isMultiple(of: small[0]) && large[1].isMultiple(of: small[1])
                    ? Extent(height: large[0] / small[0], width: large[1] / small[1]) : nil
            }
            if let window = window(mine, theirs) {
                let name = "features.\(index).pooled"
                return (try student.append(AveragePooling2D(window), named: name, to: own), other)
            }
            if let window = window(theirs, mine) {
                let name = "features.\(index).pooled"
                return (own, try teacher.append(AveragePooling2D(window), named: name, to: other))
            }
        }
        throw AttarError(
            .invalidSetting,
            "\(pair) cannot be compared by \(term.loss.rawValue): rows have the shapes \(mine) and \(theirs)",
            remedy: remedy)
    }
}

extension Graph {
    /// The hidden tensor of a name, or without one the last.
    ///
    /// - Parameters:
    ///   - owner: whose it is, for messages: "the student mlp[16]".
    ///   - withPositions: whether the tensor has positions besides channels, as pictures do.
    fileprivate func hidden(_ name: String?, of owner: String, withPositions: Bool) throws -> Tensor {
        if hidden.isEmpty || lastHidden == nil {
            throw AttarError(
                .invalidSetting, "\(owner) has no hidden tensors that features could compare",
                remedy: "Take a network with hidden layers, such as mlp[32], or leave features out")
        }
        func hasPositions(_ tensor: Tensor) -> Bool { self[tensor].shape.dimensions.count > 1 }
        if let name {
            guard let tensor = hidden.first(where: { self[$0].name == name }) else {
                throw AttarError(
                    .invalidSetting, "\(owner) has no hidden tensor '\(name)'",
                    remedy: didYouMean(name, among: hidden.map { self[$0].name }))
            }
            if withPositions, !hasPositions(tensor) {
                throw AttarError(
                    .invalidSetting, "'\(name)' of \(owner) has no positions for attention to compare",
                    remedy: "Name a convolution's result, or take another loss, such as similarity")
            }
            return tensor
        }
        let candidates = withPositions ? hidden.filter(hasPositions) : [lastHidden].compactMap(\.self)
        guard let tensor = candidates.last else {
            throw AttarError(
                .invalidSetting, "\(owner) has no hidden tensor with positions for attention to compare",
                remedy: "Take a convolutional network, or another loss, such as similarity")
        }
        return tensor
    }
}
