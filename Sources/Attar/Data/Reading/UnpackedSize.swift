/// How much may come out of what is packed. Deflate makes a thousand bytes of one, so that a file of a megabyte could take gigabytes of memory before
/// anything looks wrong with it; real tables shrink to a tenth, sparse ones to a hundredth.
enum UnpackedSize {
    /// The most bytes that so many packed ones may become, as a file and as numbers in memory: a hundred times as many, and 256 MB in any case.
    static func most(from packed: Int) -> Int { max(1 << 28, 100 * packed) }

    /// The end of the sentence about a file that unpacks to more, and what to do about it.
    static let problem = "unpacks to more than a hundred times its size, which data seldom do"
    static let remedy = "If that is right, unpack it and give what comes out"
}
