// What of Compute stands in declarations that users of the library meet, so that one import is enough.
@_exported public import enum Compute.ActivationFunction
@_exported public import struct Compute.EpochRecord
@_exported public import struct Compute.Matrix
