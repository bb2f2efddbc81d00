extension Substring {
    /// The text without blanks at its ends.
    package func trimmingBlanks() -> String { trimming { $0 == " " } }

    /// The text without what stands at its ends and is not wanted there.
    package func trimming(_ isUnwanted: (Character) -> Bool) -> String {
        String(drop(while: isUnwanted).reversed().drop(while: isUnwanted).reversed())
    }
}
