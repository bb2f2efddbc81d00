public import Compute

/// The views in which a network sees the pictures of a transfer set, and the teacher's answers to them.
public struct TransferViews: Sendable {
    /// How the views are made, of these rows.
    public let pictures: PictureViews
    /// The teacher's answers as `TransferSet.softTargets`, one view of all rows after the other, (views · rows, task.width); nil where
    /// students learn from labels alone.
    public let softTargets: Matrix?
    /// How rows of a batch are mixed with each other; nil for not at all.
    public var mixing: Mixing?
    /// Who is asked about each batch as the student sees it, where there are no answers beforehand; nil for nobody.
    public var teacher: (any BatchTeacher)?
    /// The fingerprint of who is asked.
    public var teacherFingerprint: Fingerprint?

    /// Views with the answers to them.
    ///
    /// - Precondition: as many answers as pictures times views; without answers the views may be without number.
    public init(_ pictures: PictureViews, softTargets: Matrix? = nil, mixing: Mixing? = nil) {
        let answered = softTargets?.rows ?? pictures.keys.count * (pictures.count ?? 1)
        precondition(answered == pictures.keys.count * (pictures.count ?? 1), "an answer to each view")
        precondition(softTargets == nil || pictures.count != nil, "answers belong to numbered views")
        self.pictures = pictures
        self.softTargets = softTargets
        self.mixing = mixing
    }

    /// The views of the rows at the given positions.
    func selecting(_ rows: [Int]) -> TransferViews {
        let all = pictures.keys.count
        var selected = TransferViews(
            pictures.selecting(rows),
            softTargets: softTargets?.selecting(
                rows: (0..<(pictures.count ?? 1)).flatMap { view in rows.map { view * all + $0 } }), mixing: mixing)
        (selected.teacher, selected.teacherFingerprint) = (teacher, teacherFingerprint)
        return selected
    }
}
