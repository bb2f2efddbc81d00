/// What an endpoint of embeddings answers, as far as it is used.
struct EmbeddingsAnswer: Decodable, Sendable {
    /// One text's embedding.
    struct Item: Decodable, Sendable {
        /// Which of the texts it belongs to; nil for as many as stand before it.
        var index: Int?
        let embedding: [Float]
    }

    let data: [Item]
    var usage: ChatAnswer.Usage?

    /// The embeddings in the order of the texts; nil where they are not `count` of one width.
    func numbers(count: Int) -> (elements: [Float], width: Int)? {
        guard data.count == count, let width = data.first?.embedding.count, width > 0 else { return nil }
        var rows = [[Float]?](repeating: nil, count: count)
        for (place, item) in data.enumerated() {
            let index = item.index ?? place
            guard rows.indices.contains(index), rows[index] == nil, item.embedding.count == width else { return nil }
            rows[index] = item.embedding
        }
        return (rows.flatMap { $0 ?? [] }, width)
    }
}
