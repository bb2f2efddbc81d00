import Attar

/// Where all of it comes from.
func provenanceSection(_ certificate: Certificate) -> String {
    guard let provenance = certificate.provenance else { return "" }
    var rows = [
        ["data", provenance.data.short], ["test rows", provenance.test.short], ["student", provenance.student.short],
    ]
    if let teacher = provenance.teacher { rows.append(["teacher", teacher.short]) }
    rows += [
        ["seed", String(provenance.seed)], ["made", provenance.created],
        [
            "machine",
            "\(provenance.machine.system), \(provenance.machine.architecture), \(provenance.machine.threads) threads",
        ],
        [
            "versions",
            provenance.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
        ],
    ]
    return section(
        "Provenance",
        "<dl>\(rows.map { "<dt>\(escaped($0[0]))</dt><dd>\(escaped($0[1]))</dd>" }.joined())</dl>"
            + explanation("attar verify FILE DATA measures the student again and compares."))
}
