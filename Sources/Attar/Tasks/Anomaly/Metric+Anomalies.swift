extension Metric {
    /// Share of known anomalies among the strangest 1 % of the rows, one row at least.
    public static let precisionAtTop1 = Metric(
        "precisionAtTop1", label: "anomalies in the top 1 %", .higherIsBetter, in: 0...1, unit: .share)
    /// Share of known anomalies among the strangest 5 % of the rows, one row at least.
    public static let precisionAtTop5 = Metric(
        "precisionAtTop5", label: "anomalies in the top 5 %", .higherIsBetter, in: 0...1, unit: .share)
    /// Share of the teacher's strangest 1 % of the rows that are among the student's.
    public static let overlapAtTop1 = Metric(
        "overlapAtTop1", label: "the teacher's top 1 %, found", .higherIsBetter, in: 0...1, unit: .share,
        isToTeacher: true)
    /// Share of the teacher's strangest 5 % of the rows that are among the student's.
    public static let overlapAtTop5 = Metric(
        "overlapAtTop5", label: "the teacher's top 5 %, found", .higherIsBetter, in: 0...1, unit: .share,
        isToTeacher: true)
    /// Share of the rows that are no known anomalies on which an alarm is raised where 1 % is promised: each fifth of the rows by thresholds from the others.
    public static let falseAlarmRate = Metric(
        "falseAlarmRate", label: "false alarms at 1 %", .lowerIsBetter, in: 0...1, unit: .share)
}
