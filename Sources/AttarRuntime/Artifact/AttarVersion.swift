/// Which Attar this is.
public enum AttarVersion {
    /// The version, as `attar --version` prints it and artifacts record it.
    public static let current = "0.1.0"
}
