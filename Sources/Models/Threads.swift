import Dispatch
import Foundation

/// Threads that mostly wait for something outside, so that their number is not that of the cores.
enum Threads {
  /// Runs the body once for each number below `count`, and returns when all have ended.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    guard count > 1 else { return count == 1 ? body(0) : () }
    let group = DispatchGroup()
    for index in 0..<count {
      group.enter()
      Thread.detachNewThread {
        body(index)
        group.leave()
      }
    }
    group.wait()
  }
}
