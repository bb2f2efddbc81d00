extension Measurement {
    /// What a model costs where it runs: its median time a row.
    ///
    /// - Throws: as reading the rows does.
    func latency(of model: any Model) throws -> Estimate {
        try LatencyProbe(rows: problem.rows, encoder: model.encoder).microseconds(of: model)
    }

    /// The size of a model's artifact without what is known of it.
    ///
    /// - Throws: `AttarError` (`unwritableFile`) where a number in it is not finite.
    static func bytes(of model: any Model) throws -> Estimate {
        Estimate(exactly: Double(try Artifact(model: model, metadata: ArtifactMetadata()).encodedLength()))
    }
}
