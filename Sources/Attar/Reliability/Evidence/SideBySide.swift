/// One thing of each of the models that a certificate compares.
public struct SideBySide<Value> {
    /// The student's, trained from the teacher.
    public var student: Value
    /// That of the same student trained on labels alone; nil where there is none at hand.
    public var labelsOnly: Value?
    /// The teacher's; nil where it is not at hand.
    public var teacher: Value?

    /// The same thing of the models that are at hand.
    public init(student: Value, labelsOnly: Value? = nil, teacher: Value? = nil) {
        self.student = student
        self.labelsOnly = labelsOnly
        self.teacher = teacher
    }

    /// Something made of each.
    public func map<Result>(_ transform: (Value) throws -> Result) rethrows -> SideBySide<Result> {
        SideBySide<Result>(
            student: try transform(student), labelsOnly: try labelsOnly.map(transform),
            teacher: try teacher.map(transform))
    }

    /// Something made of each; nil where it cannot be made of the student's.
    func optionalMap<Result>(_ transform: (Value) -> Result?) -> SideBySide<Result>? {
        transform(student).map {
            SideBySide<Result>(
                student: $0, labelsOnly: labelsOnly.flatMap(transform), teacher: teacher.flatMap(transform))
        }
    }

    /// Those that are at hand: student, label-only student, teacher.
    public var all: [Value] { [student] + [labelsOnly, teacher].compactMap { $0 } }
}

extension SideBySide: Sendable where Value: Sendable {}
extension SideBySide: Equatable where Value: Equatable {}
extension SideBySide: Hashable where Value: Hashable {}
extension SideBySide: Encodable where Value: Encodable {}
extension SideBySide: Decodable where Value: Decodable {}
