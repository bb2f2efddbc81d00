import Compute
import Testing

struct GraphFusionTests {
    @Test func `An activation after a dense layer becomes part of it`() throws {
        var graph = Graph()
        var tensor = graph.input("x", width: 2)
        for index in 0..<2 {
            tensor = try graph.append(Dense(3), named: "dense\(index)", to: tensor)
            tensor = try graph.append(Activation(.gelu), named: "gelu\(index)", to: tensor)
        }
        #expect(graph.fused().nodes.map(\.operation.name) == ["dense", "dense"])
        #expect(graph.fused().output == tensor)
    }

    @Test func `A result that something else reads, or that is the output, stays`() throws {
        var graph = Graph()
        let x = graph.input("x", width: 2)
        let dense = try graph.append(Dense(3), named: "dense", to: x)
        let relu = try graph.append(Activation(.relu), named: "relu", to: dense)
        var shared = graph
        _ = try shared.apply(Sum(), to: [dense, relu], named: "sum")
        #expect(shared.fused().nodes.count == 3)
        graph.output = dense
        #expect(graph.fused().nodes.count == 2)
    }
}
