import Foundation

/// Reads a golden file that lies beside the tests.
func golden<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(contentsOf: goldenURL(name)))
}

/// Where a golden file lies.
func goldenURL(_ name: String) -> URL {
    Bundle.module.bundleURL.appendingPathComponent("Golden").appendingPathComponent(name)
}
