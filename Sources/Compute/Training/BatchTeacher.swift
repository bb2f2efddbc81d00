/// A teacher that is asked about each batch while a student trains, so that it sees what the student sees: augmented and mixed.
public protocol BatchTeacher: AnyObject, Sendable {
    /// Answers a batch.
    ///
    /// - Parameters:
    ///   - features: the student's inputs, (rows, features).
    ///   - rows: at most the `capacity` that it was made for.
    ///   - softTargets: receives logits or values, (rows, outputs).
    func answer(
        _ features: UnsafePointer<Float>, rows: Int, into softTargets: UnsafeMutablePointer<Float>)
}
