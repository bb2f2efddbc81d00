internal import CCrypto

extension Fingerprint {
    /// The fingerprint of bytes.
    init(of bytes: [UInt8]) {
        var hasher = FingerprintHasher()
        hasher.combine(bytes: bytes)
        self = hasher.finished()
    }

    /// The fingerprint of a model: its task, encoder and description, and how its answers are calibrated and decided.
    init(of model: any Model) {
        var hasher = FingerprintHasher()
        hasher.combine(model.task)
        hasher.combine(model.encoder)
        hasher.combine(model.description)
        if let calibration = model.calibration { hasher.combine(calibration) }
        if let rule = model.answerRule { hasher.combine(rule) }
        self = hasher.finished()
    }
}

/// Collects what a fingerprint is made of; every part is preceded by its length, so that parts cannot run into each other.
///
/// Holds about a megabyte at a time: where more comes together, it is replaced by its own hash, and what follows goes behind it.
package struct FingerprintHasher {
    private var bytes: [UInt8] = []
    private static let most = 1 << 20

    package init() {}

    /// Adds text.
    package mutating func combine(_ text: String) {
        combine(count: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
        fold()
    }

    /// Adds floats by their bits.
    package mutating func combine(_ values: [Float]) {
        combine(count: values.count)
        for first in stride(from: 0, to: values.count, by: Self.most / 4) {
            values[first..<min(values.count, first + Self.most / 4)]
                .withUnsafeBytes { bytes.append(contentsOf: $0) }
            fold()
        }
    }

    /// Adds bytes as the floats of the same values, so that pictures held either way have one fingerprint.
    package mutating func combine(bytesAsNumbers values: [UInt8]) {
        combine(count: values.count)
        for first in stride(from: 0, to: values.count, by: Self.most / 4) {
            let numbers = values[first..<min(values.count, first + Self.most / 4)].map(Float.init)
            numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
            fold()
        }
    }

    /// Adds the contents of a file.
    package mutating func combine(bytes values: [UInt8]) {
        combine(count: values.count)
        for first in stride(from: 0, to: values.count, by: Self.most) {
            bytes.append(contentsOf: values[first..<min(values.count, first + Self.most)])
            fold()
        }
    }

    /// Adds integers.
    package mutating func combine(_ values: [Int32]) {
        combine(count: values.count)
        for first in stride(from: 0, to: values.count, by: Self.most / 4) {
            values[first..<min(values.count, first + Self.most / 4)]
                .withUnsafeBytes { bytes.append(contentsOf: $0) }
            fold()
        }
    }

    /// Adds a codable value by its JSON with sorted keys.
    package mutating func combine(_ value: some Encodable) {
        combine((try? JSONValue(encoding: value).text()) ?? "")
    }

    /// Adds a model's description.
    package mutating func combine(_ description: ModelDescription) {
        combine(description.family)
        combine(description.settings)
        for name in description.tensors.keys.sorted() {
            combine(name)
            guard let tensor = description.tensors[name] else { continue }
            combine(tensor.shape.map(Int32.init))
            switch tensor.storage {
            case .float32(let values): combine(values)
            case .float16(let bits): combine(bits.map(Int32.init))
            case .int32(let values): combine(values)
            case .int8(let values): combine(values.map(Int32.init))
            }
        }
    }

    /// The hash of all that was added.
    package func finished() -> Fingerprint {
        Fingerprint(hex: digest().map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined())
    }

    private func digest() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = SHA256(bytes, bytes.count, &digest)
        return digest
    }

    private mutating func fold() {
        if bytes.count >= Self.most { bytes = digest() }
    }

    private mutating func combine(count: Int) {
        withUnsafeBytes(of: UInt64(count).littleEndian) { bytes.append(contentsOf: $0) }
    }
}

extension Model {
    /// A hash of the task, the encoder and the model's description.
    public var fingerprint: Fingerprint { Fingerprint(of: self) }
}

extension Tokenizer {
    /// A hash of the file.
    public var fingerprint: Fingerprint { Fingerprint(of: file) }
}
