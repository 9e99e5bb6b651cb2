import Dispatch
import Results
import Synchronization

/// Numbered tasks on a fixed number of threads.
enum Concurrent {
  /// The results of tasks 0 ..< `count`, in that order whatever the number of threads. After a failure no task is begun.
  ///
  /// - Parameter progress: how many tasks are done, and of how many; called from any thread, one call at a time
  /// - Throws: the failure of the earliest task that has one: tasks are begun in order, so it is the same each time
  static func map<Value: Sendable>(
    _ count: Int, threads: Int, progress: @Sendable (_ done: Int, _ count: Int) -> Void = { _, _ in },
    _ task: @Sendable (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let next = Atomic<Int>(0)
    let done = Mutex(0)
    let outcomes = Mutex<[Result<Value, Failure>?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let outcome = Result { () throws(Failure) in try task(index) }
        outcomes.withLock { $0[index] = outcome }
        if case .failure = outcome {
          next.store(count, ordering: .relaxed)
          return
        }
        done.withLock {
          $0 += 1
          progress($0, count)
        }
      }
    }
    var values: [Value] = []
    for outcome in outcomes.withLock({ $0 }) {
      if let outcome { values.append(try outcome.get()) }
    }
    return values
  }
}
