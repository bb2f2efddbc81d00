/// The classes that teachers have told of one batch's rows, gathered from the examples.
final class ListedBuffer {
    private let classes: Ragged
    private let allTails: [Float]?
    private let offsets: UnsafeMutablePointer<Int32>
    private let ids: UnsafeMutablePointer<Int32>
    private let values: AlignedBuffer
    private let tails: AlignedBuffer

    /// Room for batches of so many rows, however long those are that meet.
    init(_ classes: Ragged, tails allTails: [Float]?, capacity rows: Int) {
        (self.classes, self.allTails) = (classes, allTails)
        let entries = min(rows * classes.longest, classes.ids.count)
        offsets = .allocate(capacity: rows + 1)
        ids = .allocate(capacity: max(1, entries))
        values = AlignedBuffer(count: entries)
        tails = AlignedBuffer(count: allTails == nil ? 0 : rows)
    }

    deinit {
        offsets.deallocate()
        ids.deallocate()
    }

    /// Gathers the rows of the given indices, each of which is so many rows of answers after `first`.
    func gather(_ indices: UnsafePointer<Int32>, rows: Int, positions: Int, after first: Int) {
        classes.ids.withUnsafeBufferPointer { allIds in
            classes.values.withUnsafeBufferPointer { allValues in
                offsets[0] = 0
                for row in 0..<rows * positions {
                    let answer = first + Int(indices[row / positions]) * positions + row % positions
                    let (entries, start) = (classes.entries(of: answer), Int(offsets[row]))
                    for (place, entry) in entries.enumerated() {
                        ids[start + place] = allIds[entry]
                        values.start[start + place] = allValues[entry]
                    }
                    offsets[row + 1] = offsets[row] + Int32(entries.count)
                    if let allTails { tails.start[row] = allTails[answer] }
                }
            }
        }
    }

    /// The gathered rows.
    var targets: ListedTargets {
        ListedTargets(
            offsets: UnsafePointer(offsets), ids: UnsafePointer(ids), values: UnsafePointer(values.start),
            tails: allTails == nil ? nil : UnsafePointer(tails.start))
    }
}
