internal import Foundation

/// What ONNX Runtime says went wrong.
struct ONNXFailure: Error {
    /// Its message, as it gave it.
    let message: String

    /// The message as one short sentence without its full stop.
    ///
    /// Left out are places in ONNX Runtime's own sources with the signatures behind them, line breaks, and what goes beyond some 200
    /// characters.
    var sentence: String {
        var text = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        // "Load model from x.onnx failed:" says nothing that the sentence around it does not say.
        if text.hasPrefix("Load model from "), let colon = text.range(of: " failed:") {
            text = String(text[colon.upperBound...])
        }
        text = Self.withoutSourcePlaces(text)
        text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        while let last = text.last, ".: ".contains(last) { text.removeLast() }
        if text.isEmpty { return "it gives no reason" }
        let most = 200
        return text.count <= most
            ? text : text.prefix(most).split(separator: " ").dropLast().joined(separator: " ") + " …"
    }

    /// The text without "/onnxruntime_src/…/graph.cc:1451 onnxruntime::Graph::Graph(const onnxruntime::Model&, …)".
    private static func withoutSourcePlaces(_ text: String) -> String {
        var words = text.split(separator: " ").map(String.init)
        var index = 0
        while index < words.count {
            let word = words[index]
            guard let place = [".cc:", ".h:"].compactMap({ word.range(of: $0) }).first,
                word[place.upperBound...].first?.isNumber == true
            else {
                index += 1
                continue
            }
            // What stands before the place in the same word is part of the message: "failed.tensorprotoutils.cc:2201".
            let kept = word[..<place.lowerBound].reversed().drop { $0.isLetter || $0.isNumber || "_/-".contains($0) }
            var end = index + 1
            // The signature: from a word with "::" to its closing parenthesis.
            if let opening = words[end...].prefix(4).firstIndex(where: { $0.contains("::") }) {
                var depth = 0
                end = opening
                while end < words.count {
                    depth += words[end].filter { $0 == "(" }.count - words[end].filter { $0 == ")" }.count
                    end += 1
                    if depth <= 0, words[end - 1].contains(")") { break }
                }
            }
            words.replaceSubrange(index..<end, with: kept.isEmpty ? [] : [String(kept.reversed())])
            index += kept.isEmpty ? 0 : 1
        }
        return words.joined(separator: " ")
    }
}
