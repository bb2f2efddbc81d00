internal import CKernels
package import Compute

/// In what form a store keeps answers: all numbers of a row or only the greatest, and with how many bits.
///
/// Where the k likeliest of many classes are kept, the rest of the probability is one more number, the tail, that needs no place: it is what
/// is missing to 1. Read back it is spread evenly over the classes that were not kept.
public struct StoredForm: Hashable, Codable, Sendable {
    /// How many of the likeliest classes are kept; nil for all numbers.
    public var topK: Int?
    /// Whether numbers are kept as floats of 16 bits.
    public var halves: Bool

    /// All numbers with all their bits, unless said otherwise.
    public init(topK: Int? = nil, halves: Bool = false) {
        (self.topK, self.halves) = (topK, halves)
    }

    /// Numbers kept of a row of so many.
    func width(of columns: Int) -> Int { min(topK ?? columns, columns) }

    /// What the numbers are once they are kept: the k likeliest classes are those of probabilities.
    func kind(of outputs: Answers) -> Answers.Kind {
        topK != nil && outputs.kind == .logits ? .probabilities : outputs.kind
    }
}

/// Answers as a store keeps them: numbers and, where only the greatest are kept, their columns.
package struct PackedAnswers: Sendable {
    /// (rows, form.width), already rounded to what is kept.
    package var values: [Float]
    /// The column of each value; empty where all are kept.
    package var columns: [Int32]

    /// Nothing yet.
    package init(values: [Float] = [], columns: [Int32] = []) { (self.values, self.columns) = (values, columns) }

    /// A teacher's answers, brought into a form.
    package init(_ outputs: Answers, as form: StoredForm) {
        var (values, columns) = (outputs.matrix.elements, [Int32]())
        if form.topK != nil {
            let matrix = outputs.kind == .logits ? outputs.matrix.softmax() : outputs.matrix
            let kept = form.width(of: matrix.columns)
            values = []
            for row in 0..<matrix.rows {
                for (column, probability) in Self.greatest(kept, of: matrix.row(row)) {
                    values.append(probability)
                    columns.append(Int32(column))
                }
            }
        }
        (self.values, self.columns) = (form.halves ? Self.rounded(values) : values, columns)
    }

    /// The answers at some positions as a teacher gives them, (positions.count, width).
    package func unpacked(_ positions: [Int], kept: Int, width: Int) -> Matrix {
        var elements: [Float] = []
        elements.reserveCapacity(positions.count * width)
        if columns.isEmpty {
            for position in positions { elements += values[position * kept..<(position + 1) * kept] }
            return Matrix(rows: positions.count, columns: width, elements: elements)
        }
        for (row, position) in positions.enumerated() {
            let own = position * kept..<(position + 1) * kept
            let tail = width > kept ? max(0, 1 - values[own].reduce(0, +)) / Float(width - kept) : 0
            elements += repeatElement(tail, count: width)
            for place in own { elements[row * width + Int(columns[place])] = values[place] }
        }
        return Matrix(rows: positions.count, columns: width, elements: elements)
    }

    /// What is wrong with answers that come from a file, as the end of a sentence: "a class that there is not". Nil where they may be used.
    ///
    /// - Parameters:
    ///   - form: the form that they are kept in.
    ///   - kind: what they are.
    ///   - width: the classes or outputs that there are.
    package func problem(in form: StoredForm, kind: Answers.Kind?, width: Int) -> String? {
        let kept = form.width(of: width)
        guard kept > 0, values.count % kept == 0 else { return "answers that do not fit the \(width) outputs" }
        if let bad = values.firstIndex(where: { !$0.isFinite }) { return "\(values[bad]) as an answer" }
        if form.topK != nil {
            guard columns.count == values.count else { return "answers without their classes" }
            for row in 0..<values.count / kept {
                let own = columns[row * kept..<(row + 1) * kept]
                guard own.allSatisfy({ 0..<Int32(clamping: width) ~= $0 }), Set(own).count == kept else {
                    return "a class that there is not, or one twice"
                }
            }
        }
        guard kind == .probabilities else { return nil }
        // As far as a teacher's may be from 1, and what sixteen bits of each take or add.
        let tolerance =
            Double(ForeignAnswers.sumTolerance)
            + (form.halves ? Self.halfTolerance + Double(width) * Self.leastHalf : 0)
        for row in 0..<values.count / kept {
            var sum = 0.0
            for value in values[row * kept..<(row + 1) * kept] {
                guard value >= -ForeignAnswers.sumTolerance else { return "the negative probability \(value)" }
                sum += Double(value)
            }
            guard sum <= 1 + tolerance, sum >= 1 - tolerance || kept < width else {
                return "probabilities that sum to \(Float(sum)), not to 1"
            }
        }
        return nil
    }

    /// What sixteen bits take from probabilities that sum to 1, and what they take from or add to one that is next to none.
    private static let (halfTolerance, leastHalf) = (1e-3, 6e-8)

    /// Adds the answers of more rows.
    mutating func append(_ more: PackedAnswers) {
        values += more.values
        columns += more.columns
    }

    /// The greatest numbers with their columns, in falling order; of equal ones those that come first.
    private static func greatest(_ count: Int, of numbers: ArraySlice<Float>) -> [(column: Int, number: Float)] {
        var kept: [(column: Int, number: Float)] = []
        kept.reserveCapacity(count + 1)
        for (column, number) in numbers.enumerated() {
            // Most numbers of many classes are below all that are kept, and cost one comparison.
            if kept.count == count, number <= kept[count - 1].number { continue }
            let place = kept.firstIndex { number > $0.number } ?? kept.count
            kept.insert((column, number), at: place)
            if kept.count > count { kept.removeLast() }
        }
        return kept
    }

    /// What 16 bits keep of numbers.
    private static func rounded(_ values: [Float]) -> [Float] {
        var halves = [UInt16](repeating: 0, count: values.count)
        attar_halves(values, values.count, &halves)
        var rounded = values
        attar_floats(halves, halves.count, &rounded)
        return rounded
    }
}
