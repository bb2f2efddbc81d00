import Compute
import Testing

struct PictureViewsTests {
    private func views(_ keys: [Int32], shift: Int = 1, flips: Bool = true, count: Int? = nil) -> PictureViews {
        PictureViews(
            height: 3, width: 4, channels: 2, shift: shift, flips: flips, seed: 7, keys: keys, black: [-1, -2],
            count: count)
    }

    /// One picture whose numbers are all different.
    private let picture = (0..<24).map { Float($0 + 1) }

    /// The picture moved and turned over, written down from the words.
    private func moved(down: Int, right: Int, flipped: Bool) -> [Float] {
        var result: [Float] = []
        for y in 0..<3 {
            for x in 0..<4 {
                let from = (y: y - down, x: (flipped ? 3 - x : x) - right)
                let isInside = (0..<3).contains(from.y) && (0..<4).contains(from.x)
                for channel in 0..<2 {
                    result.append(isInside ? picture[(from.y * 4 + from.x) * 2 + channel] : [-1, -2][channel])
                }
            }
        }
        return result
    }

    @Test func `Each view is the picture moved within its range and perhaps turned over, and each way occurs`() {
        let keys = (0..<400).map { Int32($0) }
        let all = views(keys).view(3, of: Matrix(rows: 400, columns: 24, elements: keys.flatMap { _ in picture }))
        var ways: [[Float]] = []
        for down in -1...1 {
            for right in -1...1 {
                for flip in [false, true] { ways.append(moved(down: down, right: right, flipped: flip)) }
            }
        }
        var counts = [Int](repeating: 0, count: ways.count)
        for row in 0..<400 {
            let shown = Array(all.elements[row * 24..<(row + 1) * 24])
            let way = ways.firstIndex(of: shown)
            #expect(way != nil, "row \(row)")
            if let way { counts[way] += 1 }
        }
        // 22 expected each, with a standard deviation of 4.6.
        #expect(counts.allSatisfy { (4...44).contains($0) }, "\(counts)")
    }

    @Test
    func `A view follows from key and number, not from the place among others, and bytes show what floats show`() {
        let pictures = Matrix(
            rows: 3, columns: 24, elements: (0..<3).flatMap { row in picture.map { $0 + Float(row) * 30 } })
        let views = PictureViews(
            height: 3, width: 4, channels: 2, shift: 1, flips: true, seed: 7, keys: [5, 90, 6], black: [0, 0])
        let shown = views.view(1, of: pictures)
        let chosen = views.selecting([2, 0]).view(1, of: pictures.selecting(rows: [2, 0]))
        #expect(chosen == shown.selecting(rows: [2, 0]))
        #expect(views.view(1, of: pictures.elements.map { UInt8($0) }).map(Float.init) == shown.elements)
        #expect((2..<20).contains { views.view($0, of: pictures) != shown })
        let still = PictureViews(
            height: 3, width: 4, channels: 2, shift: 0, flips: false, seed: 7, keys: [5, 90, 6], black: [0, 0])
        #expect(still.view(1, of: pictures) == pictures)
    }

    /// Compares what the network saw with the answers that came with it.
    private final class Watch: LossFunction, @unchecked Sendable {
        var differences = 0
        var seen: Set<[Float]> = []

        func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
            for index in 0..<batch.rows * batch.width where batch.outputs[index] != batch.softTargets?[index] {
                differences += 1
            }
            seen.insert(Array(UnsafeBufferPointer(start: batch.outputs, count: batch.width)))
            gradient?.initialize(repeating: 0, count: batch.rows * batch.width)
            return 0
        }
    }

    @Test func `Training shows each view with the answers to it, one epoch after the other`() throws {
        let pictures = Matrix(
            rows: 5, columns: 24, elements: (0..<5).flatMap { row in picture.map { $0 + Float(row) * 30 } })
        let views = views([0, 1, 2, 3, 4], count: 3)
        let answers = (0..<3).flatMap { views.view($0, of: pictures).elements }
        var graph = Graph()
        let input = graph.input("pictures", shape: .rows(3, 4, 2))
        _ = try graph.append(Reshape.flat, named: "flat", to: input)
        let watch = Watch()
        var trainer = Trainer()
        (trainer.epochs, trainer.batchSize) = (6, 2)
        _ = try trainer.trained(
            graph,
            on: Examples(
                features: pictures, softTargets: Matrix(rows: 15, columns: 24, elements: answers),
                labels: [0, 0, 0, 0, 0], views: views), loss: watch)
        #expect(watch.differences == 0 && watch.seen.count > 5)
    }
}
