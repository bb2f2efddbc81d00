extension Family {
    /// Every family that Attar trains, in the order in which they are tried and listed.
    public static let all: [Family] = [
        .linear, .tree, .forest, .boost, .svm, .mlp, .cnn, .resnet, .textCNN, .gru, .bag, .transformer, .ensemble,
    ]
}
