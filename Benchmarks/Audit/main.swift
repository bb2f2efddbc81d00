// Whether certificates do what they say, where the truth is known: every claim is tried on rows that are drawn.
//
//   Benchmarks/run Audit                     all claims, in about half an hour
//   Benchmarks/run Audit --quick             fewer draws, in about 2
//   Benchmarks/run Audit --draws=250         as many draws of each setting
//   Benchmarks/run Audit --seed=7            other draws
//   Benchmarks/run Audit calibration sets    the claims whose names hold one of the words
//
// A further claim is a file with a type that conforms to `Claim`, and a line here.
import Foundation

let claims: [any Claim] = [
    ClassIntervals(),
    ValueIntervals(),
    DeficitBounds(),
    CalibrationCheck(),
    PredictionSetsClaim(),
    CrossFittedIntervals(),
    WholeRuns(),
]

let arguments = CommandLine.arguments.dropFirst()
let words = arguments.filter { !$0.hasPrefix("--") }

/// The whole number behind a flag; nil where it is not given.
func number(_ flag: String) -> Int? {
    CommandLine.arguments.first { $0.hasPrefix(flag) }.flatMap { Int($0.dropFirst(flag.count)) }
}

let flags = ["--draws=", "--seed="]
if let unknown = arguments.first(where: { argument in
    argument.hasPrefix("--") && argument != "--quick"
        && !flags.contains { argument.hasPrefix($0) && (number($0) ?? 0) > 0 }
}) {
    FileHandle.standardError.write(Data("\(unknown) is not known; there are --quick, --draws=N and --seed=N\n".utf8))
    exit(64)
}
let effort: Effort = number("--draws=").map(Effort.init) ?? (arguments.contains("--quick") ? .quick : .whole)
let begun = ContinuousClock.now
var outcomes: [Outcome] = []
for claim in claims where words.isEmpty || words.contains(where: { claim.name.contains($0) }) {
    FileHandle.standardError.write(Data("\(claim.name)\n".utf8))
    print("### \(claim.name)\n\n\(claim.says)\n")
    outcomes += try await claim.tried(effort)
}
print("| claim | worst | goal | |\n|---|---|---|---|")
for outcome in outcomes { print(outcome.line) }
let seconds = (ContinuousClock.now - begun).components.seconds
print(
    "\nSeed \(Draws.seed); \(effort.draws) draws of each setting; truth from \(Draws.truthRows) fresh rows; \(seconds / 60) min \(seconds % 60) s."
)
exit(outcomes.allSatisfy(\.isMet) ? 0 : 1)
