internal import Foundation

extension TreeModel {
    /// The tree as indented text, one question or answer a line: what it asks of the encoded features, and which class
    /// with which probability, or which values, it answers.
    ///
    /// - Parameter featureNames: a name for each encoded feature; "feature 0", "feature 1", … where left out.
    public func rules(featureNames: [String]? = nil) -> String {
        let names = featureNames ?? (0..<encoder.width).map { "feature \($0)" }
        precondition(names.count == encoder.width, "\(names.count) names for \(encoder.width) features")
        var lines: [String] = []
        // Depth is at most the number of nodes, and a stack does not overflow where a call would.
        var open = [(node: 0, depth: 0, prefix: "")]
        while let (index, depth, prefix) = open.popLast() {
            let indent = String(repeating: "  ", count: depth)
            let node = nodes.nodes[index]
            guard node.feature >= 0 else {
                lines.append(indent + prefix + answer(at: index))
                continue
            }
            lines.append("\(indent)\(prefix)if \(names[node.feature]) <= \(Self.text(node.threshold)):")
            open.append((node.right, depth + 1, "else "))
            open.append((node.left, depth + 1, "then "))
        }
        return lines.joined(separator: "\n")
    }

    private func answer(at node: Int) -> String {
        let values = nodes.values[node * nodes.width..<(node + 1) * nodes.width]
        guard task.isClassification else {
            return zip(task.names, values).map { "\($0) = \(Self.text($1))" }.joined(separator: ", ")
        }
        let likeliest = values.indices.max { values[$0] < values[$1] } ?? values.startIndex
        let percent = Int((100 * values[likeliest]).rounded())
        return "\(task.names[likeliest - values.startIndex]) (\(percent) %)"
    }

    private static func text(_ value: Float) -> String {
        String(format: "%.4g", Double(value))
    }
}
