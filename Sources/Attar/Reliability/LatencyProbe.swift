internal import Compute

/// Measures how long a model takes to answer one row in process, encoding included.
///
/// Rows are asked one after the other on one thread; a round is 200 rows, and the figure is the median round's time a row.
package struct LatencyProbe {
    /// Rows as the encoder takes them one at a time, (rows, encoder.columns).
    private let raw: Matrix
    /// Rounds that are timed, after a first one that is not.
    private static let rounds = 21
    /// Rows in a round.
    static let rowsInRound = 200

    /// A probe that asks about the given rows in turn.
    ///
    /// - Precondition: there is at least one row.
    package init(rows: Dataset, encoder: FeatureEncoder) throws {
        raw = try encoder.rawRows(rows.selecting(Array(0..<min(rows.count, Self.rowsInRound))))
    }

    /// The median time a row in microseconds, with the 2.5th and 97.5th percentile of the rounds.
    package func microseconds(of model: any Model) -> Estimate {
        let session = model.session()
        let encoder = model.encoder
        var features = [Float](repeating: 0, count: encoder.width)
        var outputs = [Float](repeating: 0, count: model.task.width)
        return Self.microseconds { row in
            let start = (row % raw.rows) * raw.columns
            var encoded = features.mutableSpan
            encoder.encode(raw.elements.span.extracting(start..<start + raw.columns), into: &encoded)
            var answer = outputs.mutableSpan
            session.predict(features.span, into: &answer)
        }
    }

    /// The median time of answering a row by any means: the rounds of 200 rows are shorter where one would take more than 20 ms.
    static func microseconds(_ answer: (_ row: Int) throws -> Void) rethrows -> Estimate {
        let clock = ContinuousClock()
        var times: [Double] = []
        // A slow model is not worth 4,000 rows: the first round ends after 20 ms, and all others are as long.
        var rowsInRound = Self.rowsInRound
        for round in 0...Self.rounds {
            var answered = 0
            let begun = clock.now
            repeat {
                try answer(answered)
                answered += 1
            } while answered < rowsInRound && (round > 0 || clock.now - begun < .milliseconds(20))
            let elapsed = clock.now - begun
            let microseconds = Double(elapsed.components.attoseconds) * 1e-12 + Double(elapsed.components.seconds) * 1e6
            if round > 0 { times.append(microseconds / Double(answered)) } else { rowsInRound = answered }
        }
        times.sort()
        return Estimate(value: Estimate.percentile(0.5, of: times), replicates: times)
    }
}
