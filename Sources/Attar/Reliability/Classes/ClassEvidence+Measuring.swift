internal import Compute

extension EvidencePart {
    /// How many rows of each class are found; nothing where truth is no classes.
    public static let classes = EvidencePart(ClassEvidence.self) { ClassEvidence($0.judged) }
}

extension ClassEvidence {
    /// Counts for each class what student and teacher find of it.
    ///
    /// - Returns: nil where truth is no classes.
    package init?(_ judged: JudgedRows) {
        guard case .classes(let labels) = judged.followedTruth else { return nil }
        let right = judged.answers.map { answers in judged.losses(answers).values.map { $0 == 0 } }
        let lenient = judged.rightAtTeachersRate
        outputs = judged.kind.words.outputs == "classes" ? nil : judged.kind.words.outputs
        classes = judged.task.names.enumerated().compactMap { index, name in
            let rows = labels.indices.filter { labels[$0] == Int32(index) }
            guard !rows.isEmpty else { return nil }
            func recall(_ right: [Bool]) -> Estimate {
                judged.dependence.widened(Estimate(share: rows.count { right[$0] }, of: rows.count), in: 0...1)
            }
            var one = Class(name: name, rows: rows.count, recall: right.map(recall), lost: 0, won: 0)
            guard let teacher = right.teacher, let lenient else { return one }
            one.recallAtTeachersRate = Double(rows.count { lenient.matched[$0] }) / Double(rows.count)
            one.lost = rows.count { teacher[$0] && !lenient.either[$0] }
            one.won = rows.count { !teacher[$0] && lenient.either[$0] }
            let lost = Double(one.lost) / Double(rows.count)
            let bound = Binomial.upperBound(one.lost, of: rows.count, confidence: 0.95)
            one.bound = judged.dependence.widened(Estimate(value: lost, low: lost, high: bound), in: 0...1).high
            one.pValue = judged.dependence.chance(
                Binomial.atMost(one.won, of: one.lost + one.won, probability: 0.5))
            return one
        }
    }
}

extension Estimate {
    /// A share with its exact 95 % interval (Clopper and Pearson, 1934).
    init(share count: Int, of rows: Int) {
        self.init(
            value: Double(count) / Double(rows),
            low: 1 - Binomial.upperBound(rows - count, of: rows, confidence: 0.975),
            high: Binomial.upperBound(count, of: rows, confidence: 0.975))
    }
}

extension JudgedRows {
    /// Whether the student is right on each row, were its threshold the teacher's: a student that is as good and names a class less often, because it is better calibrated,
    /// has not lost that class. `matched`: whether the row is among as many rows as the teacher gives its class, those to which the student gives it the most; `either`:
    /// that, or right as it is. Nil without a teacher, and where truth is no classes.
    var rightAtTeachersRate: (matched: [Bool], either: [Bool])? {
        guard case .classes(let labels) = followedTruth, let teacher = answers.teacher else { return nil }
        var named = [Int](repeating: 0, count: task.width)
        for answer in kind.judging.answers(teacher) ?? [] { named[Int(answer)] += 1 }
        var matched = [Bool](repeating: false, count: labels.count)
        for (index, count) in named.enumerated() where count > 0 {
            let order = labels.indices.sorted {
                (answers.student[$1, index], $0) < (answers.student[$0, index], $1)
            }
            // Rows to which the student gives as much are not told apart: all or none of them.
            let last = answers.student[order[count - 1], index]
            let isCut = count < order.count && answers.student[order[count], index] == last
            for row in order.prefix(count) where labels[row] == Int32(index) {
                matched[row] = !isCut || answers.student[row, index] > last
            }
        }
        let right = losses(answers.student).values
        return (matched, labels.indices.map { matched[$0] || right[$0] == 0 })
    }
}
