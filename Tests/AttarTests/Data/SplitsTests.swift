import Attar
import Compute
import Testing

struct SplitsTests {
    private func labels(_ count: Int, seed: UInt64) -> [Int32] {
        var generator = SeededBytes(state: seed)
        return (0..<count).map { _ in Int32([0, 0, 0, 1, 1, 2, 3][Int(generator.next() % 7)]) }
    }

    @Test(arguments: 0..<20)
    func `Training and test rows are disjoint and complete, and classes keep their shares to within a row`(seed: UInt64)
        throws
    {
        let strata = labels(20 + Int(seed) * 13, seed: seed)
        let fraction = 0.1 + Double(seed) * 0.04
        let (training, test) = try Splits.split(strata: strata, testFraction: fraction, seed: seed)
        #expect((training + test).sorted() == Array(strata.indices))
        #expect(training == training.sorted() && test == test.sorted())
        for stratum in Set(strata) {
            let all = strata.count { $0 == stratum }
            let tested = test.count { strata[$0] == stratum }
            #expect(abs(Double(tested) - Double(all) * fraction) <= 1 || tested == all - 1)
            #expect(tested < all)
        }
        #expect(abs(Double(test.count) - Double(strata.count) * fraction) <= 1)
        let again = try Splits.split(strata: strata, testFraction: fraction, seed: seed)
        #expect(again.test == test)
        #expect(try Splits.split(strata: strata, testFraction: fraction, seed: seed + 1).test != test)
    }

    @Test(arguments: 2..<8)
    func `Folds are disjoint, complete and even to within a row, in all and in each class`(count: Int) throws {
        let strata = labels(97, seed: UInt64(count))
        let folds = try Splits.folds(strata: strata, count: count, seed: 1)
        #expect(folds.flatMap(\.self).sorted() == Array(strata.indices))
        for stratum in [nil, 0, 1, 2, 3] as [Int32?] {
            let sizes = folds.map { fold in fold.count { stratum == nil || strata[$0] == stratum } }
            #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        }
    }

    @Test func `The values of a regression are cut at quantiles`() throws {
        let values = (0..<100).map { Float(($0 * 37) % 100) }
        let rows = Dataset(
            source: "made up", columns: [Column("a", .numeric(values))],
            target: Target(name: "y", outputs: ["y"], values: Matrix(rows: 100, columns: 1, elements: values)))
        let test = try Splits.split(rows, testFraction: 0.3, seed: 4).test
        for decade in 0..<10 {
            #expect(test.count { Int(values[$0]) / 10 == decade } == 3)
        }
    }

    @Test func `Settings out of range are refused`() {
        #expect(sentence { try Splits.split(strata: [0, 0], testFraction: 1, seed: 1) }.contains("between 0 and 1"))
        #expect(sentence { try Splits.split(strata: [0], testFraction: 0.5, seed: 1) }.contains("1 rows cannot"))
        #expect(
            sentence { try Splits.folds(strata: [0, 0, 0], count: 4, seed: 1) }.contains(
                "3 training rows cannot be cut into 4"))
    }
}
