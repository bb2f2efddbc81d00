import Attar
import Foundation

/// Reading a CSV of 1,000,000 rows and 28 columns of numbers on one thread, each time in a fresh process.
enum TableReading {
    private static let rowCount = 1_000_000
    private static let columnCount = 28
    /// The table's size in memory, as floats, in megabytes.
    private static let megabytesOfFloats = Double(rowCount * columnCount * 4) / 1e6

    /// Ours and pandas in turn: speed and peak memory.
    static var group: RowGroup { RowGroup(name: "csv", rows: rows) }

    private static func rows() throws -> [Row] {
        let path = try table()
        let megabytes =
            try Double(URL(fileURLWithPath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) / 1e6
        var (ours, peers): ([[Double]], [[Double]]) = ([], [])
        for _ in 0..<3 {
            if let figures = Contestant.own("table", path)?.measure() { ours.append(figures) }
            if let figures = Contestant.peer("pandas", "table", [path])?.measure() { peers.append(figures) }
        }
        var speed = Row(
            work: "reading a CSV, \(rowCount) × \(columnCount)", value: megabytes / median(ours.map { $0[0] }),
            unit: "MB/s",
            goal: .atLeast(150))
        var memory = Row(
            work: "peak memory of that reading, relative to the table as floats",
            value: median(ours.map { $0[1] }) / megabytesOfFloats, unit: "×", goal: .atMost(2.5))
        if !peers.isEmpty {
            speed.compare(withRate: megabytes / median(peers.map { $0[0] }), of: "pandas.read_csv")
            memory.compare(withTime: median(peers.map { $0[1] }) / megabytesOfFloats, of: "pandas.read_csv")
        }
        return [speed, memory]
    }

    /// What a process of its own measures: the seconds of one reading, and the peak memory.
    static func measure(_ path: String) throws {
        try answer { [try microseconds { blackHole(try Dataset.read(path)) } / 1e6, peakMegabytes()] }
    }

    /// The file, made once in the user's cache: numbers from −9.9999 to 9.9999.
    private static func table() throws -> String {
        let path = "\(Contestant.cache)/table-\(rowCount)x\(columnCount).csv"
        if FileManager.default.fileExists(atPath: path) { return path }
        try FileManager.default.createDirectory(atPath: Contestant.cache, withIntermediateDirectories: true)
        var bytes: [UInt8] = Array(((0..<columnCount).map { "x\($0)" }.joined(separator: ",") + "\n").utf8)
        bytes.reserveCapacity(rowCount * columnCount * 8)
        var state: UInt64 = 1
        for _ in 0..<rowCount {
            for column in 0..<columnCount {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                var digits = Int(state >> 40) % 100_000
                if state >> 39 & 1 == 1 { bytes.append(UInt8(ascii: "-")) }
                for (place, unit) in [10_000, 1_000, 100, 10, 1].enumerated() {
                    bytes.append(UInt8(ascii: "0") + UInt8(digits / unit))
                    digits %= unit
                    if place == 0 { bytes.append(UInt8(ascii: ".")) }
                }
                bytes.append(UInt8(ascii: column == columnCount - 1 ? "\n" : ","))
            }
        }
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        return path
    }
}
