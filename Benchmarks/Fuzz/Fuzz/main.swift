// Gives every reader of Attar inputs that are wrong, and keeps those that bring one down.
//
//   make fuzz MINUTES=30                              all readers, for half an hour
//   .build/release/Fuzz --minutes 5 --seed 7 csv npz  the readers whose names begin so
//   .build/release/Fuzz --file out/fuzz/csv-1-28.bin csv      one input again, in this process
//
// Each reader is tried in a process of its own: a trap, a hang, a gigabyte of memory, or an error that is no sentence is a finding. Its input goes into the
// folder --out (out/fuzz), with what happened beside it. Mended, it belongs into Benchmarks/Fuzz/Seeds/NAME, where the tests find it.
import Foundation
import Fuzzing

let options: FuzzOptions
do {
    options = try FuzzOptions(Array(CommandLine.arguments.dropFirst()))
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(64)
}
if let file = options.file {
    try await CaseRunner.run(file: file, options)
} else if let first = options.first {
    try await CaseRunner.run(options.surfaces[0], from: first, options)
} else {
    let findings = try await FuzzRun(options).findings()
    exit(findings == 0 ? 0 : 1)
}
