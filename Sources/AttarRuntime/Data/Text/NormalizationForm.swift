internal import Foundation

/// Unicode's normalisation forms.
enum NormalizationForm: Int, Sendable {
    case composed, decomposed, composedCompatibly, decomposedCompatibly

    /// Changes a text into this form.
    ///
    /// Scalars that no form touches, nor joins to the one before, cut the text into pieces; only what stands between them is looked
    /// at. Those are nearly all of most texts.
    func apply(to text: inout [UInt8], _ memo: inout ScalarMemo) {
        if TextNormalizer.isASCII(text) { return }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 4)
        let source = text
        let span = source.span
        var position = 0
        /// Where the last scalar begins that stays as it is: what follows may join it.
        var kept = 0
        /// Whether scalars since then may change.
        var isOpen = false
        while position < span.count {
            let (value, length) = UTF8Scalar.read(span, position)
            let stays = value < 0x80 || memo.text(value, in: rawValue, make: { isInert($0) ? nil : [] }) == nil
            if stays {
                append(source, kept, position, isOpen, &result)
                kept = position
                isOpen = false
            } else {
                isOpen = true
            }
            position += length
        }
        append(source, kept, position, isOpen, &result)
        text = result
    }

    private func append(_ text: [UInt8], _ start: Int, _ end: Int, _ isOpen: Bool, _ result: inout [UInt8]) {
        if start == end { return }
        if isOpen {
            result.append(contentsOf: normalized(String(decoding: text[start..<end], as: UTF8.self)).utf8)
        } else {
            for position in start..<end { result.append(text[position]) }
        }
    }

    /// A text in this form.
    func normalized(_ text: String) -> String {
        switch self {
        case .composed: text.precomposedStringWithCanonicalMapping
        case .decomposed: text.decomposedStringWithCanonicalMapping
        case .composedCompatibly: text.precomposedStringWithCompatibilityMapping
        case .decomposedCompatibly: text.decomposedStringWithCompatibilityMapping
        }
    }

    /// Whether a scalar stays as it is whatever stands around it, and joins nothing before it.
    private func isInert(_ value: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(value), scalar.properties.canonicalCombiningClass == .notReordered,
            !ScalarCategory.isIn(ScalarCategory.mark, value), !(0x1160...0x11FF).contains(value)
        else { return false }
        let text = String(Character(scalar))
        return normalized(text).unicodeScalars.elementsEqual(text.unicodeScalars)
    }
}
