internal import CKernels

/// A closure that other threads call while the one that lent it waits: its two words, so that lending takes no allocation.
///
/// `withoutActuallyEscaping` is Swift's own way, but moves the closure to the heap each time. What the words mean is a matter between
/// this file and `attar_closures.h`; that it holds with this compiler is tried out once, before the first closure is lent.
struct LentClosure: @unchecked Sendable {
    // Unchecked because the words are those of a closure of the lender, who waits until nobody calls it any more.
    private var words = attar_closure()

    /// Nothing to call yet.
    init() {}

    /// Takes the place of the closure lent before.
    mutating func lend(_ body: (Int) -> Void) { Self.write(body, &words) }

    /// Calls the closure.
    ///
    /// - Precondition: it has been lent, and whoever lent it still waits.
    func call(_ part: Int) { attar_call(words, part) }

    /// Whether a closure arrives whole: its code, what it captures, and its argument both ways.
    static let arrivesWhole: Bool = {
        var (lent, seen) = (LentClosure(), [0, 0])
        for place in 0...1 {
            lent.lend { seen[place] = $0 + place }
            lent.call(41)
        }
        return seen == [41, 42]
    }()

    @inline(never)
    private static func write(_ body: (Int) -> Void, _ words: UnsafeMutablePointer<attar_closure>) {
        attarLend(body, words)
    }
}

@_silgen_name("attar_lend")
private func attarLend(_ body: (Int) -> Void, _ words: UnsafeMutablePointer<attar_closure>)
