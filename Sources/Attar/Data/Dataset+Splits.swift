extension Dataset {
    /// These rows in two parts, with the same share of every class, or of every range of the values, in both.
    ///
    /// - Parameters:
    ///   - testFraction: the test rows' share, above 0 and below 1.
    ///   - seed: the parts follow from it.
    /// - Throws: `AttarError` (`invalidSetting`) for a fraction out of range or fewer than two rows.
    public func split(testFraction: Double, seed: UInt64) throws -> (training: Dataset, test: Dataset) {
        let parts = try Splits.split(self, testFraction: testFraction, seed: seed)
        return (selecting(parts.training), selecting(parts.test))
    }
}
