import Attar
import Foundation
import Testing

/// Certificates and an evaluation that small runs of the command gave, with their times, machine and versions made up: two classes (a network for
/// breast-cancer), one value (a forest), and the evaluation of a linear model.
struct Saved {
    /// The document, to be changed before it is read.
    var json: JSONValue

    /// Two classes, with every part of the evidence.
    static let classes = Result { try Saved("classes") }
    /// One value.
    static let values = Result { try Saved("values") }
    /// A model measured beside its teacher.
    static let evaluation = Result { try Saved("evaluation") }

    private init(_ name: String) throws {
        let file = Bundle.module.bundleURL.appendingPathComponent("Golden/\(name).json")
        json = try JSONValue(parsing: String(contentsOf: file, encoding: .utf8))
    }

    /// The certificate that it describes.
    func certificate() throws -> Certificate { try decoded() }

    /// The evaluation that it describes.
    func evaluation() throws -> ModelEvaluation { try decoded() }

    /// Where it does not fit, the error says at which key.
    private func decoded<Value: Decodable>() throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(json.text().utf8))
    }

    /// The same with a value put at a place, given by keys and positions.
    ///
    /// Where the place is not there, the test fails: a change that changes nothing would prove nothing.
    func setting(_ path: String, to value: JSONValue) throws -> Saved {
        var changed = self
        changed.json = try Self.set(json, path.split(separator: ".")[...], value)
        return changed
    }

    /// The same without the member at a place.
    func removing(_ path: String) throws -> Saved { try setting(path, to: .null) }

    private static func set(
        _ json: JSONValue, _ path: ArraySlice<Substring>, _ value: JSONValue
    ) throws -> JSONValue {
        guard let key = path.first else { return value }
        switch json {
        case .object(var members):
            let old = try #require(members[String(key)], "there is no '\(key)'")
            let new = try set(old, path.dropFirst(), value)
            members[String(key)] = new == .null ? nil : new
            return .object(members)
        case .array(var values):
            let place = try #require(Int(key).flatMap { values.indices.contains($0) ? $0 : nil }, "no place \(key)")
            values[place] = try set(values[place], path.dropFirst(), value)
            return .array(values)
        default: throw AttarError(.malformedData, "'\(key)' is no member of a value")
        }
    }
}

extension JSONValue {
    /// A figure with its interval.
    static func figure(_ value: Double, _ low: Double, _ high: Double) -> JSONValue {
        .object(["value": .number(value), "low": .number(low), "high": .number(high)])
    }

    /// The value at a place; null where there is none.
    func at(_ path: String) -> JSONValue {
        path.split(separator: ".").reduce(self) { json, key in
            if case .array(let values) = json { values[Int(key) ?? 0] } else { json[String(key)] ?? .null }
        }
    }
}
