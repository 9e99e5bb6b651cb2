import Dispatch
import Results
import Synchronization

/// Numbered tasks on a fixed number of threads.
enum Concurrent {
  /// The results of tasks 0 ..< `count`, in that order whatever the number of threads. After a failure no task is begun.
  ///
  /// - Throws: the failure of the earliest task that has one
  static func map<Result: Sendable>(
    _ count: Int, threads: Int, _ task: @Sendable (Int) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let next = Atomic<Int>(0)
    let hasFailed = Atomic<Bool>(false)
    let outcomes = Mutex<[Swift.Result<Result, Failure>?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      while !hasFailed.load(ordering: .relaxed) {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let outcome: Swift.Result<Result, Failure>
        do throws(Failure) {
          outcome = .success(try task(index))
        } catch {
          outcome = .failure(error)
          hasFailed.store(true, ordering: .relaxed)
        }
        outcomes.withLock { $0[index] = outcome }
      }
    }
    var results: [Result] = []
    for outcome in outcomes.withLock({ $0 }) {
      if let outcome { results.append(try outcome.get()) }
    }
    return results
  }
}
