/// A regular expression over UTF-8, of the kind that tokenizers split texts with, matched by backtracking.
///
/// Understood are: alternatives, groups `( )`, `(?: )` and `(?i: )`, classes with ranges, classes inside classes, `&&` and
/// negation, `\p{L}` and other categories, `\s \S \d \D \w \W`, escapes, `.`, the quantifiers `? * + {m,n}`, greedy, lazy and
/// possessive, looking ahead `(?= ) (?! )`, and `^ $ \A \z`. The meanings are those of Oniguruma, which `tokenizers` uses.
struct TextPattern: Sendable {
    /// One step of a match.
    enum Step: Sendable {
        /// A scalar of a set.
        case one(Int)
        /// As many scalars of a set as there are, between two numbers, fewer where the rest does not match.
        case many(set: Int, least: Int, most: Int, isPossessive: Bool)
        /// Goes on at the first step, or else at the second.
        case either(Int, Int)
        case jump(Int)
        /// Whether the steps up to `after` match here, or do not.
        case look(isNegative: Bool, after: Int)
        case atStart
        case atEnd
        case found
    }

    private(set) var steps: [Step]
    private(set) var sets: [ScalarSet]

    /// Compiles an expression.
    ///
    /// - Throws: `AttarError` (`malformedData`) naming what in it is not understood.
    init(_ expression: String) throws {
        var parser = TextPatternParser(expression)
        let root = try parser.parsed()
        var compiler = TextPatternCompiler()
        compiler.add(root)
        compiler.steps.append(.found)
        steps = compiler.steps
        sets = compiler.sets
    }

    /// The expression that matches a text as it stands.
    init(literal: String) {
        var compiler = TextPatternCompiler()
        for scalar in literal.unicodeScalars {
            compiler.add(.set(.range(scalar.value, scalar.value)))
        }
        compiler.steps.append(.found)
        steps = compiler.steps
        sets = compiler.sets
    }

    /// Calls `body` with each match between two positions, from left to right, without overlaps; empty matches are left out.
    func forEachMatch(
        _ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ body: (_ start: Int, _ end: Int) -> Void
    ) {
        var position = start
        while position < end {
            let stop = match(0, bytes, position, start, end)
            if stop > position {
                body(position, stop)
                position = stop
            } else {
                position += UTF8Scalar.length(bytes[position])
            }
        }
    }

    /// The end of the match of the steps from one on, beginning at a position; −1 where there is none.
    private func match(
        _ first: Int, _ bytes: borrowing Span<UInt8>, _ at: Int, _ start: Int, _ end: Int
    ) -> Int {
        var step = first
        var position = at
        while true {
            switch steps[step] {
            case .one(let set):
                guard position < end else { return -1 }
                let (value, length) = UTF8Scalar.read(bytes, position)
                guard sets[set].contains(value) else { return -1 }
                position += length
                step += 1
            case .many(let set, let least, let most, let isPossessive):
                let begin = position
                var count = 0
                while position < end, count < most {
                    let (value, length) = UTF8Scalar.read(bytes, position)
                    guard sets[set].contains(value) else { break }
                    position += length
                    count += 1
                }
                if count < least { return -1 }
                step += 1
                if case .found = steps[step] { return position }
                if isPossessive { continue }
                while count > least {
                    let stop = match(step, bytes, position, start, end)
                    if stop >= 0 { return stop }
                    position = UTF8Scalar.before(bytes, position)
                    count -= 1
                }
                if least == 0 { position = begin }
            case .either(let preferred, let other):
                let stop = match(preferred, bytes, position, start, end)
                if stop >= 0 { return stop }
                step = other
            case .jump(let target):
                step = target
            case .look(let isNegative, let after):
                let stop = match(step + 1, bytes, position, start, end)
                if (stop >= 0) == isNegative { return -1 }
                step = after
            case .atStart:
                if position != start { return -1 }
                step += 1
            case .atEnd:
                if position != end { return -1 }
                step += 1
            case .found:
                return position
            }
        }
    }
}

/// A regular expression as a tree.
indirect enum TextPatternNode {
    case set(ScalarSet.Definition)
    case sequence([TextPatternNode])
    case choice([TextPatternNode])
    case repeated(TextPatternNode, least: Int, most: Int, kind: Kind)
    case look(TextPatternNode, isNegative: Bool)
    case atStart
    case atEnd

    /// How a repetition gives way.
    enum Kind { case greedy, lazy, possessive }

    /// Whether it can match without taking a scalar.
    var canBeEmpty: Bool {
        switch self {
        case .set: false
        case .sequence(let parts): parts.allSatisfy(\.canBeEmpty)
        case .choice(let parts): parts.contains(where: \.canBeEmpty)
        case .repeated(let part, let least, _, _): least == 0 || part.canBeEmpty
        case .look, .atStart, .atEnd: true
        }
    }
}

/// Turns the tree into steps.
struct TextPatternCompiler {
    var steps: [TextPattern.Step] = []
    var sets: [ScalarSet] = []

    private mutating func add(set: ScalarSet.Definition) -> Int {
        sets.append(ScalarSet(set))
        return sets.count - 1
    }

    mutating func add(_ node: TextPatternNode) {
        switch node {
        case .set(let set):
            let number = add(set: set)
            steps.append(.one(number))
        case .sequence(let parts):
            for part in parts { add(part) }
        case .choice(let parts):
            var ends: [Int] = []
            for (index, part) in parts.enumerated() {
                guard index < parts.count - 1 else {
                    add(part)
                    break
                }
                let own = steps.count
                steps.append(.either(own + 1, 0))
                add(part)
                ends.append(steps.count)
                steps.append(.jump(0))
                steps[own] = .either(own + 1, steps.count)
            }
            for end in ends { steps[end] = .jump(steps.count) }
        case .repeated(.set(let set), let least, let most, let kind) where kind != .lazy:
            let number = add(set: set)
            steps.append(.many(set: number, least: least, most: most, isPossessive: kind == .possessive))
        case .repeated(let part, let least, let most, let kind):
            for _ in 0..<least { add(part) }
            if most == .max {
                let own = steps.count
                steps.append(.jump(0))
                add(part)
                steps.append(.jump(own))
                steps[own] = fork(to: own + 1, or: steps.count, kind)
            } else {
                var forks: [Int] = []
                for _ in least..<most {
                    forks.append(steps.count)
                    steps.append(.jump(0))
                    add(part)
                }
                for at in forks { steps[at] = fork(to: at + 1, or: steps.count, kind) }
            }
        case .look(let part, let isNegative):
            let own = steps.count
            steps.append(.jump(0))
            add(part)
            steps.append(.found)
            steps[own] = .look(isNegative: isNegative, after: steps.count)
        case .atStart: steps.append(.atStart)
        case .atEnd: steps.append(.atEnd)
        }
    }

    private func fork(to inner: Int, or outer: Int, _ kind: TextPatternNode.Kind) -> TextPattern.Step {
        kind == .lazy ? .either(outer, inner) : .either(inner, outer)
    }
}
