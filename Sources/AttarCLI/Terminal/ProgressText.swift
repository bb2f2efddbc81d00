internal import Attar

/// A progress report in words.
struct ProgressText {
    private let progress: RunProgress
    private let elapsed: Duration
    private let total: Duration

    /// - Parameters:
    ///   - elapsed: time since the phase began.
    ///   - total: time since the run began.
    init(_ progress: RunProgress, elapsed: Duration, total: Duration) {
        (self.progress, self.elapsed, self.total) = (progress, elapsed, total)
    }

    /// "1:05 training mlp[16]: 312 of 1000 steps, loss 0.1234, 12 s left"
    var line: String {
        "\(clock) \(progress.phase): \(([count] + details).joined(separator: ", "))"
    }

    /// "1:05 training mlp[16] [########            ] 312 of 1000 steps, loss 0.1234, 12 s left"
    var bar: String {
        let length = 20
        guard let share else { return line }
        let filled = Int((share * Double(length)).rounded())
        let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: length - filled)
        return "\(clock) \(progress.phase) [\(bar)] \(([count] + details).joined(separator: ", "))"
    }

    /// Minutes and seconds of the whole run, so that phases of which there are many do not hide how long it takes.
    private var clock: String {
        let seconds = Int(total / .seconds(1))
        return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    }

    private var share: Double? {
        progress.total.map { $0 > 0 ? min(1, Double(progress.completed) / Double($0)) : 1 }
    }

    private var count: String {
        progress.total.map { "\(progress.completed) of \($0) \(progress.unit)" }
            ?? "\(progress.completed) \(progress.unit)"
    }

    private var details: [String] {
        var details: [String] = []
        if let loss = progress.loss { details.append("loss \(loss.formatted(digits: 4))") }
        if let share, share > 0, share < 1 {
            let seconds = elapsed / .seconds(1)
            details.append("\(Self.time(seconds * (1 - share) / share)) left")
        }
        return details
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}
