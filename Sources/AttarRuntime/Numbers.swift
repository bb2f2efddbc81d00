internal import Foundation

/// The natural logarithm, for files that have no other use for Foundation.
package func logarithm(_ value: Double) -> Double { log(value) }

extension Float {
    /// The natural logarithm.
    package static func log(_ value: Float) -> Float { Foundation.log(value) }
}

extension Double {
    /// The number with a fixed count of digits after the point, the same in every locale; "−0.0" is written "0.0".
    package func formatted(digits: Int, signed: Bool = false) -> String {
        let text = String(format: "%.\(digits)f", locale: Locale(identifier: "en_US_POSIX"), self)
        let isZero = !text.contains { $0.isNumber && $0 != "0" }
        let plain = isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
        return signed && self > 0 && !isZero ? "+\(plain)" : plain.replacingOccurrences(of: "-", with: "−")
    }
}

extension Sequence<Int> {
    /// The product of sizes; nil where one is negative or the product is beyond what a number of 64 bits holds. For sizes that a file or a server tells.
    package var checkedProduct: Int? {
        var product = 1
        for size in self {
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else { return nil }
            product = next
        }
        return product
    }
}
