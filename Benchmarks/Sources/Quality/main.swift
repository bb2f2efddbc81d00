// What students keep of their teachers on the bundled data: five splits, each as
// `attar distill DATA --target T --teacher ensemble --student S --seed N` makes it.
let splits: ClosedRange<UInt64> = 1...5
let digits = try Study("digits", target: "digit")
let concrete = try Study("concrete", target: "compressive_strength")

try await digits.report(
    "mlp[16]", over: splits,
    [
        .init(.teacher, .accuracy, goal: .atLeast(0.972)), .init(.student, .agreement, goal: .atLeast(0.985)),
        .init(.student, .accuracy, goal: .noLowerThanLabelsOnly), .init(.student, .negativeFlips, goal: .atMost(0.012)),
    ], trust: true)
for student in ["tree[leaves=64]", "linear"] {
    try await digits.report(
        student, over: splits,
        [.init(.student, .agreement), .init(.student, .accuracy), .init(.student, .negativeFlips)])
}
try await digits.report("mlp[64,32]", over: 1...1, [.init(.student, .bytes, goal: .atMost(60_000))])
try await concrete.report(
    "mlp[64,64]", over: splits,
    [.init(.teacher, .r2, goal: .atLeast(0.915)), .init(.student, .r2, goal: .atLeast(0.88))])

// How often the certificate finds a part of the rows on which a student has lost ten points.
try await Plants("digits", target: "digit").report(over: 1...20)
