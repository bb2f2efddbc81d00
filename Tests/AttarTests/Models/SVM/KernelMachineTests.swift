import Attar
import Compute
import Testing

struct KernelMachineTests {
    @Test(arguments: [Kernel.linear, .radial(gamma: 0.4)])
    func `Pairs of classes get libsvm's own decision values`(kernel: Kernel) throws {
        let rows = try SampleRows.clouds(300, classes: 4)
        let trained = try LibSVM(
            .init(kernel: kernel, c: 2, epsilon: nil), features: rows.features, targets: rows.labels.map(Double.init))
        let decisions = trained.machine().decisions(for: rows.features)
        #expect(decisions.columns == 6)
        for row in 0..<300 {
            // The kernel is computed in single precision.
            for (own, theirs) in zip(decisions.row(row), trained.decisions(ofRow: row)) {
                #expect(abs(Double(own) - theirs) < 1e-4)
            }
        }
    }

    @Test(arguments: [Kernel.linear, .radial(gamma: 0.4)])
    func `Values get libsvm's own`(kernel: Kernel) throws {
        let rows = try SampleRows.surface(80)
        let trained = try LibSVM(
            .init(kernel: kernel, c: 2, epsilon: 0.1), features: rows.features,
            targets: rows.values.elements.map(Double.init))
        let decisions = trained.machine().decisions(for: rows.features)
        for row in 0..<80 { #expect(abs(Double(decisions[row, 0]) - trained.decisions(ofRow: row)[0]) < 1e-4) }
    }
}
