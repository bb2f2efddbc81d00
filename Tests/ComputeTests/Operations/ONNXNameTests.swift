import Compute
import Testing

struct ONNXNameTests {
    @Test func `Exporters learn the operator's name, and the whole sequence where there is more than one`() {
        let single: [(any Operation, String)] = [
            (Dense(1), "Gemm"), (Conv1D(1), "Conv"), (Conv2D(1), "Conv"), (MaxPooling1D(2), "MaxPool"),
            (MaxPooling2D(2), "MaxPool"), (AveragePooling1D(2), "AveragePool"), (AveragePooling2D(2), "AveragePool"),
            (GlobalAveragePooling(), "GlobalAveragePool"), (GlobalMaxPooling(), "GlobalMaxPool"),
            (BatchNormalization(), "BatchNormalization"), (Dropout(0.5), "Dropout"), (Softmax(), "Softmax"),
            (Add(), "Sum"), (ScaleChannels(), "Mul"), (Reshape.flat, "Reshape"), (Concatenate(), "Concat"),
            (Slice(dimension: 0, range: 0..<1), "Slice"), (Transpose(1, 0), "Transpose"), (GRU(1), "GRU"),
            (Embedding(vocabulary: 2, width: 1), "Gather"), (Activation(.relu), "Relu"), (Activation(.tanh), "Tanh"),
            (Activation(.sigmoid), "Sigmoid"), (Activation(.leakyReLU), "LeakyRelu"), (Activation(.gelu), "Gelu"),
            (Activation(.hardSwish), "HardSwish"), (Activation(.identity), "Identity"),
        ]
        for (operation, name) in single {
            #expect(operation.onnxName == name && operation.onnxOperators == [name])
        }
        #expect(Activation(.silu).onnxOperators == ["Sigmoid", "Mul"])
        func bag(_ reduction: EmbeddingBag.Reduction, _ weighting: EmbeddingBag.Weighting) -> [String] {
            EmbeddingBag(vocabulary: 2, width: 1, reduction: reduction, weighting: weighting).onnxOperators
        }
        #expect(bag(.sum, .none) == ["Gather", "ReduceSum"])
        #expect(bag(.sum, .given) == ["Gather", "Mul", "ReduceSum"])
        #expect(bag(.mean, .learned) == ["Gather", "Gather", "Mul", "ReduceSum", "Sign", "ReduceSum", "Max", "Div"])
    }
}
