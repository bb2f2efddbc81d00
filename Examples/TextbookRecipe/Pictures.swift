import Attar

extension Dataset {
    /// The same rows with each square picture stretched to another size by bilinear interpolation.
    ///
    /// The feature columns are taken as the picture's pixels, row by row. Corners keep their values.
    ///
    /// - Parameters:
    ///   - side: pixels on a side at present; the data set has side × side numeric columns.
    ///   - newSide: pixels on a side wanted, at least 2.
    func stretchingPictures(from side: Int, to newSide: Int) -> Dataset {
        let pixels = columns.map { column -> [Float] in
            guard case .numeric(let values) = column.storage else { fatalError("\(column.name) holds no numbers") }
            return values
        }
        precondition(pixels.count == side * side, "\(pixels.count) columns are no \(side) × \(side) picture")
        let scale = Float(side - 1) / Float(newSide - 1)

        /// The pixel before a new position, and how far the position is on the way to the next one.
        func place(_ position: Int) -> (pixel: Int, fraction: Float) {
            let exact = Float(position) * scale
            let pixel = min(Int(exact), side - 2)
            return (pixel, exact - Float(pixel))
        }

        let stretched = (0..<newSide * newSide).map { position -> Column in
            let (top, down) = place(position / newSide)
            let (left, across) = place(position % newSide)
            let corners = [0, 1, side, side + 1].map { pixels[top * side + left + $0] }
            let values = (0..<count).map { row in
                let upper = corners[0][row] * (1 - across) + corners[1][row] * across
                let lower = corners[2][row] * (1 - across) + corners[3][row] * across
                return upper * (1 - down) + lower * down
            }
            return Column("pixel_\(position / newSide)_\(position % newSide)", .numeric(values))
        }
        return with(columns: stretched)
    }
}
