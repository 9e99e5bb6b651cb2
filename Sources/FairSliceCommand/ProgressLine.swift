import Glibc
import Synchronization

/// One line on standard error that says how far the work is; only on a terminal, and only where the work
/// takes longer than half a second.
final class ProgressLine: Sendable {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  private let hasWritten = Mutex(false)

  func update(_ stage: String, _ share: Double) {
    guard isShown, ContinuousClock.now - start > .milliseconds(500) else { return }
    hasWritten.withLock { $0 = true }
    Terminal.complain("\r\u{1B}[K\(stage) … \(Int((min(max(share, 0), 1) * 100).rounded())) %")
  }

  /// Wipes the line.
  func end() {
    hasWritten.withLock { written in
      if written { Terminal.complain("\r\u{1B}[K") }
      written = false
    }
  }
}
