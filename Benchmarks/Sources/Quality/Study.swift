import Attar
import Foundation

/// One bundled data set, distilled over and over.
struct Study {
    private let name: String
    private let rows: Dataset

    /// Reads the data set.
    init(_ name: String, target: String) throws {
        self.name = name
        rows = try Dataset.read("../Datasets/\(name).csv").taking(target: target)
    }

    /// Distils the default ensemble into a student on each split, and prints the figures with their goals.
    ///
    /// - Parameter trust: whether the evidence is printed, too.
    func report(
        _ student: String, over seeds: ClosedRange<UInt64>, _ figures: [Figure], trust: Bool = false
    ) async throws {
        var certificates: [Certificate] = []
        for seed in seeds {
            FileHandle.standardError.write(Data("\(name), \(student), seed \(seed)\n".utf8))
            var recipe = Recipe()
            recipe.student = student
            recipe.seed = seed
            // Sets that always hold the likeliest class cover as often as the student is right, and would not tell whether thresholds cover what they say.
            recipe.allowEmpty = true
            certificates.append(
                try await Distiller(recipe).distilled(on: rows).certificate)
        }
        print("\(name), student \(student), \(certificates.count) split\(certificates.count == 1 ? "" : "s"):")
        for figure in figures { print("    \(figure.text(certificates))") }
        if trust { Trust(certificates).report() }
    }
}
