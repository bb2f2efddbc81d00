internal import Compute

extension TransferSet {
    /// The most rows that a network is calibrated on.
    private static let mostCalibrationRows = 1_000

    /// Rows to find the ranges of a network's numbers on: a choice by the seed among those that were not made up, which are what will be
    /// asked; among all where there are no others.
    func calibration(seed: UInt64) -> TransferSet {
        var places = origins.indices.filter { origins[$0] != .synthesised }
        if places.isEmpty { places = Array(0..<count) }
        var generator = SeededGenerator(seed: seed, stream: "calibration")
        let chosen = min(Self.mostCalibrationRows, places.count)
        for index in 0..<chosen { places.swapAt(index, index + generator.index(below: places.count - index)) }
        return selecting(places[..<chosen].sorted())
    }
}
