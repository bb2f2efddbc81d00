import Attar

extension Surface {
    /// Readers of tables, arrays and pictures.
    static let tables: [Surface] = [
        Surface("csv", seeds: ["Tests/AttarTests/Golden/trees/table.csv"]) {
            $1.changed($0, isText: true)
        } read: { bytes, folder in
            try use(Dataset.read(written(bytes, "t.csv", in: folder)))
        },
        Surface(
            "csv.gz",
            seeds: ["Tests/AttarTests/Golden/data/members.csv.gz", "Tests/AttarTests/Golden/data/quoted.csv.gz"]
        ) {
            $1.once(in: 2)
                ? $1.changed($0, isText: false)
                : Envelopes.gzip($1.changed(Array("a,b\n1,x\n2,\"y\nz\"\n".utf8), isText: true))
        } read: { bytes, folder in
            try use(Dataset.read(written(bytes, "t.csv.gz", in: folder)))
        },
        Surface("jsonl") {
            $1.changed($0, isText: true)
        } read: { bytes, folder in
            try use(Dataset.read(written(bytes, "t.jsonl", in: folder)))
        },
        Surface("npy", seeds: arrays) {
            Envelopes.array($0, &$1)
        } read: { bytes, folder in
            try use(Dataset.read(written(bytes, "t.npy", in: folder)))
        },
        Surface(
            "npz", seeds: ["stored", "deflated", "tokens"].map { "Tests/AttarTests/Golden/data/\($0).npz" } + arrays
        ) {
            guard $0.starts(with: [0x93]) else { return $1.changed($0, isText: false) }
            let changed = Envelopes.array($0, &$1)
            return Envelopes.archive([("x.npy", changed), ("y.npy", $1.once(in: 2) ? changed : $0)], &$1)
        } read: { bytes, folder in
            try use(Dataset.read(written(bytes, "t.npz", in: folder)))
        },
        Surface(
            "pictures",
            seeds: ["grey/0.png", "channels/a/1.png", "classes/pear/b.jpg"].map {
                "Tests/AttarTests/Golden/pictures/\($0)"
            }
        ) {
            Envelopes.picture($0, &$1)
        } read: { bytes, folder in
            _ = try written(bytes, "a.png", in: folder)
            try use(Dataset.read(folder))
        },
        Surface("idx") {
            $1.changed($0, isText: false)
        } read: { bytes, folder in
            try use(Dataset.read(written(bytes, "t-images-idx3-ubyte", in: folder)))
        },
    ]

    private static let arrays = ["f8", "f4-big-endian", "fortran", "tensor", "texts", "u2", "version2"].map {
        "Tests/AttarTests/Golden/data/\($0).npy"
    }

    /// What comes behind reading: the last column as a target, fingerprints, keys, parts.
    private static func use(_ rows: Dataset) throws {
        _ = rows.fingerprint
        _ = RowKey.keys(of: rows)
        guard rows.count > 0, let last = rows.columns.last else { return }
        _ = rows.selecting([rows.count - 1])
        _ = try rows.taking(target: last.name)
    }
}
