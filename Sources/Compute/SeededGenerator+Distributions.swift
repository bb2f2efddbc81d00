#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension SeededGenerator {
    /// A number drawn from the standard normal distribution.
    ///
    /// Marsaglia and Bray's polar method (SIAM Review 6, 1964). The second number of each pair is thrown away, so that the
    /// generator keeps no hidden state.
    public mutating func normal() -> Float {
        while true {
            let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
            let square = x * x + y * y
            if square > 0, square < 1 { return x * (-2 * log(square) / square).squareRoot() }
        }
    }
}
