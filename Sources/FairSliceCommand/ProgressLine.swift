import Glibc
import Synchronization

/// One line on standard error that says how far the work is, and about how long it goes on; only on a terminal, and
/// only where the work takes longer than half a second.
final class ProgressLine: Sendable {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  private struct State {
    var hasWritten = false
    var stage = ""
    var stageStart = ContinuousClock.now
  }

  func update(_ stage: String, _ share: Double) {
    guard isShown, ContinuousClock.now - start > .milliseconds(500) else { return }
    let share = min(max(share, 0), 1)
    state.withLock { state in
      state.hasWritten = true
      if state.stage != stage { (state.stage, state.stageStart) = (stage, ContinuousClock.now) }
      let left = Self.left(share, after: ContinuousClock.now - state.stageStart)
      Terminal.complain("\r\u{1B}[K\(stage) … \(Int((share * 100).rounded())) %\(left)")
    }
  }

  /// `, about 40 s left`, once enough of a stage is done to tell; the pace is taken to stay the same.
  static func left(_ share: Double, after elapsed: Duration) -> String {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    guard share >= 0.02, share < 1, seconds >= 2 else { return "" }
    let left = seconds * (1 - share) / share
    if left < 90 { return ", about \(max(1, Int(left.rounded()))) s left" }
    if left < 5400 { return ", about \(Int((left / 60).rounded())) min left" }
    return ", about \(Int((left / 3600).rounded())) h left"
  }

  /// Wipes the line.
  func end() {
    state.withLock { state in
      if state.hasWritten { Terminal.complain("\r\u{1B}[K") }
      state.hasWritten = false
    }
  }
}
