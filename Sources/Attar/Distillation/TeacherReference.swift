/// Who teaches, under the name by which certificates call it: a teacher that exists, or a model that is trained on the run's own rows.
///
/// A reference is opened for the rows that it is to answer: what a file or a server answers is told from them.
public struct TeacherReference: Sendable {
    /// What certificates call the teacher: as it was written.
    public let name: String
    /// How a teacher outside of Attar is asked.
    public var settings: TeacherSettings
    let origin: Origin

    /// Where the teacher comes from.
    enum Origin: Sendable {
        /// It is trained.
        case estimator(any Estimator)
        /// It is there.
        case teacher(any Teacher)
        /// It is opened.
        case source(TeacherSource)
        /// Several answer by their weighted mean, under weights that may be learned from the rows' labels.
        case several([(reference: TeacherReference, weight: Double)], learnsWeights: Bool)
    }

    init(_ origin: Origin, named name: String, asking settings: TeacherSettings = TeacherSettings()) {
        (self.origin, self.name, self.settings) = (origin, name, settings)
    }

    /// The teacher that a text names: a specification to train, the path of a model, `predictions:FILE`, `command:PROGRAM` or a URL.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where it is none of these.
    public init(
        parsing text: String, asking settings: TeacherSettings = TeacherSettings(), catalogue: Catalogue = .standard
    ) throws {
        let source = try TeacherSource(text, catalogue: catalogue)
        if let specification = source.specification {
            let estimator = try catalogue.families.named(specification.name).estimator(specification)
            self.init(.estimator(estimator), named: text, asking: settings)
        } else {
            self.init(.source(source), named: text, asking: settings)
        }
    }
}

extension TeacherReference {
    /// A model in an ONNX file.
    public static func onnx(_ path: String, asking settings: TeacherSettings = TeacherSettings()) -> TeacherReference {
        TeacherReference(.source(TeacherSource(.onnx, path)), named: path, asking: settings)
    }

    /// Trees that XGBoost or LightGBM saved.
    public static func trees(_ path: String, asking settings: TeacherSettings = TeacherSettings()) -> TeacherReference {
        TeacherReference(.source(TeacherSource(.trees, path)), named: path, asking: settings)
    }

    /// A model in an `.attar` file.
    public static func file(_ path: String) -> TeacherReference {
        TeacherReference(.source(TeacherSource(.artifact, path)), named: path)
    }

    /// Answers in a file, row by row.
    ///
    /// - Parameter kind: what its numbers are; nil tells it from its columns.
    public static func predictions(_ path: String, kind: Answers.Kind? = nil) -> TeacherReference {
        TeacherReference(
            .source(TeacherSource(.predictions, kind == .logits ? "\(path)[logits]" : path)),
            named: "predictions:\(path)")
    }

    /// A program that answers rows on its standard input.
    public static func command(_ line: String, asking settings: TeacherSettings = TeacherSettings())
        -> TeacherReference
    {
        TeacherReference(.source(TeacherSource(.command, line)), named: "command:\(line)", asking: settings)
    }

    /// A server that answers over HTTP.
    public static func url(_ address: String, asking settings: TeacherSettings = TeacherSettings())
        -> TeacherReference
    {
        TeacherReference(.source(TeacherSource(.url, address)), named: address, asking: settings)
    }

    /// A model that is trained on the run's training rows.
    ///
    /// - Parameter name: nil takes the estimator's specification.
    public static func training(_ estimator: any Estimator, named name: String? = nil) -> TeacherReference {
        TeacherReference(.estimator(estimator), named: name ?? estimator.specification)
    }

    /// A trained model.
    ///
    /// - Parameter name: nil takes its family's.
    public static func model(_ model: any Model, named name: String? = nil) -> TeacherReference {
        TeacherReference(.teacher(ModelTeacher(model)), named: name ?? type(of: model).familyName)
    }

    /// Any teacher.
    public static func teacher(_ teacher: any Teacher, named name: String) -> TeacherReference {
        TeacherReference(.teacher(teacher), named: name)
    }
}
