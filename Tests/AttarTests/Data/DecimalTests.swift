import CKernels
import Foundation
import Testing

struct DecimalTests {
    private func parsed(_ text: String) -> (kind: attar_text_kind, value: Float, rounded: Bool) {
        let bytes = Array(text.utf8)
        var value: Float = 0
        var rounded = false
        let kind = attar_parse_number(bytes, 0, bytes.count, &value, &rounded)
        return (kind, value, rounded)
    }

    @Test func `Numbers are rounded as the standard library rounds them, to the bit`() {
        var generator = SeededBytes(state: 7)
        var texts = [
            "0", "-0", "1", "+1.5", ".5", "5.", "1e5", "1E+05", "16777217", "16777219", "0.1", "1e-45", "7e-46",
            "1.17549435e-38",
            "3.4028235e38", "3.4028235677973366e38", "340282346638528859811704183484516925440", "1e-400", "0e999",
            "1e-60",
            "123456789012345678901234567890", "0.000000000000000000000000000000000000123456789",
            "8388608.5", "8388609.5", "1.00000005960464477539062500000000000001", "1.000000059604644775390625",
            "9007199254740993", "4.9e-324", String(repeating: "9", count: 300) + "e-290",
            "0." + String(repeating: "0", count: 400) + "1e400",
        ]
        for _ in 0..<20_000 {
            let bits = UInt32(truncatingIfNeeded: generator.next() ^ generator.next() << 17)
            let value = Float(bitPattern: bits)
            if value.isFinite {
                texts += ["\(value)", "\(Double(value))", String(format: "%.12e", Double(value))]
                // Just at, above and below the middle between two floats.
                let middle = (Double(value) + Double(value.nextUp)) / 2
                texts += ["\(middle)", "\(middle.nextUp)", "\(middle.nextDown)"]
            }
            texts.append("\(Double(generator.next() % 100_000_000) / 1000)")
            texts.append("\(generator.next() % 1000).\(generator.next())\(generator.next())")
        }
        for text in texts {
            let (kind, value, _) = parsed(text)
            guard let expected = Float(text) else {
                Issue.record("'\(text)' is no number to the standard library")
                continue
            }
            if expected.isInfinite {
                #expect(kind == ATTAR_INFINITE, "\(text)")
            } else if value.bitPattern != expected.bitPattern || kind != ATTAR_NUMBER {
                Issue.record("'\(text)' is read as \(value), not \(expected)")
            }
        }
    }

    @Test func `What is no plain number is told apart`() {
        for text in ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?"] {
            #expect(parsed(text).kind == ATTAR_MISSING, "\(text)")
        }
        for text in [
            "abc", "1x", "0x10", "1e", "1e+", "-", "+", ".", "e5", "1 2", "1,5", "--1", "1.2.3", "infinite", "none",
        ] {
            #expect(parsed(text).kind == ATTAR_TEXT, "\(text)")
        }
        for text in ["inf", "-Inf", "+INFINITY", "1e39", "1e400", "-1e99999999999"] {
            #expect(parsed(text).kind == ATTAR_INFINITE, "\(text)")
        }
        for text in ["007", "-01", "00"] { #expect(parsed(text).kind == ATTAR_PADDED, "\(text)") }
        for text in ["0", "0.5", "-0.5", "10"] { #expect(parsed(text).kind == ATTAR_NUMBER, "\(text)") }
        #expect(parsed("16777217").rounded && !parsed("16777218").rounded && !parsed("0.1").rounded)
    }
}
