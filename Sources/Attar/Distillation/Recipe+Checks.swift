extension Recipe {
    /// Refuses names that there are not and settings that are out of range or do not go with each other, before anything is read or trained.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the setting, its value and its range.
    public func validate(catalogue: Catalogue = .standard) throws {
        _ = try reading
        _ = try Distiller(self, catalogue: catalogue)
    }
}
