import Attar
import Compute
import Testing

struct CorruptionTests {
    private static func corruptions(_ rows: Dataset, reference: Dataset? = nil) throws -> [String: Corruption] {
        let all = Corruption.all(
            for: reference ?? rows, encoder: try FeatureEncoder(fittedTo: rows), seed: 1,
            kinds: Catalogue.standard.dataKinds)
        return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
    }

    /// The share of numbers or codes that differ.
    private static func changed(_ before: Column, _ after: Column) -> Double {
        func numbers(_ column: Column) -> [Float] {
            switch column.storage {
            case .numeric(let values): values
            case .categorical(let codes, _): codes.map(Float.init)
            case .tensor(let values, _): values
            case .bytes(let values, _): values.map(Float.init)
            case .text(let texts): texts.flatMap { $0.utf8.map(Float.init) }
            }
        }
        let (old, new) = (numbers(before), numbers(after))
        let count = zip(old, new).count { !($0 == $1 || $0.isNaN && $1.isNaN) } + abs(old.count - new.count)
        return Double(count) / Double(max(1, old.count))
    }

    private static let tables = [SampleTable.clouds(300), SampleTable.surface(300), SampleTable.pictures(60)]

    @Test(arguments: [0, 1, 2])
    func `Corrupted rows follow from the seed, keep their targets and have negative identifiers`(table: Int) throws {
        let rows = Self.tables[table]
        for corruption in try Self.corruptions(rows).values {
            for strength in Corruption.strengths {
                let one = corruption.applied(to: rows, strength: strength, seed: 5)
                let again = corruption.applied(to: rows, strength: strength, seed: 5)
                let isSame = zip(one.columns, again.columns).allSatisfy { Self.changed($0, $1) == 0 }
                #expect(isSame, "\(corruption.name) of strength \(strength) follows from the seed")
                let isKept = one.count == rows.count && one.target == rows.target
                #expect(isKept)
                #expect(one.identifiers.allSatisfy { $0 < 0 } && Set(one.identifiers).count == rows.count)
                #expect(one.columns.map(\.name) == rows.columns.map(\.name))
                #expect(one.columns.map(\.kind) == rows.columns.map(\.kind))
                let isChanged = zip(one.columns, rows.columns).contains { Self.changed($0, $1) > 0 }
                #expect(isChanged, "\(corruption.name) of strength \(strength) changes something")
            }
        }
    }

    @Test func `Only corruptions that have something to change are made`() throws {
        #expect(
            Set(try Self.corruptions(SampleTable.clouds(90)).keys) == [
                "noise", "missing cells", "scaled units", "swapped columns", "category drift",
            ])
        #expect(!(try Self.corruptions(SampleTable.surface(90)).keys.contains("category drift")))
        #expect(Set(try Self.corruptions(SampleTable.noise(90)).keys) == ["noise", "missing cells", "scaled units"])
        #expect(
            Set(try Self.corruptions(SampleTable.pictures(20)).keys) == [
                "noise", "blur", "contrast", "shift", "occlusion",
            ])
        let texts = Dataset(
            source: "texts", columns: [Column("text", .text(["one two three", "four five six", "seven"]))])
        #expect(Set(try Self.corruptions(texts).keys) == ["typos", "dropped words"])
        let tokens = Dataset(
            source: "tokens", columns: [Column("tokens", .tensor([1, 2, 3, 0, 4, 5, 0, 0], shape: [4]))])
        #expect(Set(try Self.corruptions(tokens).keys) == ["dropped tokens", "swapped tokens"])
    }

    @Test(arguments: ["noise", "missing cells", "swapped columns", "category drift"])
    func `A stronger corruption of a table changes more`(name: String) throws {
        let rows = SampleTable.clouds(3000)
        let corruption = try #require(try Self.corruptions(rows)[name])
        let sizes = Corruption.strengths.map { strength in
            let after = corruption.applied(to: rows, strength: strength, seed: 2)
            return zip(rows.columns, after.columns).reduce(0.0) { sum, pair in
                if name == "noise", case .numeric(let old) = pair.0.storage, case .numeric(let new) = pair.1.storage {
                    return sum + zip(old, new).reduce(0) { $0 + Double(abs($1.0 - $1.1)) }
                }
                return sum + Self.changed(pair.0, pair.1)
            }
        }
        #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 }, "\(sizes)")
    }

    @Test func `Noise has the deviation that its strength says, and cells go missing as often as it says`() throws {
        var generator = SeededGenerator(seed: 8)
        let rows = Dataset(
            source: "x", columns: [Column("x", .numeric((0..<20_000).map { _ in 7 + 3 * generator.normal() }))])
        let all = try Self.corruptions(rows)
        func corrupted(_ name: String) throws -> [Float] {
            try #require(all[name]).applied(to: rows, strength: 5, seed: 1).columns[0].requiredNumbers()
        }
        let before = try rows.columns[0].requiredNumbers()
        let (after, thinned) = (try corrupted("noise"), try corrupted("missing cells"))
        let scaled = try corrupted("scaled units")
        let squares = zip(before, after).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / 20_000
        #expect(abs(squares.squareRoot() - 1.5) < 0.05)
        #expect(abs(Double(thinned.count { $0.isNaN }) / 20_000 - 0.3) < 0.015)
        #expect(zip(before, scaled).allSatisfy { $1 == $0 * 2.54 })
    }

    @Test func `Missing cells stay missing, and constant columns stay as they are under noise`() throws {
        let rows = Dataset(
            source: "x",
            columns: [
                Column("a", .numeric([1, .nan, 3, 4])), Column("b", .numeric([2, 2, 2, 2])),
                Column("c", .categorical(codes: [-1, 0, 1, 0], categories: ["x", "y"])),
            ])
        for corruption in try Self.corruptions(rows).values where corruption.name != "swapped columns" {
            let after = corruption.applied(to: rows, strength: 5, seed: 3)
            guard case .numeric(let a) = after.columns[0].storage,
                case .categorical(let c, _) = after.columns[2].storage
            else { continue }
            #expect(a[1].isNaN && c[0] == -1)
            if corruption.name == "noise" { #expect(after.columns[1] == rows.columns[1]) }
        }
    }

    @Test func `Categories drift to rarer and unseen ones, even where the rows lack them`() throws {
        let reference = Dataset(
            source: "x",
            columns: [
                Column(
                    "c",
                    .categorical(
                        codes: (0..<100).map { $0 < 80 ? 0 : $0 < 95 ? 1 : 2 },
                        categories: ["often", "seldom", "hardly"]))
            ])
        let rows = Dataset(
            source: "x",
            columns: [
                Column("c", .categorical(codes: [Int32](repeating: 0, count: 1000), categories: ["often"]))
            ])
        let drift = try #require(try Self.corruptions(rows, reference: reference)["category drift"])
        let after = drift.applied(to: rows, strength: 5, seed: 1)
        let codes = try after.columns[0].requiredCodes()
        #expect(try after.columns[0].requiredCategories() == ["often", "hardly", "another c"])
        let counts = (0..<3).map { code in codes.count { $0 == code } }
        #expect(abs(counts[0] - 500) < 60 && abs(counts[1] - 250) < 50 && abs(counts[2] - 250) < 50)
    }

    @Test func `Pictures stay in their range, and each corruption does what its name says`() throws {
        let rows = SampleTable.pictures(40)
        let all = try Self.corruptions(rows)
        let before = try rows.columns[0].requiredBytes().values
        func after(_ name: String, _ strength: Int) throws -> [Float] {
            let corruption = try #require(all[name])
            return try corruption.applied(to: rows, strength: strength, seed: 1).columns[0].requiredBytes()
                .values.map(Float.init)
        }
        func spread(_ values: [Float]) -> Float {
            let mean = values.reduce(0, +) / Float(values.count)
            return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        #expect(try spread(after("contrast", 5)) < 0.1 * spread(after("contrast", 1)))
        #expect(try spread(after("blur", 5)) < spread(before.map(Float.init)))
        // A square of three sixths of the side is of one colour.
        let hidden = try after("occlusion", 5).prefix(36)
        #expect(Dictionary(grouping: hidden) { $0 }.values.contains { $0.count >= 9 })
        // A constant picture stays as it is wherever it moves.
        let grey = Dataset(
            source: "grey", columns: [Column("p", .bytes([UInt8](repeating: 90, count: 36), shape: [6, 6]))])
        for name in ["shift", "blur", "contrast", "occlusion"] {
            #expect(all[name]?.applied(to: rows, strength: 5, seed: 1).columns[0] != rows.columns[0])
            let same = try Self.corruptions(grey)[name]?.applied(to: grey, strength: 5, seed: 1)
            #expect(same?.columns == grey.columns)
        }
    }

    @Test func `Words and tokens are lost and misspelt as often as the strength says`() throws {
        let words = (0..<4000).map { "word\($0)" }
        let texts = Dataset(
            source: "texts", columns: [Column("text", .text([words.joined(separator: " "), "", "one"]))])
        let all = try Self.corruptions(texts)
        func lists(_ name: String) throws -> [[Substring]] {
            try #require(all[name]).applied(to: texts, strength: 5, seed: 1).columns[0].requiredTexts()
                .map { $0.split(separator: " ") }
        }
        let dropped = try lists("dropped words")
        #expect(abs(dropped[0].count - 2400) < 120 && dropped[1].isEmpty && dropped[2] == ["one"])
        let misspelt = try lists("typos")
        let changed = zip(misspelt[0], words).count { String($0) != $1 }
        #expect(misspelt[0].count == 4000 && changed > 1200 && changed < 1700)
        let tokens = Dataset(
            source: "tokens", columns: [Column("tokens", .tensor([1, 2, 3, 4, 5, 0, 0, 6], shape: [8]))])
        let kept = try #require(Self.corruptions(tokens)["dropped tokens"])
            .applied(to: tokens, strength: 5, seed: 2).columns[0].requiredArrays().values
        let left = kept.filter { $0 != 0 }
        #expect(left == left.sorted() && left.count < 6 && kept == left + [Float](repeating: 0, count: 8 - left.count))
    }
}
