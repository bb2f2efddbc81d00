import Attar
@_spi(Profiling) import Compute

/// Where the time of a training step goes, kernel by kernel: `Benchmarks/run profile resnet8 2`.
enum Profile {
    static func show(_ network: BenchmarkNetwork, threads: Int) throws {
        var trainer = Trainer()
        trainer.batchSize = network.batch
        trainer.threads = threads
        let run = TrainingRun(
            try network.graph(), on: try network.examples(), loss: DistillationLoss.hinton(temperature: 4),
            settings: trainer)
        blackHole(try run.epoch())
        let times = try run.operationTimes(epochs: network == .textbook ? 200 : 4)
        let total = times.reduce(0) { $0 + $1.microseconds }
        print(
            "\(network.title), batch \(network.batch), \(threads) thread\(threads == 1 ? "" : "s"): \(short(total)) µs a step\n"
        )
        print("| kernel | µs | share |\n|---|---|---|")
        var kinds: [(name: String, time: Double)] = []
        for time in times {
            let name = "\(time.kind), \(time.phase)"
            if let index = kinds.firstIndex(where: { $0.name == name }) {
                kinds[index].time += time.microseconds
            } else {
                kinds.append((name, time.microseconds))
            }
        }
        func line(_ name: String, _ time: Double) {
            print("| \(name) | \(short(time)) | \(short(100 * time / total)) % |")
        }
        for kind in kinds.sorted(by: { $0.time > $1.time }) { line(kind.name, kind.time) }
        print("\n| tensor | µs | share |\n|---|---|---|")
        for time in times where time.microseconds > 0.02 * total {
            line("\(time.tensor), \(time.phase)", time.microseconds)
        }
    }
}
