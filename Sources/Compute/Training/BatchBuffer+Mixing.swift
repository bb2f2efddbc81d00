internal import CKernels

extension BatchBuffer {
    /// Mixes the gathered rows: the first with the last, the second with the last but one, and so on.
    ///
    /// - Returns: the share of the targets that stay a row's own; nil where nothing is mixed.
    func mix(_ features: UnsafeMutablePointer<Float>, rows: Int, using generator: inout SeededGenerator) -> Float? {
        guard let mixing = examples.mixing, rows > 1 else { return nil }
        let (height, width) = (examples.views?.height ?? 1, examples.views?.width ?? 1)
        guard let draw = mixing.draw(height: height, width: width, using: &generator) else { return nil }
        let columns = examples.features.columns
        for row in 0..<rows / 2 {
            let (one, other) = (features + row * columns, features + (rows - 1 - row) * columns)
            switch draw {
            case .blend(let share):
                room.start.update(from: one, count: columns)
                attar_blend(one, other, columns, 1 - share)
                attar_blend(other, room.start, columns, 1 - share)
            case .patch(let lines, let places, _):
                let pixel = columns / (height * width)
                for line in lines {
                    let start = (line * width + places.lowerBound) * pixel
                    let count = places.count * pixel
                    room.start.update(from: one + start, count: count)
                    (one + start).update(from: other + start, count: count)
                    (other + start).update(from: room.start, count: count)
                }
            }
        }
        keepPartners(rows: rows)
        return draw.share
    }

    /// The loss of mixed rows: on their own targets by `share`, on their partners' by the rest.
    func mixed(
        _ batch: LossBatch, share: Float, _ loss: any LossFunction, gradient: UnsafeMutablePointer<Float>?,
        room: UnsafeMutablePointer<Float>
    ) -> Double {
        var own = batch
        attar_scale(weights.start, batch.rows, share)
        own.weights = UnsafePointer(weights.start)
        if batch.taughtWeights != nil { attar_scale(taughtWeights.start, batch.rows, share) }
        let value = loss.evaluate(own, gradient: gradient)
        var others = batch
        attar_scale(partner.weights.start, batch.rows, 1 - share)
        others.weights = UnsafePointer(partner.weights.start)
        if batch.taughtWeights != nil {
            attar_scale(partner.taughtWeights.start, batch.rows, 1 - share)
            others.taughtWeights = UnsafePointer(partner.taughtWeights.start)
        }
        if batch.labels != nil { others.labels = UnsafePointer(partnerLabels) }
        if batch.values != nil { others.values = UnsafePointer(partner.values.start) }
        // A teacher that saw the mixture has answered the mixture.
        if batch.softTargets != nil, examples.teacher == nil {
            others.softTargets = UnsafePointer(partner.softTargets.start)
        }
        let rest = loss.evaluate(others, gradient: gradient.map { _ in room })
        if let gradient { attar_add(gradient, room, batch.rows * batch.width) }
        return value + rest
    }

    /// Asks the teacher about the features as the student sees them, if there is one to ask.
    func askTeacher(_ features: UnsafePointer<Float>, rows: Int) {
        examples.teacher?.answer(features, rows: rows, into: softTargets.start)
    }

    /// The targets of each row's partner, which stand in reverse order. A row's weight goes with it.
    private func keepPartners(rows: Int) {
        for row in 0..<rows {
            let other = rows - 1 - row
            partner.weights.start[row] = weights.start[row]
            if examples.taughtWeights != nil {
                // The row's weight, where the partner's answer is known.
                partner.taughtWeights.start[row] = taughtWeights.start[other] > 0 ? weights.start[row] : 0
            }
            if examples.labels != nil { partnerLabels[row] = labels[other] }
            if examples.softTargets?.matrix != nil {
                (partner.softTargets.start + row * width).update(from: softTargets.start + other * width, count: width)
            }
            if examples.values != nil {
                (partner.values.start + row * width).update(from: values.start + other * width, count: width)
            }
        }
    }
}
