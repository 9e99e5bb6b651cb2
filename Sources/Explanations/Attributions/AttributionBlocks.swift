import Dispatch
import Synchronization

/// Work on rows, block by block, on a fixed number of threads.
enum AttributionBlocks {
  static let size = 128

  /// The results of all blocks one after the other, whatever the number of threads.
  static func map(
    _ rows: [Int32], threads: Int, _ task: @Sendable (ArraySlice<Int32>) -> [Double]
  ) -> [Double] {
    let starts = Array(stride(from: 0, to: rows.count, by: size))
    @Sendable func block(_ index: Int) -> [Double] {
      task(rows[starts[index]..<min(rows.count, starts[index] + size)])
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
