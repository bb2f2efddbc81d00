internal import Compute

extension DisagreementEvidence {
    /// Above this many classes tables of counts are left out.
    static let mostClasses = 30
    /// Rows that are shown.
    static let shownRows = 10
    /// Points of a regression's picture.
    static let mostPoints = 300

    /// Where the student differs from labels and teacher on the test rows.
    ///
    /// Without a teacher the rows on which student and label differ most are shown: `teacher` is empty, and the distance is one minus the student's
    /// probability of the label, or |difference| to the value.
    package init(of judged: JudgedRows) {
        let distances = Self.distances(judged)
        let order = distances.indices.sorted { (distances[$1], $0) < (distances[$0], $1) }
        let values = RowText(judged.rows, kinds: judged.dataKinds)
        rows = order.prefix(Self.shownRows).filter { distances[$0] > 0 }.map { row in
            Row(row, judged, distance: distances[row], values: values.text(of: row))
        }
        (confusion, answers, self.values) = ([], [], [])
        switch judged.truth {
        case .none: break
        case .values: self.values = Self.points(judged)
        case .classes(let labels):
            let judging = judged.kind.judging
            let (own, width) = (judging.answers(judged.answers.student) ?? [], judged.task.width)
            confusion = Self.counts(labels, own, width)
            answers = judged.answers.teacher.map { Self.counts(judging.answers($0) ?? [], own, width) } ?? []
        }
    }

    private static func counts(_ outer: [Int32], _ inner: [Int32], _ classes: Int) -> [[Int]] {
        guard classes <= mostClasses else { return [] }
        var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
        for (first, second) in zip(outer, inner) where first >= 0 { counts[Int(first)][Int(second)] += 1 }
        return counts
    }

    private static func distances(_ judged: JudgedRows) -> [Double] {
        let (student, width) = (judged.answers.student, judged.answers.student.columns)
        // Answers that stand in spaces of their own are as far apart as the task says.
        guard let teacher = judged.answers.teacher, teacher.columns == width,
            judged.truth != .none || judged.kind.judging.followsTeacher
        else {
            return distancesToTruth(judged)
        }
        return (0..<student.rows).map { row in
            var sum = 0.0
            for place in row * width..<(row + 1) * width {
                sum += abs(Double(student.elements[place]) - Double(teacher.elements[place]))
            }
            switch judged.task.form {
            case .probabilities: return sum / 2
            case .values: return sum / Double(max(1, width))
            }
        }
    }

    private static func distancesToTruth(_ judged: JudgedRows) -> [Double] {
        let student = judged.answers.student
        switch judged.truth {
        case .none: return judged.losses(student).values.map(Double.init)
        case .classes(let labels):
            return labels.enumerated().map { $1 < 0 ? 0 : 1 - Double(student[$0, Int($1)]) }
        case .values(let values):
            return (0..<student.rows).map { row in
                (0..<student.columns).reduce(0) { $0 + abs(Double(student[row, $1]) - Double(values[row, $1])) }
                    / Double(max(1, student.columns))
            }
        }
    }

    /// Label, student's value and teacher's value of the first output, of rows drawn from the seed.
    private static func points(_ judged: JudgedRows) -> [[Double]] {
        var generator = SeededGenerator(seed: judged.seed, stream: "points")
        let rows = Array(0..<judged.rows.count).shuffled(using: &generator).prefix(mostPoints).sorted()
        return rows.map { row in
            [Double(judged.truth.values[row, 0]), Double(judged.answers.student[row, 0])]
                + (judged.answers.teacher.map { [Double($0[row, 0])] } ?? [])
        }
    }
}

extension DisagreementEvidence.Row {
    init(_ row: Int, _ judged: JudgedRows, distance: Double, values: String) {
        let task = judged.task
        func answer(_ matrix: Matrix) -> (text: String, confidence: Double?) {
            guard let answers = judged.kind.judging.answers(matrix.selecting(rows: [row])) else {
                return (RowText.text(of: matrix.row(row)), nil)
            }
            return (task.names[Int(answers[0])], Double(matrix[row, Int(answers[0])]))
        }
        let student = answer(judged.answers.student)
        let teacher = judged.answers.teacher.map(answer)
        self.row = judged.rows.identifiers[row]
        switch judged.truth {
        case .none: label = ""
        case .classes(let labels): label = labels[row] < 0 ? "" : task.names[Int(labels[row])]
        case .values(let values): label = RowText.text(of: values.row(row))
        }
        (self.student, studentConfidence) = (student.text, student.confidence)
        (self.teacher, teacherConfidence) = (teacher?.text ?? "", teacher?.confidence)
        self.distance = distance
        self.values = values
    }
}
