extension Family {
    /// Every family that Attar trains, in the order in which they are tried and listed.
    public static let all: [Family] = [
        .linear, .tree, .forest, .boost, .svm, .mlp, .cnn, .resnet, .bag, .textCNN, .gru, .transformer, .ensemble,
    ]

    /// Those that find clusters of their own in rows, without labels or a teacher: they teach, and no one teaches them.
    public static let clusterers: [Family] = [.kmeans, .gmm]

    /// Those that find by themselves how strange rows are, likewise.
    public static let detectors: [Family] = [.iforest, .knn, .lof]

    /// Every family that Attar reads: those, and the ones that come from a teacher without rows to learn from.
    package static let known = all + [.staticEmbedding] + clusterers + detectors
}
