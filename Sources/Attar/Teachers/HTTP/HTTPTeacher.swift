/// Teachers behind a URL.
public enum HTTPTeacher {
    /// The teacher at an address, which says what protocol it speaks.
    public static func opened(_ address: String, settings: TeacherSettings, for rows: Dataset) throws -> any Teacher {
        throw AttarError(.unusableTeacher, "'\(address)' cannot be asked yet")
    }
}
