internal import CKernels

/// A height and a width: of a kernel, a stride, a pooling window.
public struct Extent: Hashable, Codable, Sendable {
    /// Along the first dimension of a picture.
    public var height: Int
    /// Along the second dimension of a picture.
    public var width: Int

    /// An extent of the given height and width.
    public init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    /// The same in both directions.
    public init(_ size: Int) { self.init(height: size, width: size) }
}

/// What surrounds a picture before a kernel moves over it.
public struct Padding: Hashable, Codable, Sendable {
    /// Zeros on each side; nil for as many as keep a picture's size at a stride of 1.
    let amount: Int?

    /// As many zeros as keep a picture's size at a stride of 1; at stride s the size becomes that divided by s, rounded up.
    public static let same = Padding(amount: nil)
    /// None: the kernel stays inside of the picture.
    public static let none = Padding(amount: 0)

    /// So many zeros on each side, 0 or more.
    public static func zeros(_ amount: Int) -> Padding { Padding(amount: amount) }

    /// Zeros before the first and after the last pixel along one dimension.
    func sides(kernel: Int, dilation: Int) -> (before: Int, after: Int) {
        if let amount { return (amount, amount) }
        let total = dilation * (kernel - 1)
        return (total / 2, total - total / 2)
    }
}

/// How a kernel moves over a picture, in one dimension or two, for convolution and pooling alike.
struct KernelMotion: Hashable, Sendable {
    var kernel: Extent
    var stride: Extent
    var dilation = Extent(1)
    var padding: Padding

    /// Zeros above and left of the picture.
    var before: Extent {
        Extent(
            height: padding.sides(kernel: kernel.height, dilation: dilation.height).before,
            width: padding.sides(kernel: kernel.width, dilation: dilation.width).before)
    }

    /// The size of the result; nil where the picture is smaller than the kernel.
    func results(over picture: Extent) -> Extent? {
        func count(_ size: Int, _ kernel: Int, _ stride: Int, _ dilation: Int) -> Int? {
            let sides = padding.sides(kernel: kernel, dilation: dilation)
            let room = size + sides.before + sides.after - dilation * (kernel - 1) - 1
            return room < 0 ? nil : room / stride + 1
        }
        guard let height = count(picture.height, kernel.height, stride.height, dilation.height),
            let width = count(picture.width, kernel.width, stride.width, dilation.width)
        else { return nil }
        return Extent(height: height, width: width)
    }

    /// For example "3×3", or "3" in one dimension.
    func description(dimensions: Int) -> String {
        dimensions == 1 ? "\(kernel.width)" : "\(kernel.height)×\(kernel.width)"
    }
}

extension Shape {
    /// The height and width of a picture (height, width, channels), or of a sequence (length, channels) as a picture of one row;
    /// nil for other shapes.
    func extent(dimensions count: Int) -> Extent? {
        guard isBatched, dimensions.count == count + 1, dimensions.allSatisfy({ $0 > 0 }) else { return nil }
        return Extent(height: count == 1 ? 1 : dimensions[0], width: dimensions[count - 1])
    }
}
