public import Compute

/// The views in which a network sees the pictures of a transfer set, and the teacher's answers to them.
public struct TransferViews: Sendable {
    /// How the views are made, of these rows.
    public let pictures: PictureViews
    /// The teacher's answers as `TransferSet.softTargets`, one view of all rows after the other, (views · rows, task.width); nil where
    /// students learn from labels alone.
    public let softTargets: Matrix?

    /// Views with the answers to them.
    ///
    /// - Precondition: as many answers as pictures times views; without answers the views may be without number.
    public init(_ pictures: PictureViews, softTargets: Matrix? = nil) {
        let answered = softTargets?.rows ?? pictures.keys.count * (pictures.count ?? 1)
        precondition(answered == pictures.keys.count * (pictures.count ?? 1), "an answer to each view")
        precondition(softTargets == nil || pictures.count != nil, "answers belong to numbered views")
        self.pictures = pictures
        self.softTargets = softTargets
    }

    /// The views of the rows at the given positions.
    func selecting(_ rows: [Int]) -> TransferViews {
        let all = pictures.keys.count
        return TransferViews(
            pictures.selecting(rows),
            softTargets: softTargets?.selecting(
                rows: (0..<(pictures.count ?? 1)).flatMap { view in rows.map { view * all + $0 } }))
    }
}
