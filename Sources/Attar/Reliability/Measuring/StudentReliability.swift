/// What is known of a student's reliability before the test rows are asked.
package struct StudentReliability: Sendable {
    /// The method of sets or intervals that the artifact keeps.
    package var sets: SetMethod
    /// Whether its sets of classes can be empty.
    package var allowsEmpty = false
    /// Of residuals on rows that the student had not learned from; nil where there are too few, or the task has classes.
    package var tree: ResidualTree?
    /// How the student's probabilities are scaled.
    package var calibration: Calibration

    /// Nothing known.
    package init(sets: SetMethod = .none, tree: ResidualTree? = nil, calibration: Calibration = Calibration()) {
        (self.sets, self.tree, self.calibration) = (sets, tree, calibration)
    }
}
