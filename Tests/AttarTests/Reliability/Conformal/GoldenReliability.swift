import Attar
import Compute

/// What MAPIE, netcal, scikit-learn, properscoring and SciPy make of the same arrays; see `Golden/make_reliability.py`.
struct GoldenReliability: Decodable {
    struct Scores: Decodable {
        var scores: [Double]
        var draws: [Double]?
        var thresholds: [Double]?
        var sets: [[[Int]]]?
    }
    struct Diagram: Decodable {
        var accuracy: [Double]
        var confidence: [Double]
    }
    var classes: Int
    var calibrationRows: Int
    var labels: [Int32]
    var probabilities: [Float]
    var weights: [Float]
    var levels: [Double]
    var lac: Scores
    var aps: Scores
    var raps: Scores
    var byClass: [[Double?]]
    var values: [Float]
    var predicted: [Float]
    var intervals: [[[Double]]]
    var deviations: [Double]
    var crps: [Double]
    var calibrationError: Double
    var diagram: Diagram
    var adaptiveCalibrationError: Double
    var area: Double
    var tails: [[Double]]
    var wilson: [[Double]]

    var matrix: Matrix { Matrix(rows: labels.count, columns: classes, elements: probabilities) }
    var names: [String] { (0..<classes).map(String.init) }
    var calibration: [Int] { Array(0..<calibrationRows) }
    var test: [Int] { Array(calibrationRows..<labels.count) }
    var target: Target { Target(name: "y", classes: names, labels: labels) }

    static func read() throws -> GoldenReliability { try golden("reliability.json") }
}

/// Scores come from 32-bit probabilities, whose relative error is about 1e-7.
let scoreTolerance = 1e-6
