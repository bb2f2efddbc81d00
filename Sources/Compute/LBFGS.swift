/// Minimises a smooth function of many variables by limited-memory BFGS; deterministic.
///
/// Source: Liu and Nocedal, "On the limited memory BFGS method", Mathematical Programming 45 (1989); the line search is the
/// bisection for the weak Wolfe conditions of Lewis and Overton, Mathematical Programming 141 (2013), which also gets past
/// kinks.
public struct LBFGS: Sendable {
    /// The most steps, at least 1.
    public var maximumIterations = 200
    /// Steps remembered for the curvature, at least 1.
    public var memory = 10
    /// Converged where the largest element of the gradient is below this.
    public var gradientTolerance = 1e-5
    /// Converged where a step lowers the value by less than this share of it.
    public var valueTolerance = 1e-8

    /// The default settings.
    public init() {}

    /// Where the search ended.
    public struct Minimum: Sendable {
        /// The variables.
        public let position: [Float]
        /// The function's value there; not finite where it is not at the start.
        public let value: Double
        /// Steps taken.
        public let iterations: Int
    }

    /// The minimum found from a starting point.
    ///
    /// - Parameters:
    ///   - start: the variables to begin with.
    ///   - onStep: told the number of steps and the value after each; may throw to stop.
    ///   - evaluate: gives the value at a position and writes its gradient.
    public func minimum(
        from start: [Float], onStep: (Int, Double) throws -> Void,
        evaluate: ([Float], inout [Float]) -> Double
    ) rethrows -> Minimum {
        var position = start
        var gradient = [Float](repeating: 0, count: start.count)
        var value = evaluate(position, &gradient)
        var history: [Correction] = []
        for iteration in 0..<maximumIterations {
            let steepest = gradient.reduce(0) { max($0, abs(Double($1))) }
            guard value.isFinite, steepest > gradientTolerance else {
                return Minimum(position: position, value: value, iterations: iteration)
            }
            var direction = Self.direction(against: gradient, history)
            var slope = Self.dot(direction, gradient)
            if slope >= 0 {
                // Rounding has spoilt the curvature: start over downhill.
                history = []
                direction = gradient.map { -$0 }
                slope = Self.dot(direction, gradient)
            }
            let first = history.isEmpty ? min(1, 1 / Self.dot(gradient, gradient).squareRoot()) : 1
            let search = Search(position, direction, value: value, slope: slope, firstStep: first)
            guard let found = search.run(evaluate) else {
                return Minimum(position: position, value: value, iterations: iteration)
            }
            if let correction = Correction(zip(found.position, position), zip(found.gradient, gradient)) {
                if history.count == memory { history.removeFirst() }
                history.append(correction)
            }
            let gained = value - found.value
            (position, gradient, value) = (found.position, found.gradient, found.value)
            try onStep(iteration + 1, value)
            if gained <= valueTolerance * max(abs(value), 1e-12) {
                return Minimum(position: position, value: value, iterations: iteration + 1)
            }
        }
        return Minimum(position: position, value: value, iterations: maximumIterations)
    }

    /// The two-loop recursion: minus the inverse curvature times the gradient.
    private static func direction(against gradient: [Float], _ history: [Correction]) -> [Float] {
        var direction = gradient.map { -$0 }
        var shares = [Double](repeating: 0, count: history.count)
        for index in history.indices.reversed() {
            let correction = history[index]
            shares[index] = dot(correction.step, direction) / correction.product
            add(correction.change, times: -shares[index], to: &direction)
        }
        if let last = history.last {
            let scale = Float(last.product / dot(last.change, last.change))
            for index in direction.indices { direction[index] *= scale }
        }
        for index in history.indices {
            let correction = history[index]
            let back = dot(correction.change, direction) / correction.product
            add(correction.step, times: shares[index] - back, to: &direction)
        }
        return direction
    }

    fileprivate static func dot(_ left: [Float], _ right: [Float]) -> Double {
        var sum = 0.0
        for index in left.indices { sum += Double(left[index]) * Double(right[index]) }
        return sum
    }

    fileprivate static func add(_ vector: [Float], times factor: Double, to sum: inout [Float]) {
        for index in sum.indices { sum[index] += Float(factor * Double(vector[index])) }
    }
}

/// One step, and how the gradient changed along it.
private struct Correction {
    let step: [Float]
    let change: [Float]
    /// step · change, above 0.
    let product: Double

    /// Nil where the function did not curve upwards along the step.
    init?(
        _ positions: some Sequence<(Float, Float)>, _ gradients: some Sequence<(Float, Float)>
    ) {
        step = positions.map { $0 - $1 }
        change = gradients.map { $0 - $1 }
        product = LBFGS.dot(step, change)
        guard product > 1e-10 * LBFGS.dot(change, change) else { return nil }
    }
}

/// Looks along one direction for a step that lowers the value enough and flattens the slope enough.
private struct Search {
    private let position: [Float]
    private let direction: [Float]
    private let value: Double
    private let slope: Double
    private let firstStep: Double

    init(_ position: [Float], _ direction: [Float], value: Double, slope: Double, firstStep: Double) {
        (self.position, self.direction, self.value) = (position, direction, value)
        (self.slope, self.firstStep) = (slope, firstStep)
    }

    /// The point found; nil where no step lowers the value.
    func run(
        _ evaluate: ([Float], inout [Float]) -> Double
    ) -> (position: [Float], gradient: [Float], value: Double)? {
        var (low, high, step) = (0.0, Double.infinity, firstStep)
        var best: (position: [Float], gradient: [Float], value: Double)?
        for _ in 0..<30 {
            var trial = position
            LBFGS.add(direction, times: step, to: &trial)
            var gradient = [Float](repeating: 0, count: trial.count)
            let reached = evaluate(trial, &gradient)
            if !(reached <= value + 1e-4 * step * slope) {
                high = step
            } else {
                best = (trial, gradient, reached)
                if LBFGS.dot(gradient, direction) >= 0.9 * slope { return best }
                low = step
            }
            step = high < .infinity ? (low + high) / 2 : 2 * step
        }
        return best
    }
}
