internal import Foundation

/// Worker threads to use where none are asked for: one for each active processor.
func availableThreads() -> Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
