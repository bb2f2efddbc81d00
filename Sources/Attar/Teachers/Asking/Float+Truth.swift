extension Float {
    /// 1 for true and 0 for false, in whatever letters; nil for any other text.
    init?(truth text: String) {
        switch text.lowercased() {
        case "true": self = 1
        case "false": self = 0
        default: return nil
        }
    }
}
