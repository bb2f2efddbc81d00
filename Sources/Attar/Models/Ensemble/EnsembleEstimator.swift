internal import Compute

extension Family {
    /// The mean of several calibrated models.
    public static let ensemble = Family(
        summary: "the mean of several calibrated models",
        estimator: EnsembleEstimator.self, model: EnsembleModel.self)
}

/// How to train several models and average them, each calibrated first.
///
/// A member's temperature is fitted on rows that the member has not seen, and on them it stops early where its family does:
/// the validation rows where there are any, otherwise a quarter of the rows, after which the member is trained again on all.
/// Source: Guo et al., "On Calibration of Modern Neural Networks" (ICML 2017), for the temperature.
public struct EnsembleEstimator: Estimator, Hashable {
    public static let family = Family.ensemble

    /// The members' specifications, such as "forest[trees=50]"; empty takes those that suit the task.
    public var members: [String] = []
    /// Whose members' temperatures and lengths of training are taken over; nil finds them anew. Not a setting, and no part of what is encoded or compared.
    private var precedent: EnsembleModel?

    private enum CodingKeys: CodingKey { case members }

    public static func == (one: EnsembleEstimator, other: EnsembleEstimator) -> Bool { one.members == other.members }

    public func hash(into hasher: inout Hasher) { hasher.combine(members) }

    /// The default members.
    public init() {}

    public init(_ specification: Specification) throws {
        try specification.allow([], positional: true)
        members = specification.positional
        // A misspelled member shows now, and not after the others have been trained.
        let own = try members.map { try Self.estimator($0).ownTask }
        guard own.allSatisfy({ $0 == nil }) || own.allSatisfy({ $0 == .anomaly }) else {
            throw AttarError(
                .invalidSetting,
                "'\(specification)' averages what cannot be averaged: models that learn what they are told, clusters, or scores of how strange rows are",
                remedy:
                    "Name members of one kind, such as ensemble[\(Family.detectors.map(\.name).joined(separator: ","))]"
            )
        }
    }

    /// Rows up to which the default members hold a support vector machine: its time grows with their square, and on so many the other members have caught up.
    package static let mostRowsOfMachines = 10_000

    /// The members that are trained on so many rows where none are named: strong ones that err differently, and cheap enough to be trained
    /// once more for each fold.
    public static func defaultMembers(for form: AnswerForm, rows: Int) -> [String] {
        switch form {
        case .probabilities: rows > mostRowsOfMachines ? ["mlp", "boost"] : ["svm", "mlp", "boost"]
        case .values: ["boost", "mlp"]
        }
    }

    /// The members to train on so many rows: those that are named, else those of the ensemble before, of which this is a copy, else those that suit.
    package func names(for form: AnswerForm, rows: Int) -> [String] {
        if !members.isEmpty { return members }
        return precedent?.models.map { type(of: $0).familyName } ?? Self.defaultMembers(for: form, rows: rows)
    }

    public func memoryEstimate(_ extent: RowsExtent) -> Int {
        // Its members are trained in turn, on three quarters of the rows first.
        let form: AnswerForm = extent.outputs > 1 ? .probabilities : .values
        let estimates = names(for: form, rows: extent.rows).compactMap {
            try? Self.estimator($0).memoryEstimate(extent)
        }
        return extent.bytes + (estimates.max() ?? 0)
    }

    public func validate() throws {
        for member in members { try Self.estimator(member).validate() }
    }

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        let form = transferSet.task.form
        let names = names(for: form, rows: transferSet.count)
        if ownTask != nil { return try ranked(to: transferSet, context: context) }
        if members.isEmpty, Self.defaultMembers(for: form, rows: 0).contains("svm"), !names.contains("svm") {
            let note =
                "The ensemble is one of \(names.joined(separator: " and ")): on more than \(Self.mostRowsOfMachines) rows a support vector machine takes long (name it to have it all the same: ensemble[svm,\(names.joined(separator: ","))])"
            try report(
                RunProgress(
                    phase: "training ensemble", completed: 0, total: names.count, unit: "members", note: note),
                to: context.progress)
        }
        let estimators = try names.map(Self.estimator)
        var fitted: [EnsembleModel.Member] = []
        for (index, estimator) in estimators.enumerated() {
            var context = context
            // Two members of one family are two models, not one twice.
            context.seed &+= UInt64(index)
            if let known = precedent?.members[index], validation == nil {
                let model = try estimator.refitting(after: known.model)
                    .fitted(to: transferSet, validation: nil, context: context)
                fitted.append(EnsembleModel.Member(model: model, scaling: known.scaling))
            } else {
                fitted.append(
                    try Self.member(estimator, transferSet: transferSet, validation: validation, context: context))
            }
        }
        return EnsembleModel(task: transferSet.task, encoder: transferSet.encoder, members: fitted)
    }

    /// Members are trained for as long, and calibrated by the same temperatures, without holding rows out to find these once more.
    public func refitting(after model: any Model) -> any Estimator {
        var refitted = self
        if let model = model.uncalibrated as? EnsembleModel, members.isEmpty || model.members.count == members.count {
            refitted.precedent = model
        }
        return refitted
    }

    static func estimator(_ text: String) throws -> any Estimator {
        let specification = try Specification(text)
        return try Family.named(specification.name).estimator(specification)
    }

    private static func member(
        _ estimator: any Estimator, transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> EnsembleModel.Member {
        if let validation {
            let model = try estimator.fitted(to: transferSet, validation: validation, context: context)
            return EnsembleModel.Member(model: model, scaling: scaling(of: model, on: validation))
        }
        guard let heldOut = heldOutRows(of: transferSet, seed: context.seed) else {
            let model = try estimator.fitted(to: transferSet, validation: nil, context: context)
            return EnsembleModel.Member(model: model, scaling: .identity)
        }
        let isHeldOut = Set(heldOut)
        let rest = transferSet.selecting((0..<transferSet.count).filter { !isHeldOut.contains($0) })
        let unseen = transferSet.selecting(heldOut)
        let trial = try estimator.fitted(to: rest, validation: unseen, context: context)
        let scaling = scaling(of: trial, on: unseen)
        let model = try estimator.refitting(after: trial).fitted(to: transferSet, validation: nil, context: context)
        return EnsembleModel.Member(model: model, scaling: scaling)
    }

    private static func scaling(of model: any Model, on rows: TransferSet) -> TemperatureScaling {
        guard model.task.form == .probabilities else { return .identity }
        let probabilities = model.outputs(for: rows.features).matrix
        return TemperatureScaling(
            fittedTo: probabilities.centredLogits(lowest: TemperatureScaling.lowest), labels: rows.labels,
            weights: rows.weights)
    }

    /// A quarter of the real rows, of each class alike; nil where there are too few to say anything, or nobody knows their classes.
    private static func heldOutRows(of transferSet: TransferSet, seed: UInt64) -> [Int]? {
        guard transferSet.truth != .none else { return nil }
        var generator = SeededGenerator(seed: seed, stream: "ensemble")
        let eligible = (0..<transferSet.count).filter {
            transferSet.origins[$0] == .real && transferSet.weights[$0] > 0
        }
        let groups =
            transferSet.task.form == .probabilities
            ? transferSet.task.names.indices.map { label in
                eligible.filter { transferSet.labels[$0] == Int32(label) }
            } : [eligible]
        let held = groups.flatMap { $0.shuffled(using: &generator).prefix($0.count / 4) }
        return held.count >= 10 ? held.sorted() : nil
    }
}
