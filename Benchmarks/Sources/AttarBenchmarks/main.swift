import Foundation

// Reads one table in a process of its own, whose peak memory is that of the reading; TableReading starts it.
if let path = CommandLine.arguments.dropFirst().first {
    try TableReading.readOnce(path)
    exit(0)
}

if !Peer.areInstalled { print("The Python peers are not installed: run Benchmarks/peers/setup.sh to see ratios.\n") }
for rows in [TextbookNetwork.rows, SinglePrediction.rows, TableReading.rows, BoostedTrees.rows] {
    for row in try rows() { print(row.text) }
}
