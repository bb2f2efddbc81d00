/// The packing of gzip, zip and zlib.
///
/// Source: RFC 1951.
package enum Deflate {
    /// The most bytes that packed ones can hold: it packs at most 258 into two bits, and a block has a head.
    package static func most(from packed: Int) -> Int {
        packed.multipliedReportingOverflow(by: 1032).overflow ? .max : packed * 1032 + 64
    }
}
