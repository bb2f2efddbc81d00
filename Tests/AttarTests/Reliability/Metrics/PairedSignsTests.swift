import Attar
import Testing

struct PairedSignsTests {
    @Test func `Few rows that differ are gone through one by one`() {
        // Four for one model and none against: one of sixteen ways.
        #expect(PairedSigns.chance(of: [1, 1, 1, 1, 0, 0], seed: 1) == 1.0 / 16)
        #expect(PairedSigns.chance(of: [-1, -1, -1, -1], seed: 1) == 1.0 / 16)
        // Sums of 2 or more out of 4, 2, 0, −2, −4 with 1, 4, 6, 4, 1 ways.
        #expect(PairedSigns.chance(of: [1, 1, 1, -1], seed: 1) == 5.0 / 16)
        #expect(PairedSigns.chance(of: [0, 0], seed: 1) == 1)
    }

    @Test func `One large difference says nothing, however large`() {
        let differences = [1_000.0] + (0..<40).map { $0 % 2 == 0 ? 1 : -1 }
        // Its sign is right half of the time, and so is that of the others' sum, or they are even: (1 + C(40, 20) / 2⁴⁰) / 4.
        #expect(abs(PairedSigns.chance(of: differences, seed: 2) - 0.281_3) < 0.03)
    }

    @Test func `Draws and the normal distribution come near the exact chance`() {
        // 15 of 20: Σ C(20, k), k ≥ 15, is 21,700 of 2²⁰.
        let some = PairedSigns.chance(of: (0..<20).map { $0 < 15 ? 1 : -1 }, seed: 3)
        #expect(abs(some - 21_700.0 / 1_048_576) < 0.01)
        let many = PairedSigns.chance(of: (0..<10_000).map { $0 < 5_100 ? 1 : -1 }, seed: 3)
        // Φ(−2)
        #expect(abs(many - 0.022_75) < 1e-4)
    }
}
