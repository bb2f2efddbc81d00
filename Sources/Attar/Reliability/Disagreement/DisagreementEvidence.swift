/// Where student, teacher and labels differ.
public struct DisagreementEvidence: EvidenceResult {
    public static let key = "disagreement"

    /// A test row with the answers to it.
    public struct Row: Hashable, Codable, Sendable {
        /// Its position in its source, from 0.
        public var row: Int
        /// Its label, or value.
        public var label: String
        /// The student's answer, and how sure it is; for a regression the value alone.
        public var student: String
        /// The student's probability of its answer; nil for a regression.
        public var studentConfidence: Double?
        /// The teacher's answer; empty without a teacher.
        public var teacher: String
        /// The teacher's probability of its answer; nil for a regression.
        public var teacherConfidence: Double?
        /// How far the answers lie apart: half the sum of |p − q| over the classes, or |difference| of the values.
        public var distance: Double
        /// Some of the row's values, in words: "age 35, colour red".
        public var values: String
    }

    /// Test rows counted by label (outer) and student's answer (inner), in the order of the classes; empty for a regression and above 30 classes.
    public var confusion: [[Int]]
    /// Test rows counted by teacher's answer (outer) and student's answer (inner); empty without a teacher.
    public var answers: [[Int]]
    /// Of a regression, up to 300 rows: label, student's value and teacher's value of the first output, the last NaN-free or left out.
    public var values: [[Double]]
    /// The ten rows on which teacher and student differ most; without a teacher, label and student.
    public var rows: [Row]
}
