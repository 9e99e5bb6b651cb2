import Synchronization

/// What was last made for some rows: metrics that are measured over the same rows one after the other share it.
final class RowCache<Value: Sendable>: Sendable {
  private struct Kept: Sendable {
    let rows: [UInt32]
    let value: Value
  }

  /// So many threads can be at different slices without losing theirs.
  private let capacity: Int
  private let kept = Mutex<[Kept]>([])

  init(capacity: Int = 4) { self.capacity = capacity }

  /// The value for the rows, made where it is not kept. The same array compares equal without a look at its elements.
  func value(for rows: [UInt32], make: () -> Value) -> Value {
    let known = kept.withLock { $0.first { $0.rows == rows }?.value }
    if let known { return known }
    let value = make()
    kept.withLock {
      $0.insert(Kept(rows: rows, value: value), at: 0)
      if $0.count > capacity { $0.removeLast() }
    }
    return value
  }
}
