internal import Foundation

extension TreeModel {
    /// The tree as indented text, one question or answer a line: what it asks of the columns, in their own units, and which
    /// class with which probability, or which values, it answers.
    public func rules() -> String {
        let features = encoder.columns.flatMap { column in
            column.features.enumerated().map { Feature(name: $1, column: column, place: $0) }
        }
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
            lines.append("\(indent)\(prefix)if \(features[node.feature].question(below: node.threshold)):")
            open.append((node.right, depth + 1, "else "))
            open.append((node.left, depth + 1, "then "))
        }
        return lines.joined(separator: "\n")
    }

    private func answer(at node: Int) -> String {
        let values = nodes.values[node * nodes.width..<(node + 1) * nodes.width]
        guard task.form == .probabilities else {
            return zip(task.names, values).map { "\($0) = \(Self.text($1))" }.joined(separator: ", ")
        }
        let likeliest = values.indices.max { values[$0] < values[$1] } ?? values.startIndex
        let percent = Int((100 * values[likeliest]).rounded())
        return "\(task.names[likeliest - values.startIndex]) (\(percent) %)"
    }

    /// One encoded feature, and the column that it comes from.
    private struct Feature {
        let name: String
        let column: EncodedColumn
        let place: Int

        /// Whether a row goes left, in words; features that are 0 or 1 are asked by their name.
        func question(below threshold: Float) -> String {
            let isFlag = column.kind == .categorical || (column.kind == .numeric && place == 1)
            if isFlag { return "not \(name)" }
            let channel = place % column.means.count
            return "\(name) <= \(TreeModel.text(threshold * column.deviations[channel] + column.means[channel]))"
        }
    }

    private static func text(_ value: Float) -> String {
        String(format: "%.4g", Double(value))
    }
}
