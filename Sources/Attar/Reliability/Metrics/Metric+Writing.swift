internal import Foundation

extension Metric {
    /// How the figures of a metric, their intervals and differences are written for people: on the terminal and in reports alike.
    public struct Unit: Sendable {
        /// A figure: "97.3 %".
        let figure: @Sendable (Double) -> String
        /// The size of a difference of two figures, without its sign: "1.2 points".
        let difference: @Sendable (Double, _ digits: Int) -> String
        /// What differences are multiplied by where they are written: 100 for points.
        package let scale: Double
        /// How many digits of a difference are written where nothing asks for more.
        package let digits: Int
        /// Behind a difference: " points".
        let suffix: String
        /// Whether figures are known exactly, so that no interval is written.
        let isExact: Bool

        /// A way of writing figures.
        public init(
            scale: Double = 1, digits: Int = 3, suffix: String = "", isExact: Bool = false,
            figure: @escaping @Sendable (Double) -> String
        ) {
            (self.figure, self.scale, self.digits, self.suffix, self.isExact) = (figure, scale, digits, suffix, isExact)
            difference = { "\((scale * abs($0)).formatted(digits: $1))\(suffix)" }
        }

        /// A share of rows, in percent; differences are points.
        public static let share = Unit(scale: 100, digits: 1, suffix: " points") {
            "\((100 * $0).formatted(digits: 1)) %"
        }
        /// A number with three digits.
        public static let number = Unit { $0.formatted(digits: 3) }
        /// A whole number.
        public static let count = Unit(digits: 0) { $0.formatted(digits: 0) }
        /// An error in the target's own units, of any size.
        public static let error = Unit { value in
            // Too many zeros cannot be read.
            value != 0 && !(1e-3..<1e7).contains(abs(value))
                ? scientific(value)
                : value.formatted(digits: abs(value) >= 100 ? 0 : abs(value) >= 1 ? 2 : 4)
        }
        /// Bytes.
        public static let bytes = Unit(isExact: true) {
            $0 < 100_000 ? "\(($0 / 1_000).formatted(digits: 1)) KB" : "\(($0 / 1_000_000).formatted(digits: 2)) MB"
        }
        /// Microseconds.
        public static let microseconds = Unit(isExact: true) { "\($0.formatted(digits: $0 < 10 ? 2 : 0)) µs" }

        /// Three digits and a power of ten, as "1.23e−12".
        private static func scientific(_ value: Double) -> String {
            let exponent = Int(log10(abs(value)).rounded(.down))
            return "\((value / pow(10, Double(exponent))).formatted(digits: 2))e\(exponent)"
                .replacingOccurrences(of: "e-", with: "e−")
        }
    }

    /// A figure in the metric's usual unit: shares in percent, sizes in bytes, times in microseconds.
    public func figure(_ value: Double) -> String { unit.figure(value) }

    /// A figure with its interval, or a dash where there is none.
    public func interval(_ estimate: Estimate?) -> String {
        guard let estimate else { return "–" }
        return unit.isExact
            ? figure(estimate.value) : "\(figure(estimate.value)) (\(figure(estimate.low)) to \(figure(estimate.high)))"
    }

    /// The size of a difference of two figures: "1.2 points", "0.012".
    ///
    /// - Parameter digits: nil for the usual number.
    public func difference(_ value: Double, digits: Int? = nil) -> String {
        unit.difference(value, digits ?? unit.digits)
    }

    /// A difference of two figures as it is, with a minus where it is below 0: "−0.3 points".
    public func gap(_ value: Double) -> String {
        "\((unit.scale * value).formatted(digits: unit.digits))\(unit.suffix)"
    }

    /// A difference of two figures with its sign and its interval: "+1.1 points, 95 % interval 0.0 to +2.2".
    public func change(_ change: Estimate) -> String {
        // Large errors are not told better by more digits.
        let digits = unit.scale == 1 && abs(change.value) >= 10 ? 1 : unit.digits
        func signed(_ value: Double) -> String { (unit.scale * value).formatted(digits: digits, signed: true) }
        return
            "\(signed(change.value))\(unit.suffix), 95 % interval \(signed(change.low)) to \(signed(change.high))"
    }
}
