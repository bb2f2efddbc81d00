extension Metric {
    /// How often student and teacher agree on whether two rows belong together, beyond chance: 1 for the same clusters, 0 for unrelated ones. Rows that the teacher finds to be
    /// noise are left out. Hubert and Arabie (1985).
    public static let adjustedRandIndex = Metric(
        "adjustedRandIndex", label: "adjusted Rand index", .higherIsBetter, in: -1...1, aliases: ["ari"],
        isToTeacher: true)
    /// What the student's clusters tell of the teacher's, beyond chance; without the teacher's noise. Vinh, Epps and Bailey (2010).
    public static let adjustedMutualInformation = Metric(
        "adjustedMutualInformation", label: "adjusted mutual information", .higherIsBetter, in: -1...1,
        aliases: ["ami"], isToTeacher: true)
    /// The harmonic mean of homogeneity and completeness of the student's clusters; without the teacher's noise. Rosenberg and Hirschberg (2007).
    public static let vMeasure = Metric(
        "vMeasure", label: "V-measure", .higherIsBetter, in: 0...1, aliases: ["v"], isToTeacher: true)
    /// F1 of the rows that belong to no cluster, by the teacher.
    public static let noiseF1 = Metric("noiseF1", label: "F1 of noise", .higherIsBetter, in: 0...1, isToTeacher: true)
    /// The sum of squared distances to the means of the student's clusters, over that to the means of the teacher's; without the teacher's noise.
    public static let costRatio = Metric(
        "costRatio", label: "cost over the teacher's", .lowerIsBetter, in: 0...Double.infinity, aliases: ["cost"],
        isToTeacher: true)
    /// How much nearer rows lie to their own cluster than to the next, from −1 to 1. Rousseeuw (1987).
    public static let silhouette = Metric("silhouette", .higherIsBetter, in: -1...1)
}
