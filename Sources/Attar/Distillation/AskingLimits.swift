/// What of a run is left out so that it keeps to the limits of requests, cost and time.
struct AskingLimits {
    /// Whether Attar may compare strategies that make up rows.
    var makesRows = true
    /// Whether Attar may have the teacher answer rows without labels, where the recipe does not say so.
    var asksUnlabeled = true
    /// Whether the teacher is asked about corrupted rows.
    var asksChangedRows = true
    /// The share of made-up rows that is left.
    var madeShare = 1.0
    /// The share of training and test rows that is asked.
    var askedShare = 1.0
    /// What the teacher takes for a row, in seconds; 0 where that is not known.
    var secondsPerQuestion = 0.0
    /// What it takes for the test rows.
    var secondsOfTestRows = 0.0
    /// What a reader has to know of it, in sentences without their full stops.
    var notes: [String] = []

    /// Nothing is left out.
    static let none = AskingLimits()

    /// Whether rows are left out, or fewer made up.
    var changesRows: Bool { madeShare < 1 || askedShare < 1 }

    /// Keeps to as many questions as are allowed: corrupted rows are given up first, then made-up rows, then some of the rows themselves.
    ///
    /// - Parameters:
    ///   - forecast: what the run would ask.
    ///   - allowed: how many questions the limit allows.
    ///   - limit: its flag and value, for the note.
    ///   - leastAsked: the share of rows that is asked in any case, where a limit is a wish.
    ///   - leastMade: the share of made-up rows below which none are made; where a recipe names the strategy, any are.
    mutating func keep(
        to allowed: Double, _ forecast: QuestionForecast, limit: String, leastAsked: Double = 0, leastMade: Double
    ) {
        guard Double(forecast.total) > allowed else { return }
        var given: [String] = []
        var left = Double(forecast.total)
        if forecast.changed > 0 {
            asksChangedRows = false
            left -= Double(forecast.changed)
            given.append("the teacher is not asked about corrupted rows")
        }
        if left > allowed, forecast.made > 0 {
            let room = allowed - (left - Double(forecast.made))
            let share = max(0, room / Double(forecast.made))
            if share < leastMade || share == 0 {
                (makesRows, madeShare) = (false, 0)
                given.append("no rows are made up")
                left -= Double(forecast.made)
            } else {
                madeShare = min(madeShare, share)
                given.append("\(Self.percent(share)) of the rows are made up that would be")
                left = allowed
            }
        }
        if left > allowed, forecast.unlabeled > 0, !forecast.needsUnlabeled {
            asksUnlabeled = false
            left -= Double(forecast.unlabeled)
            given.append("rows without labels are not used")
        }
        if left > allowed {
            let share = min(1, max(leastAsked, allowed / left))
            askedShare = min(askedShare, share)
            given.append("the teacher is asked about \(Self.percent(share)) of the rows")
        }
        if !given.isEmpty { notes.append("To keep to \(limit), \(given.joined(separator: ", "))") }
    }

    private static func percent(_ share: Double) -> String { "\((100 * share).formatted(digits: 0)) %" }
}
