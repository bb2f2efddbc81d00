/// The normalisation of BERT: controls away, blanks around Chinese characters, accents away, small letters.
struct BertNormalization: Sendable {
    var cleansText = true
    var separatesChinese = true
    var stripsAccents = true
    var lowercases = true

    /// The table of `ScalarMemo` that holds its scalars.
    private static let table = 4

    func apply(to text: inout [UInt8], _ memo: inout ScalarMemo) {
        TextNormalizer.mapScalars(&text) { value, result in
            if value < 0x80 {
                if value >= 0x41, value <= 0x5A {
                    result.append(UInt8(lowercases ? value + 32 : value))
                } else if !cleansText || value >= 0x20 && value < 0x7F {
                    result.append(UInt8(value))
                } else if value == 9 || value == 10 || value == 13 {
                    result.append(0x20)
                }
                return
            }
            if let changed = memo.text(value, in: Self.table, make: changed) {
                result.append(contentsOf: changed)
            } else {
                UTF8Scalar.append(value, to: &result)
            }
        }
    }

    /// What a scalar outside of ASCII becomes; nil where it stays.
    private func changed(_ value: UInt32) -> [UInt8]? {
        guard let scalar = Unicode.Scalar(value) else { return nil }
        var result: [UInt8] = []
        if cleansText {
            if value == 0xFFFD || ScalarCategory.isIn(ScalarCategory.other, value) { return [] }
            if ScalarCategory.isSpace(value) { return [0x20] }
        }
        let isSeparated = separatesChinese && Self.isChinese(value)
        if isSeparated { result.append(0x20) }
        let parts =
            stripsAccents
            ? NormalizationForm.decomposed.normalized(String(Character(scalar))) : String(Character(scalar))
        let nonspacing = ScalarCategory.mask(of: [.nonspacingMark])
        for part in parts.unicodeScalars where !stripsAccents || !ScalarCategory.isIn(nonspacing, part.value) {
            if lowercases {
                result.append(contentsOf: part.properties.lowercaseMapping.utf8)
            } else {
                UTF8Scalar.append(part.value, to: &result)
            }
        }
        if isSeparated { result.append(0x20) }
        return result.elementsEqual(String(Character(scalar)).utf8) ? nil : result
    }

    /// The blocks that BERT calls Chinese; the gap before 2B920 is in the original, too.
    private static func isChinese(_ value: UInt32) -> Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
            0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
