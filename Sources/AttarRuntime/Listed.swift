/// Some names, for messages: "a, b, c", and ", …" behind them where there are more.
///
/// - Parameter most: how many are named.
package func listed(_ names: [String], most: Int = 8) -> String {
    names.prefix(most).joined(separator: ", ") + (names.count > most ? ", …" : "")
}
