/// All rows in one order, made once: what is sorted for a slice is taken from it without comparing again.
struct RowOrder: Sendable {
  /// Row numbers in order.
  let rows: [UInt32]
  /// The place of each row in that order.
  private let places: [UInt32]

  /// Ascending by key, equal keys in row order. Complexity: O(rows).
  init(ascending keys: [Double]) { self.init(rows: RadixSort.order(keys)) }

  /// - Parameter rows: every row once.
  init(rows: [UInt32]) {
    self.rows = rows
    var places = [UInt32](repeating: 0, count: rows.count)
    for (place, row) in rows.enumerated() { places[Int(row)] = UInt32(place) }
    self.places = places
  }

  /// Indices into `subset`, which is ascending and without repeats, in this order.
  /// Complexity: O(min(rows, m log m)) for a subset of m.
  func sorted(_ subset: [UInt32]) -> [UInt32] {
    if subset.count == rows.count { return rows }
    if subset.count < rows.count / 16 { return compared(subset) }
    var indices = [UInt32](repeating: .max, count: rows.count)
    for (index, row) in subset.enumerated() { indices[Int(places[Int(row)])] = UInt32(index) }
    var sorted: [UInt32] = []
    sorted.reserveCapacity(subset.count)
    for index in indices where index != .max { sorted.append(index) }
    return sorted
  }

  private func compared(_ subset: [UInt32]) -> [UInt32] {
    var keys = subset.enumerated().map { UInt64(places[Int($0.element)]) << 32 | UInt64($0.offset) }
    keys.sort()
    return keys.map { UInt32(truncatingIfNeeded: $0) }
  }
}
