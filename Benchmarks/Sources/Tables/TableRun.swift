import Attar
import Foundation

/// One student on one split of one table.
struct TableRun {
    /// The table.
    let table: String
    /// The student's family.
    let family: String
    /// The table's main metric: accuracy or R².
    let metric: String
    /// The figures of the run.
    let certificate: Certificate
    /// Seconds.
    let seconds: Double
    /// For shares of the labels the figure of the student that was taught the other rows as well, and that of the same student on those labels alone.
    var few: [(share: Double, taught: Double, alone: Double)] = []

    /// Distilled minus labels alone.
    var gain: Estimate { certificate.difference[metric] ?? Estimate(exactly: .nan) }
    /// Distilled minus the teacher.
    var toTeacher: Double { certificate.differenceToTeacher[metric]?.value ?? .nan }
    /// The figure of labels alone, on all of them.
    var labelsOnly: Double { certificate.labelsOnly[metric]?.value ?? .nan }

    /// Whether it is measurably worse than labels alone, by more than half a point.
    var isWorse: Bool { gain.high < 0 && gain.value < -0.005 }

    /// Distils on one split.
    ///
    /// - Parameter shares: of the labels that are kept in further runs, in which the other rows stand without a label.
    init(_ table: String, _ rows: Dataset, family: String, student: String, seed: UInt64, shares: [Double]) async throws
    {
        var recipe = Recipe()
        (recipe.teacher, recipe.student, recipe.seed, recipe.seeds) = ("forest[trees=100]", student, seed, 1)
        recipe.evidence = .quick
        let (training, test) = try rows.split(testFraction: 0.3, seed: seed)
        let start = ContinuousClock.now
        certificate = try await Distiller(recipe).distilled(on: training, test: test).certificate
        seconds = start.duration(to: .now) / .seconds(1)
        (self.table, self.family) = (table, family)
        metric = try Catalogue.standard.task(certificate.task).metrics.main.name
        recipe.strategy = "unlabeled"
        for share in shares {
            // A class may have no row among so few.
            guard let parts = try? training.split(testFraction: 1 - share, seed: seed),
                let run = try? await Distiller(recipe).distilled(
                    on: parts.training, test: test, unlabeled: parts.test.with(target: .some(nil)))
            else { continue }
            few.append(
                (
                    share, run.certificate.student[metric]?.value ?? .nan,
                    run.certificate.labelsOnly[metric]?.value ?? .nan
                ))
        }
    }
}
