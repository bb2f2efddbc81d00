/// Where a certificate comes from: all that is needed to make it again.
public struct Provenance: Hashable, Codable, Sendable {
    /// The hash of the training data, before test rows were split off.
    public var data: Fingerprint
    /// The hash of the test rows.
    public var test: Fingerprint
    /// The hash of the student: its task, its encoding and its numbers.
    public var student: Fingerprint
    /// The hash of the teacher; nil where there is none.
    public var teacher: Fingerprint?
    /// The seed that everything follows from.
    public var seed: UInt64
    /// Versions by name: Attar, and the libraries that were used.
    public var versions: [String: String]
    /// What it was made on.
    public var machine: Machine
    /// When, in UTC.
    public var created: String
}

extension Provenance {
    /// The provenance of what is made here and now.
    ///
    /// - Parameter created: when, as the artifact says it.
    init(
        data: Fingerprint, test: Fingerprint, student: Fingerprint, teacher: Fingerprint?, seed: UInt64, created: String
    ) {
        var versions = ["Attar": AttarVersion.current]
        for library in SystemLibrary.all { versions[library.name] = library.version }
        self.init(
            data: data, test: test, student: student, teacher: teacher, seed: seed, versions: versions,
            machine: .current, created: created)
    }
}
