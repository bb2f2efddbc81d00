internal import CPNG
internal import CTurboJPEG

/// One decoded picture: bytes row by row, channels last.
struct Picture: Sendable {
    let height: Int
    let width: Int
    /// 1 for grey, 3 for red, green and blue.
    let channels: Int
    let bytes: [UInt8]

    /// Why a file is no picture, as the end of a sentence that begins with the file's name.
    struct Problem: Error {
        let text: String
    }

    /// The most pixels of a picture: a file that claims more is damaged or hostile.
    private static let limit = 1 << 26

    /// Decodes a PNG or JPEG file's contents, told apart by their first bytes. Transparent pixels are laid over black; 16 bits a
    /// channel become 8.
    ///
    /// - Throws: `Problem`.
    init(decoding file: [UInt8]) throws(Problem) {
        if file.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            try self.init(png: file)
        } else if file.starts(with: [0xFF, 0xD8]) {
            try self.init(jpeg: file)
        } else {
            throw Problem(text: file.isEmpty ? "is empty" : "is neither PNG nor JPEG")
        }
    }

    private init(png file: [UInt8]) throws(Problem) {
        var image = png_image()
        image.version = png_uint_32(attar_png_version)
        defer { png_image_free(&image) }
        guard png_image_begin_read_from_memory(&image, file, file.count) != 0 else {
            throw Self.damaged(
                "PNG", withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        let hasColour = image.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) != 0
        // Without it 16-bit numbers would be taken for light itself and made brighter.
        image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
        image.format = png_uint_32(hasColour ? PNG_FORMAT_FLAG_COLOR : 0)
        (height, width, channels) = (Int(image.height), Int(image.width), hasColour ? 3 : 1)
        try Self.check(height: height, width: width)
        var pixels = [UInt8](repeating: 0, count: height * width * channels)
        var black = png_color(red: 0, green: 0, blue: 0)
        guard png_image_finish_read(&image, &black, &pixels, 0, nil) != 0 else {
            throw Self.damaged(
                "PNG", withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        bytes = pixels
    }

    private init(jpeg file: [UInt8]) throws(Problem) {
        guard let decoder = tjInitDecompress() else {
            throw Problem(text: "cannot be decoded: there is not enough memory")
        }
        defer { tjDestroy(decoder) }
        var (width, height, sampling, colours): (CInt, CInt, CInt, CInt) = (0, 0, 0, 0)
        guard tjDecompressHeader3(decoder, file, UInt(file.count), &width, &height, &sampling, &colours) == 0 else {
            throw Self.damaged("JPEG", String(cString: tjGetErrorStr2(decoder)))
        }
        try Self.check(height: Int(height), width: Int(width))
        channels = colours == TJCS_GRAY.rawValue ? 1 : 3
        (self.height, self.width) = (Int(height), Int(width))
        var pixels = [UInt8](repeating: 0, count: self.height * self.width * channels)
        let format = channels == 1 ? TJPF_GRAY.rawValue : TJPF_RGB.rawValue
        // A file that ends too early decodes to half a picture with a warning; half a picture is none.
        guard
            tjDecompress2(decoder, file, UInt(file.count), &pixels, width, 0, height, CInt(format), TJFLAG_ACCURATEDCT)
                == 0
        else { throw Self.damaged("JPEG", String(cString: tjGetErrorStr2(decoder))) }
        bytes = pixels
    }

    private static func check(height: Int, width: Int) throws(Problem) {
        if height < 1 || width < 1 || height.multipliedReportingOverflow(by: width).overflow || height * width > limit {
            throw Problem(text: "claims to have \(height) × \(width) pixels, more than Attar reads (\(limit))")
        }
    }

    private static func damaged(_ format: String, _ message: String) -> Problem {
        Problem(text: "is a damaged \(format) file\(message.isEmpty ? "" : ": \(message)")")
    }
}
