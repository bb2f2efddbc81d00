/// "Did you mean 'x'?" for the nearest candidate, or the list of all where none is near.
package func didYouMean(_ name: String, among candidates: [String]) -> String {
    let ranked = candidates.map { (distance: editDistance(name.lowercased(), $0.lowercased()), name: $0) }
    if let nearest = ranked.min(by: { $0.distance < $1.distance }),
        nearest.distance <= max(2, name.count / 3)
    {
        return "Did you mean '\(nearest.name)'?"
    }
    let shown = candidates.prefix(12).joined(separator: ", ")
    return "There are: \(shown)\(candidates.count > 12 ? ", and \(candidates.count - 12) more" : "")"
}

/// Levenshtein's distance: the fewest insertions, deletions and replacements that turn one text into the other.
private func editDistance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
    var previous = Array(0...right.count)
    for (row, scalar) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            current.append(
                min(previous[column + 1] + 1, current[column] + 1, previous[column] + (scalar == other ? 0 : 1)))
        }
        previous = current
    }
    return previous[right.count]
}
