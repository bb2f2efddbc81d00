internal import Compute

/// How far answers agree with labels.
enum Agreement {
    /// Accuracy, or R² (1 less the squared error over the targets' variance); nil where the teacher has other classes.
    static func withLabels(_ outputs: Answers, _ task: LearningTask, _ target: Target) -> Double? {
        guard task.kind == target.task.kind, target.count > 0 else { return nil }
        switch target.truth {
        case .none: return nil
        case .classes(let labels):
            let places = TruthWord.positions(of: target.task.names, among: task.names)
            let right = zip(outputs.matrix.argmax(), labels).count { answer, label in
                label >= 0 && places[Int(label)] == Int(answer)
            }
            return Double(right) / Double(target.count)
        case .values(let truth):
            guard outputs.matrix.columns == truth.columns else { return nil }
            let (answers, values) = (outputs.matrix.elements, truth.elements)
            let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
            let error = zip(answers, values).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
            let spread = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
            return spread > 0 ? 1 - error / spread : nil
        }
    }
}
