internal import Foundation

/// An error number of the operating system, in words.
package struct SystemError: Error {
    /// The value of `errno`.
    package let number: Int32

    package init(number: Int32) { self.number = number }

    /// Why the call failed.
    package var reason: String {
        switch number {
        case ENOSPC, EDQUOT: "the disk is full"
        case EACCES, EPERM: "there is no permission"
        case EROFS: "the disk is read-only"
        default: String(cString: strerror(number))
        }
    }

    /// What the user can do.
    package var remedy: String {
        switch number {
        case ENOSPC, EDQUOT: "Free some space or write elsewhere"
        case EACCES, EPERM, EROFS: "Write to another folder"
        default: "Check the path"
        }
    }
}

/// Writes all bytes, however many calls that takes.
///
/// - Throws: `SystemError`.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if written >= 0 {
            rest = rest.dropFirst(written)
        } else if errno != EINTR {
            throw SystemError(number: errno)
        }
    }
}
