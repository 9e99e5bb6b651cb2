import Dispatch
import Synchronization

/// Work on rows, block by block, on a fixed number of threads.
enum AttributionBlocks {
  static let size = 128

  /// The results of all blocks one after the other, whatever the number of threads.
  ///
  /// - Parameter progress: told the share of blocks that are done, one call at a time
  static func map(
    _ rows: [Int32], threads: Int, progress: @Sendable (Double) -> Void = { _ in },
    _ task: @Sendable (ArraySlice<Int32>) -> [Double]
  ) -> [Double] {
    let starts = Array(stride(from: 0, to: rows.count, by: size))
    let done = Mutex(0)
    @Sendable func block(_ index: Int) -> [Double] {
      let result = task(rows[starts[index]..<min(rows.count, starts[index] + size)])
      done.withLock {
        $0 += 1
        progress(Double($0) / Double(starts.count))
      }
      return result
    }
    guard threads > 1, starts.count > 1 else { return starts.indices.flatMap { block($0) } }
    let next = Atomic<Int>(0)
    let results = Mutex<[[Double]]>(Array(repeating: [], count: starts.count))
    DispatchQueue.concurrentPerform(iterations: min(threads, starts.count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < starts.count else { return }
        let result = block(index)
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.flatMap { $0 } }
  }
}
