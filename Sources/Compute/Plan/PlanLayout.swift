/// Where each buffer of a plan goes in its block of memory, by the moments at which it is in use.
///
/// With n operations, operation i runs forward at moment i, the loss at moment n, and operation i backward at 2n − i.
struct PlanLayout {
    /// One of an operation's inputs.
    struct Place: Hashable {
        let node: Int
        let place: Int
    }

    /// The offset of each input's and result's values.
    private(set) var values: [Graph.Tensor: Int] = [:]
    /// The offset of each result's gradient, for training.
    private(set) var gradients: [Graph.Tensor: Int] = [:]
    /// Where several operations read a tensor, all but the first to run backward put their gradient here, to be added.
    private(set) var partialGradients: [Place: Int] = [:]
    /// The offset of what each operation keeps.
    private(set) var saved: [Int] = []
    /// The offset of what each operation makes of the parameters.
    private(set) var prepared: [Int] = []
    /// The offset of the working space that all operations share.
    private(set) var scratch = 0
    /// Number of floats in all.
    var count: Int { arena.count }

    private var arena = ArenaLayout()

    /// Lays out a graph.
    init(_ graph: Graph, capacity: Int, purpose: Plan.Purpose, workers: Int) {
        let end = 2 * graph.nodes.count + 1
        var lastReader: [Graph.Tensor: Int] = [:]
        for (index, node) in graph.nodes.enumerated() {
            for tensor in node.inputs { lastReader[tensor] = index }
        }
        func lifetime(from start: Int, of tensor: Graph.Tensor) -> ClosedRange<Int> {
            // A backward kernel may read any value again. The output and the taps stay for whoever asked.
            if purpose == .training || tensor == graph.output || graph.taps.contains(tensor) { return start...end }
            return start...max(start, lastReader[tensor] ?? start)
        }
        for tensor in graph.inputs {
            let size = graph[tensor].floatCount(rows: capacity)
            values[tensor] = arena.place(size: size, lifetime: lifetime(from: 0, of: tensor))
        }
        for (index, node) in graph.nodes.enumerated() {
            let size = graph[node.result].floatCount(rows: capacity)
            values[node.result] = arena.place(size: size, lifetime: lifetime(from: index, of: node.result))
            let kept = node.operation.savedCount(
                inputs: node.inputs.map { graph[$0].shape }, result: graph[node.result].shape, rows: capacity)
            saved.append(arena.place(size: kept, lifetime: index...(purpose == .training ? end : index)))
        }
        for node in graph.nodes {
            let count = node.operation.preparedCount(
                inputs: node.inputs.map { graph[$0].shape }, result: graph[node.result].shape)
            prepared.append(arena.place(size: count, lifetime: 0...end))
        }
        let working = graph.nodes.map { node in
            node.operation.scratchCount(
                inputs: node.inputs.map { graph[$0].shape }, result: graph[node.result].shape, rows: capacity,
                workers: workers)
        }
        scratch = arena.place(size: working.max() ?? 0, lifetime: 0...end)
        if purpose == .training { placeGradients(of: graph, capacity: capacity) }
    }

    /// Gradients live from the backward kernel that first writes them to the one that turns them into the inputs' gradients.
    private mutating func placeGradients(of graph: Graph, capacity: Int) {
        let operations = graph.nodes.count
        var learned = Set(graph.parameters)
        var producer: [Graph.Tensor: Int] = [:]
        for (index, node) in graph.nodes.enumerated() {
            // A gradient is needed where a parameter lies upstream.
            if !learned.isDisjoint(with: node.inputs) { learned.insert(node.result) }
            producer[node.result] = index
        }
        var isWritten: Set<Graph.Tensor> = []
        func size(_ tensor: Graph.Tensor) -> Int { graph[tensor].shape.count(rows: capacity) }
        func gradientEnd(_ tensor: Graph.Tensor) -> Int { 2 * operations - (producer[tensor] ?? 0) }
        // The loss writes these.
        for tensor in [graph.output].compactMap(\.self) + graph.taps where learned.contains(tensor) {
            gradients[tensor] = arena.place(size: size(tensor), lifetime: operations...gradientEnd(tensor))
            isWritten.insert(tensor)
        }
        for (index, node) in graph.nodes.enumerated().reversed() {
            let now = 2 * operations - index
            for (place, tensor) in node.inputs.enumerated() where learned.contains(tensor) {
                if !isWritten.insert(tensor).inserted {
                    let offset = arena.place(size: size(tensor), lifetime: now...now)
                    partialGradients[Place(node: index, place: place)] = offset
                } else if producer[tensor] != nil {
                    gradients[tensor] = arena.place(size: size(tensor), lifetime: now...gradientEnd(tensor))
                }
            }
        }
    }
}
