import Dispatch
import Foundation
import Synchronization

/// A fixed number of workers that take numbered tasks one after the other.
package enum Workers {
  package static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The results of tasks 0 ..< `count`, in that order whatever the number of threads.
  package static func map<Result: Sendable>(
    _ count: Int, threads: Int, _ task: @Sendable (Int) -> Result
  ) -> [Result] {
    guard threads > 1, count > 1 else { return (0..<count).map(task) }
    let next = Atomic<Int>(0)
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = task(index)
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
