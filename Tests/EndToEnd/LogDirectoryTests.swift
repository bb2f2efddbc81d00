import Foundation
import Testing

struct LogDirectoryTests {
    /// Reads TFRecord files with checksums of its own, and the two levels of messages by hand.
    private static let reader = """
        import glob, json, struct
        def crc(data):
            sum = 0xFFFFFFFF
            for byte in data:
                sum ^= byte
                for _ in range(8):
                    sum = sum >> 1 ^ (0x82F63B78 if sum & 1 else 0)
            sum ^= 0xFFFFFFFF
            return ((sum >> 15 | sum << 17) + 0xA282EAD8) & 0xFFFFFFFF
        def fields(data):
            place, found = 0, []
            def number():
                nonlocal place
                value = shift = 0
                while True:
                    byte = data[place]; place += 1
                    value |= (byte & 127) << shift; shift += 7
                    if byte < 128: return value
            while place < len(data):
                key = number()
                kind = key & 7
                if kind == 0: content = number()
                else:
                    size = {1: 8, 5: 4}.get(kind) or number()
                    content = data[place:place + size]; place += size
                found.append((key >> 3, content))
            return found
        scalars = []
        for name in glob.glob("logs/events.out.tfevents.*"):
            data = open(name, "rb").read()
            place = 0
            while place < len(data):
                length, = struct.unpack_from("<Q", data, place)
                assert struct.unpack_from("<I", data, place + 8)[0] == crc(data[place:place + 8])
                record = data[place + 12:place + 12 + length]
                assert struct.unpack_from("<I", data, place + 12 + length)[0] == crc(record)
                place += 16 + length
                event = dict(fields(record))
                if 5 in event:
                    value = dict(fields(fields(event[5])[0][1]))
                    scalars.append([value[1].decode(), event[2], struct.unpack("<f", value[2])[0]])
                else:
                    assert event[3] == b"brain.Event:2"
        json.dump(scalars, open("scalars.json", "w"))
        """

    @Test func `Losses and figures are written as TensorBoard reads them`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let run = try await attar(
                "distill", "data.csv", "--target", "fruit", "--teacher", "tree", "--student", "mlp[4,epochs=12]",
                "--strategy", "teacher", "--seeds", "1", "--quiet", "--log-dir", "logs", "--json")
            #expect(run.status == 0, "\(run.words)")
            try Python.run(Self.reader, in: attar.folder)
            let scalars = try #require(
                try JSONSerialization.jsonObject(with: attar.bytes("scalars.json")) as? [[Any]])
            func values(_ tag: String) -> [(Int, Double)] {
                scalars.filter { $0[0] as? String == tag }.map { ($0[1] as? Int ?? -1, $0[2] as? Double ?? .nan) }
            }
            #expect(values("training loss/student").map(\.0) == Array(1...12))
            #expect(values("training loss/labelsOnly").count == 12)
            let accuracy = (try run.json()["student"] as? [String: [String: Double]])?["accuracy"]?["value"]
            #expect(abs((values("accuracy/student").first?.1 ?? .nan) - (accuracy ?? .nan)) < 1e-6)
            #expect(scalars.contains { ($0[0] as? String ?? "").hasPrefix("loss/training mlp[4,epochs=12]") })
        }
    }

    @Test func `A folder that cannot be made is refused`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let run = try await attar(
                "train", "data.csv", "--target", "fruit", "--model", "tree", "--log-dir", "data.csv/logs")
            #expect(run.status == 1 && run.words.contains("the folder of logs 'data.csv/logs' cannot be written"))
        }
    }
}
