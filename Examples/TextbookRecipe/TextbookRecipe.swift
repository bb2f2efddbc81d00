import Attar

/// The textbook recipe of knowledge distillation in four steps, on handwritten digits stretched to 10 × 10 pixels.
///
///     swift run -c release TextbookRecipe [Datasets/digits.csv]
@main
struct TextbookRecipe {
    static func main() async throws {
        let path = CommandLine.arguments.dropFirst().first ?? "Datasets/digits.csv"
        let digits = try Dataset.read(path).taking(target: "digit").stretchingPictures(from: 8, to: 10)
        let (training, test) = try digits.split(testFraction: 0.3, seed: 1)
        let encoder = try FeatureEncoder(fittedTo: training)

        // 1. Train the teacher, 100-64-32-10, on the labels: ReLU, softmax, Adam, cross-entropy.
        var network = MLPEstimator()
        network.hidden = [64, 32]
        network.epochs = 10
        network.batchSize = 32
        let teacher = try network.fitted(
            to: TransferSet(training, encoder: encoder), validation: nil,
            context: FittingContext(loss: .labelsOnly(.probabilities)))

        // 2. Ask it for its outputs.
        let outputs = try await teacher.predict(training)

        // 3. Train the student, 100-16-10, on outputs and labels together: a tenth cross-entropy with the labels, nine
        //    tenths T²·KL to the teacher at T = 4. DistillationLoss(named: "probabilities", for: .probabilities) is MSE.
        network.hidden = [16]
        let student = try network.fitted(
            to: TransferSet(training, encoder: encoder, taughtBy: outputs), validation: nil,
            context: FittingContext(loss: .hinton(labelShare: 0.1, temperature: 4)))

        // 4. Predict with the student.
        let predictions = try await student.predict(test)

        let teacherPredictions = try await teacher.predict(test)
        let figures = try predictions.metrics(on: test, teacher: teacherPredictions)
        let teacherFigures = try teacherPredictions.metrics(on: test)
        print("On \(test.count) rows that neither has seen:")
        print("teacher 100-64-32-10  accuracy  \(percent(teacherFigures[.accuracy]))")
        print("student 100-16-10     accuracy  \(percent(figures[.accuracy]))")
        print("student and teacher   agreement \(percent(figures[.agreement]))")
    }

    /// A share with one decimal.
    private static func percent(_ share: Double?) -> String {
        "\(((share ?? 0) * 1000).rounded() / 10) %"
    }
}
