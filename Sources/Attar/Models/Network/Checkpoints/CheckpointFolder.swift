internal import Compute
internal import Foundation

/// A folder in which the fits of one run keep how far they are, so that a run that was killed at any moment goes on, to the bit, when it
/// is started again. Fits that had ended are not made again.
///
/// The folder belongs to one run: the same recipe on the same data. It is removed when the run has written its result.
public struct CheckpointFolder: Sendable {
    /// The folder's path.
    public let path: String
    private let interval: Duration

    private static let owner = "run.json"
    private static let suffix = ".checkpoint"

    /// What says whose folder it is.
    private struct Owner: Codable {
        let run: Fingerprint
    }

    /// Opens a folder, or makes it.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - interval: the time between two savings of a fit.
    ///   - recipe: what is to be done.
    ///   - data: the fingerprints of all rows that are read.
    /// - Throws: `AttarError`: `invalidSetting` where it belongs to another run or holds something else, `unwritableFile`.
    public init(_ path: String, every interval: Duration = .seconds(10), for recipe: Recipe, on data: [Fingerprint])
        throws
    {
        if recipe.peer != nil {
            throw AttarError(
                .invalidSetting,
                "checkpoints do not go with a peer: two students that learn from each other are not kept",
                remedy: "Leave --checkpoint out")
        }
        self.path = path
        self.interval = interval
        var hasher = FingerprintHasher()
        hasher.combine(String(decoding: try JSONEncoder.sorted.encode(recipe), as: UTF8.self))
        for fingerprint in data { hasher.combine(fingerprint.hex) }
        let run = hasher.finished()
        let note = "\(path)/\(Self.owner)"
        if let contents = FileManager.default.contents(atPath: note) {
            guard let owner = try? JSONDecoder().decode(Owner.self, from: contents), owner.run == run else {
                throw AttarError(
                    .invalidSetting,
                    "the checkpoints in '\(path)' belong to another run: another recipe, other data or threads",
                    remedy: "Repeat that run as it was, name another folder, or delete this one")
            }
            return
        }
        // A run that was killed before it had written whose folder this is leaves a file with a temporary name.
        let inside = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        if let other = inside.filter({ !$0.hasSuffix(".partial") }).min() {
            throw AttarError(
                .invalidSetting, "the folder '\(path)' for checkpoints holds something else, such as '\(other)'",
                remedy: "Name a new folder")
        }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw AttarError(
                .unwritableFile, "the folder '\(path)' for checkpoints cannot be made", remedy: "Name another folder",
                underlying: error)
        }
        try Self.write([UInt8](try JSONEncoder.sorted.encode(Owner(run: run))), to: note)
    }

    /// The checkpoint of a fit.
    ///
    /// - Parameter fit: what the fit's result follows from.
    /// - Throws: `AttarError` (`malformedArtifact`) where there is a file that is no checkpoint.
    func checkpoint(for fit: Fingerprint) throws -> Checkpoint {
        let file = "\(path)/\(fit.hex.prefix(24))\(Self.suffix)"
        let state = FileManager.default.fileExists(atPath: file) ? try TrainingState(checkpoint: file) : nil
        return Checkpoint(from: state, every: interval) { state in
            // A checkpoint that cannot be written costs time after a kill, no result: the run itself goes on.
            if let bytes = try? state.checkpoint().encoded() { try? Self.write(bytes, to: file) }
        }
    }

    /// Removes the folder's checkpoints, and the folder if nothing else is in it.
    public func remove() {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        // A kill in the middle of writing leaves a file with a temporary name.
        for file in files where [Self.suffix, ".partial"].contains(where: file.hasSuffix) {
            try? FileManager.default.removeItem(atPath: "\(path)/\(file)")
        }
        // The owner's note goes last, so that after a kill in the middle of removing the folder is still this run's.
        try? FileManager.default.removeItem(atPath: "\(path)/\(Self.owner)")
        rmdir(path)
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        try OutputFile.write(bytes, to: path)
    }
}

extension JSONEncoder {
    /// The same value, the same bytes.
    fileprivate static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }
}

extension Fingerprint {
    /// What a fit's result follows from: how it learns, from what, and with which random numbers.
    init(
        of estimator: some Estimator, _ rows: TransferSet, _ validation: TransferSet?, _ context: FittingContext
    ) throws {
        var hasher = FingerprintHasher()
        hasher.combine(type(of: estimator).family.name)
        hasher.combine(String(decoding: try JSONEncoder.sorted.encode(estimator), as: UTF8.self))
        hasher.combine(String(decoding: try JSONEncoder.sorted.encode(context.loss), as: UTF8.self))
        hasher.combine("\(context.seed), \(context.threads) threads")
        for set in [rows] + (validation.map { [$0] } ?? []) {
            hasher.combine(set.task)
            hasher.combine(set.encoder)
            hasher.combine(set.features.elements)
            hasher.combine(set.teaching)
            if let known = set.known { hasher.combine(known.map { $0 ? Int32(1) : 0 }) }
            hasher.combine(set.labels)
            hasher.combine(set.values.elements)
            hasher.combine(set.weights)
            if let hidden = set.hidden {
                hasher.combine(hidden.terms.map(\.description).joined(separator: " "))
                hasher.combine(hidden.teacher.fingerprint.hex)
            }
            if let views = set.views {
                hasher.combine(views.softTargets?.elements ?? [])
                hasher.combine(views.pictures.keys)
                let pictures = views.pictures
                hasher.combine(
                    "\(pictures.shift) \(pictures.flips) \(pictures.seed) \(pictures.count ?? 0) \(views.mixing.map { "\($0)" } ?? "")"
                )
                hasher.combine(views.teacherFingerprint?.hex ?? "")
            }
        }
        self = hasher.finished()
    }
}

extension FingerprintHasher {
    /// Soft targets as they are told; as many numbers as none where there are none.
    fileprivate mutating func combine(_ teaching: SoftTargets?) {
        switch teaching {
        case nil: combine([Float]())
        case .dense(let matrix): combine(matrix.elements)
        case .sparse(let classes, let tail):
            combine(classes)
            combine(tail)
        case .sampled(let classes): combine(classes)
        }
    }

    private mutating func combine(_ lists: Ragged) {
        combine(lists.offsets)
        combine(lists.ids)
        combine(lists.values)
    }
}
