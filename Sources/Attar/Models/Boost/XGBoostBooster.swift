internal import CXGBoost
internal import Compute

/// Trees in the making: owns one XGBoost booster handle and frees it. For one thread at a time.
package final class XGBoostBooster {
    private let handle: BoosterHandle
    /// Kept alive: the booster caches margins by their addresses.
    private let data: [XGBoostData]
    /// Trees that are grown in each round, one an output.
    private let outputs: Int

    /// A booster without trees, whose margins start from 0.
    ///
    /// - Parameters:
    ///   - data: the training rows, then other rows whose margins are asked for.
    ///   - outputs: trees in each round.
    ///   - columns: the share of the columns that are not constant that each node may split on, rounded up to a whole one.
    ///   - settings: XGBoost's parameters by name.
    ///   - seed: the draws of rows and features follow from it.
    package init(for data: [XGBoostData], outputs: Int, columns: Double, settings: [String: String], seed: UInt64)
        throws
    {
        try Self.silence()
        var handle: BoosterHandle?
        try Self.check(XGBoosterCreate(data.map { $0.handle as DMatrixHandle? }, UInt64(data.count), &handle))
        guard let handle else { preconditionFailure("XGBoost reports success without a booster") }
        self.handle = handle
        self.data = data
        self.outputs = outputs
        var all = settings
        all["verbosity"] = "0"
        all["tree_method"] = "hist"
        all["max_bin"] = String(Self.bins(rows: data[0].rows, outputs: outputs))
        all["base_score"] = "0"
        all["nthread"] = String(data[0].threads)
        // XGBoost rounds down; half a column more keeps its rounding of a share from losing one.
        let drawn = (columns * Double(data[0].columns.varying)).rounded(.up) + 0.5
        all["colsample_bynode"] = String(columns < 1 ? min(1, drawn / Double(max(1, data[0].columns.all))) : 1)
        // XGBoost's seed is a 64-bit signed number; folding keeps every bit of ours in play without its sign.
        all["seed"] = String((seed ^ seed >> 31) & 0x7fff_ffff)
        // The objective only says how many margins a row has: gradients come from outside.
        all["objective"] = outputs > 1 ? "multi:softprob" : "reg:squarederror"
        if outputs > 1 { all["num_class"] = String(outputs) }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) {
            try Self.check(XGBoosterSetParam(handle, name, value))
        }
    }

    /// Bins that a column's values are sorted into, between which nodes split.
    ///
    /// XGBoost's 256, except for several classes with a tree each and few rows: there most of the time goes into weighing bins, and a quarter of them does as well (on eight
    /// tables of 178 to 4,504 rows the log loss changes by −0.04 to +0.01, the mean is lower).
    static func bins(rows: Int, outputs: Int) -> Int { outputs > 1 && rows < 16_384 ? 64 : 256 }

    deinit { XGBoosterFree(handle) }

    /// Grows one tree an output towards −gradient / curvature, both (rows, outputs) of the training rows.
    package func grow(gradient: inout [Float], curvature: inout [Float]) throws {
        precondition(gradient.count == data[0].rows * outputs && curvature.count == gradient.count)
        try Self.check(
            XGBoosterBoostOneIter(handle, data[0].handle, &gradient, &curvature, UInt64(gradient.count)))
    }

    /// The margins of the rows at a position of `data` under the trees so far, (rows, outputs), row by row.
    package func margins(ofDataAt position: Int) throws -> [Float] {
        let settings =
            #"{"type":1,"training":\#(position == 0),"iteration_begin":0,"iteration_end":0,"strict_shape":true}"#
        var shape: UnsafePointer<bst_ulong>?
        var dimensions: bst_ulong = 0
        var margins: UnsafePointer<Float>?
        try Self.check(
            XGBoosterPredictFromDMatrix(
                handle, data[position].handle, settings, &shape, &dimensions, &margins))
        let sizes = UnsafeBufferPointer(start: shape, count: Int(dimensions))
        precondition(sizes.reduce(1, *) == UInt64(data[position].rows * outputs), "XGBoost gives a margin an output")
        return Array(UnsafeBufferPointer(start: margins, count: data[position].rows * outputs))
    }

    /// The trees so far.
    ///
    /// - Parameters:
    ///   - width: number of features of a row.
    ///   - baseScores: what each output starts from.
    ///   - units: what margins and base scores are counted in, one an output; nil for 1.
    ///   - rounds: how many rounds of trees to keep, from the first; nil keeps all.
    package func ensemble(
        width: Int, baseScores: [Float], units: [Float]? = nil, rounds: Int? = nil
    ) throws -> TreeEnsemble {
        try TreeEnsemble(
            xgboost: UBJSONReader.value(of: savedModel()), width: width, baseScores: baseScores, units: units,
            treeLimit: rounds.map { $0 * outputs })
    }

    /// The model as XGBoost saves it, in Universal Binary JSON.
    package func savedModel() throws -> [UInt8] {
        var count: bst_ulong = 0
        var bytes: UnsafePointer<CChar>?
        try Self.check(XGBoosterSaveModelToBuffer(handle, #"{"format":"ubj"}"#, &count, &bytes))
        return Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    }

    // MARK: Errors and messages

    /// Turns a failure of XGBoost into an error; to be called on the thread that failed.
    static func check(_ code: Int32) throws {
        guard code != 0 else { return }
        let message = String(cString: XGBGetLastError())
        // The first line says what is wrong, those below where in XGBoost's source.
        let first = message.split(separator: "\n").first.map(String.init) ?? "no reason given"
        throw AttarError(.invalidSetting, "XGBoost refuses: \(first)")
    }

    /// XGBoost keeps its verbosity for each thread.
    static func silence() throws {
        try check(XGBSetGlobalConfig(#"{"verbosity":0}"#))
    }
}
