/// One thing that evidence is made of: how it is measured, and what its result is. A report has one section for each.
///
/// A part is one file with its own constant, and one line in `EvidencePart.all`; a task names the parts that apply to it.
public struct EvidencePart: Registered {
    /// The key of its result.
    public let name: String
    /// The result's type.
    public let result: any EvidenceResult.Type
    private let measure: @Sendable (Measurement) async throws -> (any EvidenceResult)?

    /// A part that measures a result, nil where that cannot be done.
    public init<Result: EvidenceResult>(
        _ result: Result.Type, measure: @escaping @Sendable (Measurement) async throws -> Result?
    ) {
        name = Result.key
        self.result = result
        self.measure = { try await measure($0) }
    }

    /// The part of a measurement.
    public func measured(by measurement: Measurement) async throws -> (any EvidenceResult)? {
        try await measure(measurement)
    }
}

extension EvidencePart {
    /// What is looked at where rows have labels, in the order in which a report shows it.
    public static let labelled: [EvidencePart] = [
        .leaks, .nonInferiority, .skill, .training, .calibration, .selection, .coverage, .shift, .outOfDistribution,
        .classes, .slices, .learning, .disagreement,
    ]

    /// Every part that Attar measures, in the order in which a report shows them.
    public static let all: [EvidencePart] = [
        .leaks, .nonInferiority, .skill, .training, .calibration, .selection, .coverage, .shift, .outOfDistribution,
        .clusters, .alarms, .classes, .slices, .learning, .disagreement,
    ]
}
