public import Attar

/// A certificate with all its evidence as one JSON document, indented, keys in order: `report.json`.
///
/// `schema` names the form, which `docs/report-json.md` describes; keys may be added to it, never renamed.
/// - Throws: where a figure is not finite.
public func jsonReport(of certificate: Certificate, data: String) throws -> String {
    try document(JSONValue(encoding: certificate), data: data)
}

/// The same of a model's evaluation.
///
/// - Throws: where a figure is not finite.
public func jsonReport(of evaluation: ModelEvaluation, data: String) throws -> String {
    try document(JSONValue(encoding: evaluation), data: data)
}

private func document(_ value: JSONValue, data: String) throws -> String {
    guard case .object(var members) = value else { return try value.text(indented: true) }
    members["schema"] = .string("attar-report-1")
    members["data"] = .string(data)
    return try JSONValue.object(members).text(indented: true) + "\n"
}
