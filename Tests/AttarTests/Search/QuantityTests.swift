import Attar
import Testing

struct QuantityTests {
    @Test(arguments: [
        ("20us", 20), ("20 µs", 20), ("1.5ms", 1_500), ("2s", 2_000_000), ("500ns", 0.5), ("7", 7), ("3US", 3),
    ])
    func `A time a row is in microseconds`(text: String, amount: Double) throws {
        #expect(abs(try Quantity<LatencyUnit>(text).amount - amount) < 1e-9)
    }

    @Test(arguments: [("100KB", 100_000), ("1KiB", 1_024), ("2MB", 2_000_000), ("1MiB", 1_048_576), ("60000", 60_000)])
    func `A size is in bytes`(text: String, amount: Double) throws {
        #expect(try Quantity<SizeUnit>(text).amount == amount)
    }

    @Test(arguments: [("120s", 120), ("2min", 120), ("1h", 3_600), ("250ms", 0.25)])
    func `A time for a search is in seconds`(text: String, amount: Double) throws {
        #expect(try Quantity<TimeUnit>(text).amount == amount)
    }

    @Test(arguments: ["", "us", "-5us", "0us", "5 parsecs", "1e400", "1.2.3s", "five"])
    func `What is no positive time is refused with the units`(text: String) {
        let error = #expect(throws: AttarError.self) { try Quantity<LatencyUnit>(text) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.problem == "'\(text)' is not a time such as 20us")
        #expect(error?.remedy.contains("us, µs, ns, ms, s") == true)
    }

    @Test func `It survives its own JSON, and a bare number is read`() throws {
        let written = try Quantity<SizeUnit>("100KB")
        #expect(try JSONValue(encoding: written) == .string("100KB"))
        #expect(try JSONValue(encoding: written).decoded(as: Quantity<SizeUnit>.self) == written)
        #expect(try JSONValue.number(512).decoded(as: Quantity<SizeUnit>.self).amount == 512)
    }
}
