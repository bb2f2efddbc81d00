import Foundation
import Fuzzing
import Testing

/// Every reader, on inputs that are wrong. `make fuzz` does the same for longer, where a trap ends a process and not the tests.
struct SurfaceTests {
    @Test(arguments: Surface.all)
    func `Every seed is read, or refused with a sentence`(_ surface: Surface) async throws {
        #expect(!surface.seeds.isEmpty && surface.seeds.allSatisfy { !$0.isEmpty })
        for seed in surface.seeds { try await surface.read(seed) }
    }

    @Test(arguments: Surface.all)
    func `So are changed ones`(_ surface: Surface) async throws {
        for number in 0..<40 { try await surface.read(surface.input(number, seed: 2)) }
    }

    @Test func `Inputs follow from the seed`() throws {
        for surface in Surface.all {
            #expect(surface.input(5, seed: 3) == surface.input(5, seed: 3))
            #expect((0..<20).contains { surface.input($0, seed: 3) != surface.input($0, seed: 4) })
        }
    }
}
