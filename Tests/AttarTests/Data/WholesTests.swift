import Attar
import Compute
import Testing

/// Groups that are never parted, and later rows.
struct WholesTests {
    /// 600 rows of 40 groups of very different sizes; the class depends on the group.
    private static func grouped() -> Dataset {
        var generator = SeededGenerator(seed: 31)
        let groups = (0..<600).map { _ in Int32(min(39, generator.index(below: 40) * generator.index(below: 40) / 30)) }
        let rows = LeakTable.coin(600, seed: 32)
        return rows.with(
            target: .some(LeakTable.target(groups.map { ($0 + Int32(generator.index(below: 3))) % 3 == 0 })),
            group: .some(Column("patient", .categorical(codes: groups, categories: (0..<40).map { "p\($0)" }))))
    }

    @Test(arguments: 1..<8 as Range<UInt64>)
    func `No group is parted, and test rows and folds have their shares of each class nearly`(seed: UInt64) throws {
        let rows = Self.grouped()
        let groups = try #require(rows.group).numbers
        let parts = try Splits.split(rows, testFraction: 0.3, seed: seed)
        #expect((parts.training + parts.test).sorted() == Array(0..<600))
        #expect(Set(parts.training.map { groups[$0] }).isDisjoint(with: parts.test.map { groups[$0] }))
        let labels = rows.target?.labels ?? []
        for label in [0, 1] as [Int32] {
            let share = Double(parts.test.count { labels[$0] == label }) / Double(labels.count { $0 == label })
            #expect(abs(share - 0.3) < 0.08, "\(share)")
        }
        let folds = try Splits.folds(of: rows, count: 5, seed: seed)
        #expect(folds.flatMap(\.self).sorted() == Array(0..<600))
        for (index, fold) in folds.enumerated() {
            let others = folds.enumerated().filter { $0.offset != index }.flatMap(\.element)
            #expect(Set(fold.map { groups[$0] }).isDisjoint(with: others.map { groups[$0] }))
            #expect((80...160).contains(fold.count), "\(fold.count)")
        }
        #expect(try Splits.folds(of: rows, count: 5, seed: seed) == folds)
        #expect(try Splits.split(rows, testFraction: 0.3, seed: seed + 100).test != parts.test)
    }

    @Test func `Copies stand on one side of split and folds`() throws {
        let rows = LeakTable.copied(LeakTable.coin(100, seed: 33), times: 6, seed: 34)
        let contents = rows.contents.values
        let parts = try Splits.split(rows, testFraction: 0.3, seed: 1)
        #expect(Set(parts.training.map { contents[$0] }).isDisjoint(with: parts.test.map { contents[$0] }))
        #expect(parts.test.count == 180)
        let folds = try Splits.folds(of: rows, count: 4, seed: 1)
        #expect(Set(folds.map { Set($0.map { contents[$0] }) }.flatMap(\.self)).count == 100)
        #expect(folds.reduce(0) { $0 + Set($1.map { contents[$0] }).count } == 100)
        // Rows that resemble each other by chance are dealt as ever.
        let flags = LeakTable.codes(200, of: [2, 2, 2], seed: 35)
        let strata = Splits.strata(of: flags)
        #expect(
            try Splits.split(flags, testFraction: 0.3, seed: 1).test
                == Splits.split(strata: strata, testFraction: 0.3, seed: 1).test)
    }

    @Test func `Of rows with times the latest are tested on, and folds are stretches of time`() throws {
        var generator = SeededGenerator(seed: 36)
        let days = (0..<400).map { _ in "2024-0\(1 + generator.index(below: 9))-\(10 + generator.index(below: 5))" }
        let rows = LeakTable.coin(400, seed: 37)
        let timed = try rows.with(columns: rows.columns + [Column("day", .text(days))]).taking(time: "day")
        #expect(timed.columns.count == rows.columns.count)
        let parts = try Splits.split(timed, testFraction: 0.25, seed: 1)
        let latest = try #require(parts.training.map { days[$0] }.max())
        #expect(parts.test.allSatisfy { days[$0] > latest })
        #expect((80...110).contains(parts.test.count))
        let folds = try Splits.folds(of: timed, count: 5, seed: 1)
        #expect(folds.flatMap(\.self).sorted() == Array(0..<400))
        for (one, other) in zip(folds, folds.dropFirst()) {
            #expect(try #require(one.map { days[$0] }.max()) < #require(other.map { days[$0] }.min()))
            #expect((60...100).contains(one.count))
        }
    }

    @Test func `What cannot be a group or a time, and too few of them, are refused in a sentence`() throws {
        let rows = LeakTable.coin(40, seed: 38)
        let more = rows.with(
            columns: rows.columns + [
                Column("site", .categorical(codes: (0..<40).map { Int32($0 / 20) }, categories: ["a", "b"])),
                Column("when", .text((0..<40).map { "0\(1 + $0 % 9)/02/2024" })),
                Column("gap", .numeric((0..<40).map { $0 == 7 ? .nan : Float($0) })),
                Column("same", .numeric([Float](repeating: 3, count: 40))),
            ])
        #expect(sentence { try more.taking(group: "sites", time: nil) }.contains("has no column 'sites'"))
        #expect(
            sentence { try more.taking(group: "gap", time: nil) }.contains(
                "row 8: the group in column 'gap' is missing"))
        #expect(sentence { try more.taking(group: nil, time: "when") }.contains("no time whose order can be told"))
        #expect(sentence { try more.taking(group: "site", time: "gap") }.contains("not by both"))
        let sites = try more.taking(group: "site", time: nil)
        #expect(
            sentence { try Splits.folds(of: sites, count: 5, seed: 1) }.contains(
                "2 groups or different rows cannot be cut into 5"))
        let same = try more.taking(group: nil, time: "same")
        #expect(sentence { try Splits.split(same, testFraction: 0.3, seed: 1) }.contains("all rows have one time"))
    }
}
