extension Specification {
    /// Names that stand for a family with some of its options. Further options may follow in brackets: `resnet8[dropout=0.2]`.
    package static let presets = [
        "cnn-tiny": "cnn[8,16]",
        "cnn-small": "cnn[16,32,64]",
        "resnet8": "resnet[8]",
        "resnet14": "resnet[14]",
        "resnet20": "resnet[20]",
        "transformer-tiny": "transformer[width=64,layers=2,heads=4,inner=128]",
    ]
}
