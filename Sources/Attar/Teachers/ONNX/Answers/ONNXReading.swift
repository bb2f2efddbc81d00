/// The output, or the outputs, that hold a model's answers.
struct ONNXReading: Hashable, Sendable {
    /// The outputs' names.
    let outputs: [String]
    /// Where each output holds one class: these, in their order; nil for one output.
    let classes: [String]?

    /// What messages call it.
    var name: String { outputs.count == 1 ? outputs[0] : outputs.joined(separator: "', '") }

    /// One output.
    init(_ output: String) { (outputs, classes) = ([output], nil) }

    /// An output a class, which scikit-learn's exporter writes with `zipmap='columns'`: `sno` and `syes` for texts, `i0` and `i1` for numbers.
    ///
    /// They are told by the classes' names, or by a first letter that all have where labels stand beside them.
    /// - Parameter target: the names of the classes, where they are known.
    /// - Returns: nil where the outputs are others.
    init?(columnsOf ports: [ONNXPort], hasLabels: Bool, target: [String]?) {
        let columns = ports.filter { port in
            port.element?.isReal == true && port.shape.count <= 2 && port.shape.dropFirst().allSatisfy { $0 == 1 }
        }
        guard columns.count > 1 else { return nil }
        let names = columns.map(\.name)
        let stripped = names.map { String($0.dropFirst()) }
        if let target, Set(names) == Set(target) {
            (outputs, classes) = (names, names)
        } else if let target, Set(stripped) == Set(target) {
            (outputs, classes) = (names, stripped)
        } else if hasLabels,
            names.allSatisfy({ $0.hasPrefix("s") })
                || names.allSatisfy({ $0.hasPrefix("i") && Int($0.dropFirst()) != nil })
        {
            (outputs, classes) = (names, stripped)
        } else {
            return nil
        }
    }

    /// The answers that the outputs hold together.
    ///
    /// - Parameters:
    ///   - values: the outputs' values, in the order of `outputs`; more behind them are left alone.
    ///   - teacher: what messages call the teacher, in quotes.
    /// - Throws: `AttarError` (`unusableTeacher`) where an output of a class holds something else than a number a row.
    func joined(_ values: [ONNXValue], asked: Int, teacher: String) throws -> ONNXValue {
        guard let classes else { return values[0] }
        var numbers = [Float](repeating: 0, count: asked * classes.count)
        for (column, name) in outputs.enumerated() {
            let own = try ONNXOutput(values[column], name: name, teacher: teacher)
                .numbers(asked: asked, rows: asked, width: 1)
            for row in 0..<asked { numbers[row * classes.count + column] = own[row] }
        }
        return .maps(keys: classes, rows: asked, numbers: numbers)
    }
}
