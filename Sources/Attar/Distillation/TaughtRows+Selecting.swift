internal import Compute

extension TaughtRows {
    /// Some of the rows with the answers to them, for fits on all of those: without folds. The encoder stays that of all rows.
    func restricted(to positions: [Int]) -> TaughtRows {
        var restricted = TaughtRows(
            problem: problem.selecting(positions), encoder: encoder, features: features.selecting(rows: positions),
            answers: answers.selecting(rows: positions), answersHolding: [], folds: [], foldTeachers: [],
            teacher: teacher, unlabeled: unlabeled, views: views?.selecting(positions), dataKinds: dataKinds)
        restricted.hiddenTerms = hiddenTerms
        return restricted
    }
}

extension ViewAnswers {
    /// The views of some of the rows.
    fileprivate func selecting(_ positions: [Int]) -> ViewAnswers {
        let all = pictures.keys.count
        let places = (0..<(pictures.count ?? 0)).flatMap { view in positions.map { view * all + $0 } }
        return ViewAnswers(
            pictures: pictures.selecting(positions), mixing: mixing,
            answers: answers.rows == 0 ? answers : answers.selecting(rows: places), answersHolding: [])
    }
}
