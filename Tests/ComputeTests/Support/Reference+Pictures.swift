import Compute

extension Reference {
    /// The sizes of a picture and of what moves over it.
    struct Picture {
        var height: Int
        var width: Int
        var channels: Int
    }

    /// Where a window's taps lie: positions inside of the picture with the tap's number, for each result pixel in order.
    static func windows(
        _ picture: Picture, kernel: Extent, stride: Extent, dilation: Extent, padding: (before: Extent, after: Extent)
    ) -> [[(pixel: Int, tap: Int)]] {
        func count(_ size: Int, _ kernel: Int, _ stride: Int, _ dilation: Int, _ padding: Int) -> Int {
            (size + padding - dilation * (kernel - 1) - 1) / stride + 1
        }
        let rows = count(
            picture.height, kernel.height, stride.height, dilation.height, padding.before.height + padding.after.height)
        let columns = count(
            picture.width, kernel.width, stride.width, dilation.width, padding.before.width + padding.after.width)
        return (0..<rows * columns).map { result in
            let (row, column) = (result / columns, result % columns)
            return (0..<kernel.height * kernel.width).compactMap { tap in
                let y = row * stride.height + tap / kernel.width * dilation.height - padding.before.height
                let x = column * stride.width + tap % kernel.width * dilation.width - padding.before.width
                guard (0..<picture.height).contains(y), (0..<picture.width).contains(x) else { return nil }
                return (y * picture.width + x, tap)
            }
        }
    }

    /// The convolution by its definition, with weights (taps, channels / groups, outputs).
    static func convolution(
        _ x: [Double], _ weight: [Double], _ bias: [Double]?, _ picture: Picture, outputs: Int, groups: Int,
        windows: [[(pixel: Int, tap: Int)]]
    ) -> [Double] {
        let size = picture.height * picture.width * picture.channels
        let (share, outputShare) = (picture.channels / groups, outputs / groups)
        return stride(from: 0, to: x.count, by: size).flatMap { start in
            windows.flatMap { window in
                (0..<outputs).map { output in
                    let first = output / outputShare * share
                    return window.reduce(bias?[output] ?? 0) { sum, at in
                        (0..<share).reduce(sum) {
                            $0 + x[start + at.pixel * picture.channels + first + $1]
                                * weight[(at.tap * share + $1) * outputs + output]
                        }
                    }
                }
            }
        }
    }
}
