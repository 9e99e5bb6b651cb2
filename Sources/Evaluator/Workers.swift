import Dispatch
import Foundation
import Synchronization

/// Spreads independent pieces of work over threads. Results come back in the order of the pieces, so
/// that the number of threads never shows.
enum Workers {
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// `transform(0)`, …, `transform(count − 1)` on at most `threads` threads.
  static func map<Result: Sendable>(
    _ count: Int, threads: Int, _ transform: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    guard count > 1, threads > 1 else { return (0..<count).map(transform) }
    let next = Atomic(0)
    let done = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = transform(index)
        done.withLock { $0[index] = result }
      }
    }
    return done.withLock { $0.compactMap { $0 } }
  }
}
