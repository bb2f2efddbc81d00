/// What the texts of a column say of how its numbers are written.
struct NumberEvidence {
    /// Whether each can be a number with a decimal point.
    private(set) var canBePoint = true
    /// Whether each can be a number with a decimal comma.
    private(set) var canBeComma = true
    /// A text that would be another number with the other mark.
    private(set) var ambiguous: String?
    /// A text with a decimal comma, whatever the others are.
    private(set) var withComma: String?
    /// The first text that no program would read as a number.
    private(set) var sample = ""
    /// Whether numbers have a sign of percent; 0 may lack it.
    private(set) var isPercent = false

    /// What the texts say; nil where they are not all numbers of one unit.
    init?(_ texts: some Sequence<String>, isPlain: (Int) -> Bool) {
        var (hasBare, currencies) = (false, Set<String>())
        for (index, text) in texts.enumerated() {
            guard let number = NumberText(text) else { return nil }
            canBePoint = canBePoint && number.byPoint != nil
            canBeComma = canBeComma && number.byComma != nil
            guard canBePoint || canBeComma else { return nil }
            if number.isAmbiguous { ambiguous = ambiguous ?? text }
            if number.byPoint == nil { withComma = withComma ?? text }
            if sample.isEmpty, !isPlain(index) { sample = text }
            if number.isPercent { isPercent = true } else if number.value(.point) != 0 { hasBare = true }
            if !number.currency.isEmpty { currencies.insert(number.currency) }
            guard currencies.count < 2, !(isPercent && hasBare) else { return nil }
        }
    }

    /// The mark that all texts have in common; nil where either may be meant.
    var decimal: NumberNotation.Decimal? {
        canBePoint != canBeComma ? (canBePoint ? .point : .comma) : nil
    }

    /// Whether the numbers depend on the mark.
    var isOpen: Bool { canBePoint && canBeComma && ambiguous != nil }
}
