extension Certificate.Figures {
    /// The figure of a metric; nil where it was not measured.
    public subscript(metric: Metric) -> Estimate? {
        get { self[metric.name] }
        set { self[metric.name] = newValue }
    }
}

/// Figures of someone who may not be there: null in JSON where there are none.
@propertyWrapper public struct NullWhereEmpty: Hashable, Sendable {
    /// The figures, by the metric's name.
    public var wrappedValue: Certificate.Figures

    /// The given figures.
    public init(wrappedValue: Certificate.Figures) { self.wrappedValue = wrappedValue }
}

extension NullWhereEmpty: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = container.decodeNil() ? [:] : try container.decode(Certificate.Figures.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if wrappedValue.isEmpty { try container.encodeNil() } else { try container.encode(wrappedValue) }
    }
}

extension Certificate {
    /// The kind of task as it was learned: without labels from the teacher alone.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where nobody has registered it.
    func learned(in catalogue: Catalogue) throws -> TaskKind {
        let usual = try catalogue.task(task)
        return withoutLabels == true ? usual.taughtAlone : usual
    }

    /// The kind of task, with the figure that models were compared by.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where nobody has registered the task or the figure.
    public func kind(in catalogue: Catalogue = .standard) throws -> TaskKind {
        let kind = try learned(in: catalogue)
        return try (metric.map { try kind.judged(byMetric: $0, in: catalogue.metrics) } ?? kind)
            .deciding(by: answerRule)
    }
}

extension KeyedDecodingContainer {
    /// Certificates of earlier versions lack the figures that came later.
    func decode(_ type: NullWhereEmpty.Type, forKey key: Key) throws -> NullWhereEmpty {
        try decodeIfPresent(type, forKey: key) ?? NullWhereEmpty(wrappedValue: [:])
    }
}
