package import Compute

/// What a student imitates of its teacher's hidden tensors; part of a transfer set.
///
/// The tensors are those of one network that is asked about each batch as the student sees it. Out-of-fold copies of a teacher cannot stand in for
/// it: each has found a hidden space of its own, so that the unit 3 of one has nothing to do with unit 3 of the next, and their answers alone agree.
/// Soft targets stay out of fold all the same. Where a fold is held out to choose a student, its network is the copy that has not seen the fold.
public struct FeatureTeaching: Sendable {
    /// What is compared.
    public let terms: [FeatureTerm]
    /// Whose tensors they are.
    public let teacher: any TappableModel

    /// Comparisons with a teacher's hidden tensors.
    public init(_ terms: [FeatureTerm], teacher: any TappableModel) {
        (self.terms, self.teacher) = (terms, teacher)
    }

    /// Comparisons with the hidden tensors of any teacher that has some.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) for a teacher that is no network.
    init(_ terms: [FeatureTerm], of teacher: any Teacher) throws {
        guard let teacher = teacher.hiddenModel else {
            throw AttarError(
                .unusableTeacher, "features compare hidden tensors, which this teacher does not have or show",
                remedy: "Give a network, such as --teacher mlp or an .attar file of one, or leave features out")
        }
        self.init(terms, teacher: teacher)
    }

    /// Refuses ways of training that the comparisons do not go with.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func refuse(_ training: NetworkTraining, of name: String, mixing: Mixing?) throws {
        try Self.refuse(terms, training, of: name)
        if mixing != nil {
            throw AttarError(
                .invalidSetting,
                "features do not go with mixup or cutmix: a mixed row's targets are two, its hidden tensors one",
                remedy: "Leave them out of augment, or leave features out")
        }
    }

    /// Refuses settings of training that the entries do not go with.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    static func refuse(_ terms: [FeatureTerm], _ training: NetworkTraining, of name: String) throws {
        if training.accumulation > 1, let term = terms.first(where: { $0.loss.comparison?.isRelational == true }) {
            throw AttarError(
                .invalidSetting,
                "\(term.loss.rawValue) compares the rows of a batch with each other, which a batch in \(training.accumulation) parts would change",
                remedy: "Leave accumulate out of \(name), or take hint or attention")
        }
    }

    /// The student's graph with its taps, the loss on outputs and taps, and who fills the teacher's.
    ///
    /// - Parameters:
    ///   - graph: the graph that is trained.
    ///   - name: the student's, for messages.
    ///   - encoder: what encodes the student's rows.
    ///   - outputs: the loss on the outputs.
    /// - Throws: `AttarError`: `invalidSetting` where tensors do not fit, `unusableTeacher` where the teacher reads other rows.
    package func connected(
        to graph: Graph, named name: String, reading encoder: FeatureEncoder, outputs: DistillationLoss
    ) throws -> (graph: Graph, loss: any LossFunction, teacher: HiddenTeacher) {
        let network = teacher.network
        let connection = try FeatureConnection(
            terms, student: graph, named: name, teacher: network.graph, named: type(of: teacher).familyName)
        let (factors, offsets) = try teacher.encoder.rescaling(from: encoder)
        let tapped = Network(connection.teacher, weights: network.weights).folded()
        return (
            connection.student, TaughtLoss(outputs: outputs, parts: connection.parts),
            HiddenTeacher(tapped, factors: factors, offsets: offsets)
        )
    }
}

extension FeatureEncoder {
    /// What another encoder's features are times and plus, to be this one's; both empty where they are the same.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where they do not encode the same columns.
    func rescaling(from other: FeatureEncoder) throws -> (factors: [Float], offsets: [Float]) {
        if self == other { return ([], []) }
        var (factors, offsets): ([Float], [Float]) = ([], [])
        let isSame = columns.count == other.columns.count
        for (own, theirs) in zip(columns, other.columns) where isSame {
            guard
                own.name == theirs.name && own.kind == theirs.kind && own.categories == theirs.categories
                    && own.hasIndicator == theirs.hasIndicator && own.shape == theirs.shape
                    && own.vocabulary == theirs.vocabulary && own.dates == theirs.dates && own.text == theirs.text
            else { break }
            for index in 0..<own.width {
                // Indicators and categories are 0 or 1 in both.
                let isScaled =
                    own.kind == .tensor || own.kind == .date || (own.kind == .numeric && index == 0)
                let channel = index % own.means.count
                factors.append(isScaled ? theirs.deviations[channel] / own.deviations[channel] : 1)
                offsets.append(
                    isScaled ? (theirs.means[channel] - own.means[channel]) / own.deviations[channel] : 0)
            }
        }
        guard isSame, factors.count == width else {
            throw AttarError(
                .unusableTeacher,
                "the teacher reads other columns or categories than the student, so that it cannot be asked batch by batch",
                remedy: "Train the teacher on the same columns, or leave features out")
        }
        return (factors, offsets)
    }
}
