import Attar
import Foundation
import Testing

struct ModelOptionTests {
    @Test(arguments: [
        (
            "mlp[8,leaves=3]",
            """
            mlp has no option 'leaves'. There are: activation, norm, dropout, epochs, batch, optimizer, learningRate, weightDecay, \
            schedule, warmup, patience, clip, and 4 more
            """
        ),
        ("mlp[epoch=3]", "mlp has no option 'epoch'. Did you mean 'epochs'?"),
        ("mlp[epochs=0]", "mlp's epochs is 0. Give at least 1"),
        ("mlp[batch=0]", "mlp's batch is 0. Give at least 1"),
        ("mlp[optimizer=rmsprop]", "mlp has no optimizer 'rmsprop'. There are: adam, adamw, sgd, nesterov, lion"),
        ("mlp[learningRate=0]", "mlp's learningRate is 0.0. Give a number above 0"),
        ("mlp[weightDecay=-1]", "mlp's weightDecay is -1.0. Give 0 or more"),
        ("mlp[schedule=linear]", "mlp has no schedule 'linear'. There are: constant, cosine, step"),
        ("mlp[warmup=1]", "mlp's warmup is 1.0. Give a share of the run: 0 or more, below 1"),
        ("mlp[patience=0]", "mlp's patience is 0. Give at least 1"),
        ("mlp[clip=0]", "mlp's clip is 0.0. Give a number above 0"),
        ("mlp[average=1]", "mlp's average is 1.0. Give a number above 0, below 1, such as 0.999"),
        ("mlp[smoothing=1]", "mlp's smoothing is 1.0. Give 0 or more, below 1"),
        ("mlp[batch=8,accumulate=9]", "mlp's accumulate is 9. Give 1 or more, at most the batch"),
        ("mlp[accumulate=0]", "mlp's accumulate is 0. Give 1 or more, at most the batch"),
        ("mlp[precision=int4]", "mlp has no precision 'int4'. Give float32 or int8"),
        ("mlp[epochs=few]", "'epochs=few' in 'mlp[epochs=few]' is not a whole number"),
        ("mlp[clip=little]", "'clip=little' in 'mlp[clip=little]' is not a number"),
        ("mlp[norm=group]", "mlp has no norm 'group'. There are: none, batch, layer"),
        ("cnn[norm=layer]", "cnn has no norm 'layer'. There are: none, batch"),
        ("cnn[head=token]", "cnn has no head 'token'. There are: average, flatten"),
        ("cnn[separable=1]", "'separable=1' in 'cnn[separable=1]' is not true or false"),
        ("bag[pooling=largest]", "bag has no pooling 'largest'. There are: mean, sum"),
        ("transformer[positions=none]", "transformer has no positions 'none'. There are: learned, rotary"),
        ("transformer[inner=0]", "transformer's inner is 0. Give 1 to 65536 units"),
    ])
    func `A wrong option is refused in one sentence`(text: String, sentence: String) throws {
        let specification = try Specification(text)
        let error = try #require(throws: AttarError.self) {
            _ = try Family.named(specification.name).estimator(specification)
        }
        #expect(error.code == .invalidSetting)
        #expect("\(error)".contains(sentence), "\(error)")
    }

    @Test func `Each option of training sets its member`() throws {
        let estimator = try MLPEstimator(
            Specification(
                """
                mlp[8,epochs=2,batch=3,optimizer=sgd,learningRate=.4,weightDecay=.5,schedule=step,warmup=.6,patience=7,clip=8,average=.9,\
                smoothing=.1,accumulate=2,precision=int8]
                """))
        var expected = NetworkTraining()
        (expected.epochs, expected.batchSize, expected.optimizer) = (2, 3, .sgd)
        (expected.learningRate, expected.weightDecay) = (0.4, 0.5)
        (expected.schedule, expected.warmUp, expected.patience) = (.step, 0.6, 7)
        (expected.clipping, expected.averaging) = (8, 0.9)
        (expected.labelSmoothing, expected.accumulation) = (0.1, 2)
        #expect(estimator.training == expected)
        #expect(estimator.precision == .int8)
    }

    @Test func `Lion takes a tenth of the default rate, and the rate that is given`() throws {
        #expect(try MLPEstimator(Specification("mlp[optimizer=lion]")).training.learningRate == 5e-3 / 10)
        #expect(try MLPEstimator(Specification("mlp[optimizer=lion,learningRate=0.2]")).training.learningRate == 0.2)
    }

    @Test func `The page of networks holds what is declared`() throws {
        let root = (0..<5).reduce(URL(fileURLWithPath: #filePath)) { folder, _ in folder.deletingLastPathComponent() }
        let page = try String(contentsOf: root.appendingPathComponent("docs/networks.md"), encoding: .utf8)
        #expect(
            page.contains("<!-- options -->\n\n\(NetworkGuide.markdown())\n\n<!-- /options -->"),
            "put what `attar help networks --markdown` prints between the marks of docs/networks.md")
        let designs = NetworkGuide.designs()
        #expect(designs.count == 7)
        for (family, options) in designs {
            let row = page.split(separator: "\n").first { $0.hasPrefix("| `\(family.name)[") }
            #expect(try #require(row).hasSuffix(" | \(options) |"), "\(family.name): \(options)")
        }
    }

    @Test func `The guide names every option, and fits a terminal`() {
        let guide = NetworkGuide.text()
        for option in NetworkTraining.options { #expect(guide.contains("\n  \(option.name)\n")) }
        for (family, _) in NetworkGuide.designs() { #expect(guide.contains("\n\(family.name.uppercased()):\n")) }
        #expect(guide.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
}
