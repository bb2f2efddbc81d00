/// Refuses a setting of a family that is out of its range.
///
/// - Throws: `AttarError` (`invalidSetting`): "boost: depth is 0, but must be from 1 to 30".
func require(
    _ holds: Bool, _ name: String, of family: Family, is value: some CustomStringConvertible, mustBe range: String
) throws {
    guard holds else {
        throw AttarError(.invalidSetting, "\(family.name): \(name) is \(value), but must be \(range)")
    }
}
