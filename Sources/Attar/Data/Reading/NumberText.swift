internal import CKernels

/// A text that people read as a number and programs do not: with separators of thousands, a decimal comma, a currency or a sign of percent.
package struct NumberText {
    /// The number as programs write it, where a point stands before the fraction; nil where the text cannot be meant so.
    package private(set) var byPoint: String?
    /// The same where a comma does.
    package private(set) var byComma: String?
    /// Whether a sign of percent follows; the numbers are hundredths then.
    package let isPercent: Bool
    /// The currency, empty where there is none.
    package let currency: String

    /// Whether the text is one number with a decimal point and another one with a decimal comma.
    var isAmbiguous: Bool { byPoint != nil && byComma != nil && byPoint != byComma }

    /// Reads a text; nil where it is no number in any notation. Numbers with leading zeros are codes, and none.
    package init?(_ text: String) {
        var scalars = Array(text.unicodeScalars)[...]
        var isNegative = false
        func trim() {
            while let first = scalars.first, Self.blanks.contains(first) { scalars.removeFirst() }
            while let last = scalars.last, Self.blanks.contains(last) { scalars.removeLast() }
        }
        trim()
        // Words go at a glance, since most texts are words.
        guard let head = scalars.first, scalars.count <= 64,
            head.value < 58 && head.value != 34 || head.value > 127 || Self.codes.contains(where: { $0.first == head })
        else { return nil }
        if scalars.first == "(", scalars.last == ")" {
            isNegative = true
            scalars = scalars.dropFirst().dropLast()
            trim()
        }
        var (hasSign, currency, isPercent) = (isNegative, "", false)
        while let first = scalars.first {
            if ["-", "+", "\u{2212}"].contains(first) {
                if hasSign { return nil }
                (hasSign, isNegative) = (true, first != "+")
                scalars.removeFirst()
            } else if let found = Self.currency(of: scalars, atEnd: false) {
                if !currency.isEmpty { return nil }
                currency = String(String.UnicodeScalarView(found))
                scalars.removeFirst(found.count)
            } else {
                break
            }
            trim()
        }
        while let last = scalars.last {
            if last == "%" {
                if isPercent { return nil }
                isPercent = true
                scalars.removeLast()
            } else if let found = Self.currency(of: scalars, atEnd: true) {
                if !currency.isEmpty { return nil }
                currency = String(String.UnicodeScalarView(found))
                scalars.removeLast(found.count)
            } else {
                break
            }
            trim()
        }
        if isPercent && !currency.isEmpty { return nil }
        (self.isPercent, self.currency) = (isPercent, currency)
        let sign = isNegative ? "-" : ""
        let scale = isPercent ? -2 : 0
        byPoint = Self.number(scalars, decimal: ".", thousands: ",", scale).map { sign + $0 }
        byComma = Self.number(scalars, decimal: ",", thousands: ".", scale).map { sign + $0 }
        if byPoint == nil && byComma == nil { return nil }
    }

    /// The number with a mark before the fraction; nil where the text cannot be meant so.
    package func value(_ decimal: NumberNotation.Decimal) -> Float? {
        guard let written = decimal == .point ? byPoint : byComma else { return nil }
        let bytes = Array(written.utf8)
        var value: Float = 0
        var isRounded = false
        let kind = attar_parse_number(bytes, 0, bytes.count, &value, &isRounded)
        return kind == ATTAR_NUMBER || kind == ATTAR_PADDED ? value : nil
    }

    // MARK: Parts

    private static let blanks: Set<Unicode.Scalar> = [" ", "\t", "\u{A0}", "\u{202F}", "\u{2009}"]
    private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2019}"]
    private static let codes: [[Unicode.Scalar]] = [
        "$", "€", "£", "¥", "₹", "₽", "₩", "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR",
    ].map { Array($0.unicodeScalars) }

    private static func currency(of scalars: ArraySlice<Unicode.Scalar>, atEnd: Bool) -> [Unicode.Scalar]? {
        codes.first { atEnd ? scalars.suffix($0.count).elementsEqual($0) : scalars.starts(with: $0) }
    }

    /// Figures with groups of three before a mark and figures behind it, as programs write them.
    private static func number(
        _ scalars: ArraySlice<Unicode.Scalar>, decimal: Unicode.Scalar, thousands: Unicode.Scalar, _ scale: Int
    ) -> String? {
        var (mantissa, exponent) = (scalars, scale)
        if let place = scalars.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            let power = scalars[(place + 1)...]
            guard power.count < 6, let written = Int(String(String.UnicodeScalarView(power))) else { return nil }
            (mantissa, exponent) = (scalars[..<place], scale + written)
        }
        let parts = mantissa.split(separator: decimal, omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = figures(parts[0], thousands) else { return nil }
        let fraction = parts.count == 2 ? parts[1] : []
        guard fraction.allSatisfy(isFigure), !(whole.isEmpty && fraction.isEmpty) else { return nil }
        var number = whole.isEmpty ? "0" : whole
        if !fraction.isEmpty { number += "." + String(String.UnicodeScalarView(fraction)) }
        return exponent == 0 ? number : "\(number)e\(exponent)"
    }

    /// The figures of a whole number, in groups of three or in one; nil where they are in others.
    private static func figures(_ text: ArraySlice<Unicode.Scalar>, _ thousands: Unicode.Scalar) -> String? {
        guard let mark = text.first(where: { !isFigure($0) }) else {
            return text.count > 1 && text.first == "0" ? nil : String(String.UnicodeScalarView(text))
        }
        guard mark == thousands || blanks.contains(mark) || apostrophes.contains(mark) else { return nil }
        let groups = text.split(separator: mark, omittingEmptySubsequences: false)
        guard groups.allSatisfy({ $0.allSatisfy(isFigure) }), (1...3).contains(groups[0].count),
            groups[0].first != "0", groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return nil }
        return groups.map { String(String.UnicodeScalarView($0)) }.joined()
    }

    private static func isFigure(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
